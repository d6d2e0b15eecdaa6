-- Lists of finance.
create view finance.invoice_list with (security_invoker = true) as
select i.id, i.number, i.state, i.customer_id, i.customer_name, i.issued_on, i.due_on, i.net_amount, i.tax_amount, i.gross_amount,
    i.allocated_amount, i.gross_amount - i.allocated_amount as open_amount, i.currency, i.order_id, o.number as order_number,
    b.code as branch_code, i.created_at, i.version
from finance.invoices i
join sales.orders o on o.id = i.order_id
join org.branches b on b.id = i.branch_id;
comment on view finance.invoice_list is 'Invoices with order number and open amount.';
grant select on finance.invoice_list to erp_invoice_view;

create view finance.to_invoice_list with (security_invoker = true) as
select o.id, o.number, o.customer_name, o.promised_on, o.state, o.gross_amount, o.currency, s.open_amount
from sales.orders o
join (
    select l.order_id, sum(round(l.gross_amount * (l.shipped_qty - l.invoiced_qty) / l.qty, 2)) as open_amount
    from sales.order_lines l where l.shipped_qty > l.invoiced_qty group by l.order_id
) s on s.order_id = o.id;
comment on view finance.to_invoice_list is 'Orders with goods shipped and not yet invoiced.';
grant select on finance.to_invoice_list to erp_invoice_enter;

create view finance.payment_list with (security_invoker = true) as
select p.id, p.number, p.customer_id, p.customer_name, p.received_on, p.method, p.reference, p.currency, p.amount, p.allocated_amount,
    p.amount - p.allocated_amount as open_amount, p.note, p.version
from finance.payments p;
comment on view finance.payment_list is 'Payments with what is not yet allocated.';
grant select on finance.payment_list to erp_invoice_view;

create view finance.journal_list with (security_invoker = true) as
select l.id, e.number, e.posted_on, e.event, e.document_type, e.document_id, e.description, a.code as account_code,
    a.name_zh as account_zh, a.name_en as account_en, l.debit, l.credit
from finance.journal_lines l
join finance.journal_entries e on e.id = l.entry_id
join finance.accounts a on a.id = l.account_id;
comment on view finance.journal_list is 'Journal lines with their entry and account.';
grant select on finance.journal_list to erp_journal_view;

create or replace function finance.search_invoices(in_text text, in_limit int) returns setof bigint
language sql stable
as $$
    select i.id from finance.invoices i
    where i.number ilike '%' || replace(replace(replace(in_text, '\', '\\'), '%', '\%'), '_', '\_') || '%'
        or i.order_id in (select sales.search_orders(in_text, in_limit))
    limit in_limit
$$;
comment on function finance.search_invoices(text, int) is 'Invoices by part of their number, or whose order is found by the text.';
grant execute on function finance.search_invoices(text, int) to erp_invoice_view;

create or replace function finance.search_payments(in_text text, in_limit int) returns setof bigint
language sql stable
as $$
    select p.id from finance.payments p
    where (p.number || ' ' || p.reference || ' ' || p.customer_name) ilike
        '%' || replace(replace(replace(in_text, '\', '\\'), '%', '\%'), '_', '\_') || '%'
    limit in_limit
$$;
comment on function finance.search_payments(text, int) is 'Payments by part of their number, bank reference or customer.';
grant execute on function finance.search_payments(text, int) to erp_invoice_view;
