-- Finding changes in the trail: by who made them, or by the document or master record that changed.

create or replace function audit.rows_named(in_text text) returns table (table_name text, row_id bigint)
language sql stable
as $$
    select 'sales.orders', o.id from sales.orders o where o.number = upper(in_text)
    union all
    select 'stock.shipments', s.id from stock.shipments s where s.number = upper(in_text)
    union all
    select 'production.work_orders', w.id from production.work_orders w where w.number = upper(in_text)
    union all
    select 'purchasing.requests', r.id from purchasing.requests r where r.number = upper(in_text)
    union all
    select 'purchasing.orders', o.id from purchasing.orders o where o.number = upper(in_text)
    union all
    select 'purchasing.receipts', r.id from purchasing.receipts r where r.number = upper(in_text)
    union all
    select 'finance.invoices', i.id from finance.invoices i where i.number = upper(in_text)
    union all
    select 'finance.payments', p.id from finance.payments p where p.number = upper(in_text)
    union all
    select 'crm.customers', c.id from crm.customers c where c.code = upper(in_text)
    union all
    select 'catalog.products', p.id from catalog.products p where p.code = upper(in_text)
    union all
    select 'auth.users', u.id from auth.users u where u.login = lower(in_text)
    union all
    select 'auth.roles', r.id from auth.roles r where lower(in_text) in (lower(r.title_zh), lower(r.title_en))
$$;
comment on function audit.rows_named(text) is 'The rows that bear a number, code, login or, for roles, title.';

create or replace function audit.search_changes(in_text text, in_limit int) returns setof bigint
language sql stable security definer set search_path = ''
as $$
    select c.id from audit.rows_named(btrim(in_text)) r
    join audit.changes c on c.table_name = r.table_name and c.row_id = r.row_id
    union
    (select c.id from audit.changes c
    where c.role_name in (
        select u.role_name from auth.users u
        where concat_ws(' ', u.login, u.display_name, u.display_name_en)
            ilike '%' || replace(replace(replace(btrim(in_text), '\', '\\'), '%', '\%'), '_', '\_') || '%')
    order by c.at desc limit in_limit)
    limit in_limit
$$;
comment on function audit.search_changes(text, int) is
    'Changes of the row with that number, code or login, and changes made by people whose name holds the text. Runs past the policies: whoever lists what is found sees only what the policies show.';
grant execute on function audit.search_changes(text, int) to erp_audit_view;
