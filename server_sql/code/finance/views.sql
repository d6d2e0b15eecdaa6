-- Lists of finance. Every join is a left join on a key, so that what only counts, sums or sorts skips it.
create view finance.invoice_list with (security_invoker = true) as
select i.id, i.number, i.state, i.customer_id, i.customer_name, i.issued_on, i.due_on, i.net_amount, i.tax_amount, i.gross_amount,
    i.allocated_amount, i.gross_amount - i.allocated_amount as open_amount,
    case when i.state = 'issued' then greatest(0, current_date - i.due_on) else 0 end as days_late, i.currency, i.order_id, o.number as order_number, o.state as order_state,
    b.code as branch_code, b.name_zh as branch_zh, b.name_en as branch_en,
    u.display_name as created_by_zh, coalesce(nullif(u.display_name_en, ''), u.display_name) as created_by_en, i.created_at, i.version
from finance.invoices i
left join sales.orders o on o.id = i.order_id
left join org.branches b on b.id = i.branch_id
left join auth.people u on u.id = i.created_by;
comment on view finance.invoice_list is 'Invoices with order number, branch, maker and open amount.';
grant select on finance.invoice_list to erp_invoice_view;

create view finance.to_invoice_list with (security_invoker = true) as
select s.order_id as id, o.number, o.customer_id, o.customer_name, o.promised_on, o.state, o.gross_amount, o.currency, s.open_amount,
    b.name_zh as branch_zh, b.name_en as branch_en
from (
    select l.order_id, sum(round(l.gross_amount * (l.shipped_qty - l.invoiced_qty) / l.qty, 2)) as open_amount
    from sales.order_lines l where l.shipped_qty > l.invoiced_qty group by l.order_id
) s
-- PostgreSQL believes that a third of all lines are to be invoiced; the offset keeps it from reading all orders for them.
cross join lateral (select x.* from sales.orders x where x.id = s.order_id offset 0) o
left join org.branches b on b.id = o.branch_id;
comment on view finance.to_invoice_list is 'Orders with goods shipped and not yet invoiced.';
grant select on finance.to_invoice_list to erp_invoice_enter;

create view finance.payment_list with (security_invoker = true) as
select p.id, p.number, p.customer_id, p.customer_name, p.received_on, p.method, p.reference, p.currency, p.amount, p.allocated_amount,
    p.amount - p.allocated_amount as open_amount, p.note,
    u.display_name as recorded_by_zh, coalesce(nullif(u.display_name_en, ''), u.display_name) as recorded_by_en, p.recorded_at, p.version
from finance.payments p
left join auth.people u on u.id = p.recorded_by;
comment on view finance.payment_list is 'Payments with who recorded them and what is not yet allocated.';
grant select on finance.payment_list to erp_invoice_view;

create view finance.allocation_list with (security_invoker = true) as
select a.id, a.payment_id, p.number as payment_number, p.received_on, p.method, p.reference, a.invoice_id, i.number as invoice_number,
    i.due_on, i.state as invoice_state, a.amount, a.allocated_at
from finance.allocations a
left join finance.payments p on p.id = a.payment_id
left join finance.invoices i on i.id = a.invoice_id;
comment on view finance.allocation_list is 'Which payment settled how much of which invoice.';
grant select on finance.allocation_list to erp_invoice_view;

create view finance.journal_list with (security_invoker = true) as
select l.id, l.entry_id, e.number, l.posted_on, e.event, e.document_type, e.document_id, e.description, a.code as account_code,
    a.name_zh as account_zh, a.name_en as account_en, nullif(l.debit, 0) as debit, nullif(l.credit, 0) as credit
from finance.journal_lines l
left join finance.journal_entries e on e.id = l.entry_id
left join finance.accounts a on a.id = l.account_id;
comment on view finance.journal_list is 'Journal lines with their entry and account; the side without an amount is null.';
grant select on finance.journal_list to erp_journal_view;

create or replace function finance.search_invoices(in_text text, in_limit int) returns setof bigint
language plpgsql stable
as $$
declare
    v_text text := upper(normalize(btrim(in_text), nfkc));
    v_reversed text := reverse(v_text);
    v_last text := chr(1114111);
begin
    if v_text = '' then
        return;
    end if;
    return query
    select f.id from (
        select i.id from finance.invoices i where i.number ~>=~ v_text and i.number ~<~ (v_text || v_last) limit in_limit
    ) f
    union
    select f.id from (
        select i.id from finance.invoices i
        where reverse(i.number) ~>=~ v_reversed and reverse(i.number) ~<~ (v_reversed || v_last) limit in_limit
    ) f
    union
    select i.id from finance.invoices i where i.order_id = any (array(select sales.search_orders(in_text, in_limit)))
    limit in_limit;
end $$;
comment on function finance.search_invoices(text, int) is 'Invoices whose number begins or ends with the text, or whose order is found by it.';
grant execute on function finance.search_invoices(text, int) to erp_invoice_view;

create or replace function finance.search_payments(in_text text, in_limit int) returns setof bigint
language plpgsql stable
as $$
declare
    v_text text := upper(normalize(btrim(in_text), nfkc));
    v_reversed text := reverse(v_text);
    v_last text := chr(1114111);
    v_grams text[] := meta.grams_of_query(in_text);
    v_customer_ids bigint[] := array(select crm.search_customers(in_text, in_limit));
begin
    if v_grams = '{}' then
        return;
    end if;
    return query
    select f.id from (
        select p.id from finance.payments p where p.number ~>=~ v_text and p.number ~<~ (v_text || v_last) limit in_limit
    ) f
    union
    select f.id from (
        select p.id from finance.payments p
        where reverse(p.number) ~>=~ v_reversed and reverse(p.number) ~<~ (v_reversed || v_last) limit in_limit
    ) f
    union
    select f.id from (
        select p.id from finance.payments p
        where p.reference <> '' and meta.grams(p.reference) @> v_grams
            and strpos(upper(normalize(p.reference, nfkc)), v_text) > 0 limit in_limit
    ) f
    union
    select f.id from (select p.id from finance.payments p where p.customer_id = any (v_customer_ids) limit in_limit) f
    limit in_limit;
end $$;
comment on function finance.search_payments(text, int) is
    'Payments whose number begins or ends with the text, whose bank reference contains it, or whose customer is found by it.';
grant execute on function finance.search_payments(text, int) to erp_invoice_view;

create or replace function finance.search_entries(in_text text, in_limit int) returns setof bigint
language plpgsql stable
as $$
declare
    v_text text := upper(normalize(btrim(in_text), nfkc));
    v_reversed text := reverse(v_text);
    v_last text := chr(1114111);
    v_account_ids bigint[] := array(select a.id from finance.accounts a
        where a.code = btrim(in_text) or position(lower(btrim(in_text)) in lower(a.name_zh || ' ' || a.name_en)) > 0);
begin
    if v_text = '' then
        return;
    end if;
    return query
    with entries as materialized (
        (select e.id, e.posted_on from finance.journal_entries e where e.number = v_text)
        union
        (select e.id, e.posted_on from finance.journal_entries e
        where e.description ~>=~ v_text and e.description ~<~ (v_text || v_last) limit in_limit / 2)
        union
        (select e.id, e.posted_on from finance.journal_entries e
        where reverse(e.description) ~>=~ v_reversed and reverse(e.description) ~<~ (v_reversed || v_last) limit in_limit / 2)
    )
    select f.id from (
        select l.id from entries e
        -- The day leads to the one partition in which the entry's lines are.
        cross join lateral (select x.id from finance.journal_lines x where x.entry_id = e.id and x.posted_on = e.posted_on offset 0) l
    ) f
    union
    (select l.id from finance.journal_lines l where l.account_id = any (v_account_ids) order by l.id desc limit in_limit)
    limit in_limit;
end $$;
comment on function finance.search_entries(text, int) is
    'Journal lines by the number of their entry, by the beginning or end of the document''s number, or by account code or name.';
grant execute on function finance.search_entries(text, int) to erp_journal_view;
