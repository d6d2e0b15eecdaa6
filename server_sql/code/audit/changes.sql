-- The audit trail: statement-level triggers that write what changed, row by row, also for plain SQL.

create or replace function audit.tg__record_insert() returns trigger
language plpgsql volatile security definer set search_path = ''
as $$
begin
    insert into audit.changes (table_name, row_id, operation, after)
    select tg_table_schema || '.' || tg_table_name, (v.new_row ->> 'id')::bigint, 'insert', pg_catalog.jsonb_strip_nulls(v.new_row)
    from (select pg_catalog.to_jsonb(n) as new_row from new_rows n) v;
    return null;
end $$;
comment on function audit.tg__record_insert() is 'Statement-level trigger: one audit row for each inserted row.';

create or replace function audit.tg__record_update() returns trigger
language plpgsql volatile security definer set search_path = ''
as $$
begin
    insert into audit.changes (table_name, row_id, operation, before, after)
    select tg_table_schema || '.' || tg_table_name, (v.new_row ->> 'id')::bigint, 'update', d.before, d.after
    from (
        select pg_catalog.to_jsonb(o) as old_row, pg_catalog.to_jsonb(n) as new_row
        from old_rows o join new_rows n on n.id = o.id
        offset 0 -- else each row would be made JSON again for each of its columns
    ) v
    cross join lateral (
        select pg_catalog.jsonb_object_agg(c.key, c.value) as before,
            pg_catalog.jsonb_object_agg(c.key, v.new_row -> c.key) as after
        from pg_catalog.jsonb_each(v.old_row) c
        where c.value is distinct from v.new_row -> c.key
    ) d
    where d.before is not null;
    return null;
end $$;
comment on function audit.tg__record_update() is 'Statement-level trigger: one audit row for each row that really changed, with the changed columns only.';

create or replace function audit.tg__record_delete() returns trigger
language plpgsql volatile security definer set search_path = ''
as $$
begin
    insert into audit.changes (table_name, row_id, operation, before)
    select tg_table_schema || '.' || tg_table_name, (v.old_row ->> 'id')::bigint, 'delete', pg_catalog.jsonb_strip_nulls(v.old_row)
    from (select pg_catalog.to_jsonb(o) as old_row from old_rows o) v;
    return null;
end $$;
comment on function audit.tg__record_delete() is 'Statement-level trigger: one audit row for each deleted row.';

create or replace procedure audit.watch(in_table regclass)
language plpgsql
as $$
begin
    execute format('create trigger _800_audit_insert after insert on %s referencing new table as new_rows
        for each statement execute function audit.tg__record_insert()', in_table);
    execute format('create trigger _800_audit_update after update on %s referencing old table as old_rows new table as new_rows
        for each statement execute function audit.tg__record_update()', in_table);
    execute format('create trigger _800_audit_delete after delete on %s referencing old table as old_rows
        for each statement execute function audit.tg__record_delete()', in_table);
end $$;
comment on procedure audit.watch(regclass) is 'Puts the three audit triggers on a table that has a column id.';

create or replace function meta.tg__append_only() returns trigger
language plpgsql volatile
as $$
begin
    raise exception using errcode = 'UL001',
        message = format('%I.%I is append-only', tg_table_schema, tg_table_name),
        detail = jsonb_build_object('table', tg_table_schema || '.' || tg_table_name)::text;
end $$;
comment on function meta.tg__append_only() is 'Statement-level trigger for append-only tables: refuses update, delete and truncate for everybody, the owner included.';

create or replace procedure meta.make_append_only(in_table regclass)
language plpgsql
as $$
begin
    execute format('create trigger _100_append_only before update or delete or truncate on %s
        for each statement execute function meta.tg__append_only()', in_table);
end $$;
comment on procedure meta.make_append_only(regclass) is 'Makes a table append-only for everybody.';

call meta.make_append_only('audit.changes');
call meta.make_append_only('workflow.events');
call audit.watch('workflow.approvals');
call audit.watch('workflow.approval_rules');

-- The trail shows what the rows hold, so it is shown like the rows: accounts, settings and how the company is laid out to all
-- auditors, a department's rows to those auditors who see all rows of that department anyway. The grants are the auditors'
-- alone: a policy for a department's role opens nothing to the department.
grant usage on schema audit to erp_audit_view;
grant select on audit.changes to erp_audit_view;
create policy select_setup on audit.changes for select to erp_audit_view
    using (split_part(table_name, '.', 1) in ('auth', 'org', 'meta', 'audit') or table_name = 'workflow.approval_rules');
create policy select_customers on audit.changes for select to erp_customer_view_all using (split_part(table_name, '.', 1) = 'crm');
create policy select_orders on audit.changes for select to erp_order_view_all
    using (split_part(table_name, '.', 1) = 'sales' or table_name in ('workflow.approvals', 'stock.shipments', 'stock.shipment_lines'));
create policy select_products on audit.changes for select to erp_product_view
    using (table_name in ('catalog.products', 'catalog.categories', 'catalog.price_lists'));
create policy select_prices on audit.changes for select to erp_price_view using (table_name = 'catalog.prices');
create policy select_stock on audit.changes for select to erp_stock_view_all
    using (split_part(table_name, '.', 1) = 'stock' and table_name not in ('stock.shipments', 'stock.shipment_lines'));
create policy select_production on audit.changes for select to erp_production_view using (split_part(table_name, '.', 1) = 'production');
create policy select_suppliers on audit.changes for select to erp_supplier_view using (table_name = 'purchasing.suppliers');
create policy select_purchasing on audit.changes for select to erp_purchase_view
    using (split_part(table_name, '.', 1) = 'purchasing' and table_name <> 'purchasing.suppliers');
create policy select_invoices on audit.changes for select to erp_invoice_view
    using (table_name in ('finance.invoices', 'finance.invoice_lines', 'finance.payments', 'finance.allocations'));
create policy select_finance on audit.changes for select to erp_journal_view
    using (split_part(table_name, '.', 1) = 'finance'
        and table_name not in ('finance.invoices', 'finance.invoice_lines', 'finance.payments', 'finance.allocations'));

create view audit.change_list with (security_invoker = true) as
select c.id, c.at, c.role_name::text as role_name, coalesce(u.display_name, '系统（' || c.role_name || '）') as who_zh,
    coalesce(nullif(u.display_name_en, ''), u.display_name, 'System (' || c.role_name || ')') as who_en, u.id as user_id,
    c.table_name, c.row_id, c.operation,
    p.name as row_zh, p.name as row_en,
    c.client, c.address::text as address, c.transaction_id::text as transaction_id, c.before, c.after,
    nullif(split_part(p.owner, ' ', 1), '') as owner_table,
    (coalesce(c.after, c.before) ->> split_part(p.owner, ' ', 2))::bigint as owner_id
from audit.changes c
left join auth.users u on u.role_name = c.role_name
-- Whose part the row is, told while it comes or goes: a row that is gone can only be called after its document or person.
cross join lateral (
    select case c.table_name
        when 'auth.user_branches' then 'auth.users user_id'
        when 'auth.user_warehouses' then 'auth.users user_id'
        when 'auth.user_work_centres' then 'auth.users user_id'
        when 'catalog.prices' then 'catalog.products product_id'
        when 'sales.order_lines' then 'sales.orders order_id'
        when 'stock.reservations' then 'sales.order_lines order_line_id'
        when 'stock.shipment_lines' then 'stock.shipments shipment_id'
        when 'production.bom_lines' then 'catalog.products product_id'
        when 'production.routing_steps' then 'catalog.products product_id'
        when 'production.work_order_materials' then 'production.work_orders work_order_id'
        when 'production.operations' then 'production.work_orders work_order_id'
        when 'purchasing.supplier_products' then 'purchasing.suppliers supplier_id'
        when 'purchasing.order_lines' then 'purchasing.orders order_id'
        when 'purchasing.receipt_lines' then 'purchasing.receipts receipt_id'
        when 'finance.invoices' then 'sales.orders order_id'
        when 'finance.invoice_lines' then 'finance.invoices invoice_id'
        when 'finance.allocations' then 'finance.payments payment_id'
    end as owner,
    coalesce(c.after ->> 'number', c.before ->> 'number', c.after ->> 'code', c.before ->> 'code', c.after ->> 'login', c.before ->> 'login',
        c.after ->> 'name', c.before ->> 'name', c.after ->> 'list', '#' || nullif(c.row_id, 0), '') as name
) p;
comment on view audit.change_list is 'The audit trail as auditors read it, with the names of people, the number, code or name of the row where the change holds it (audit.names_of knows more), and the document or person that the row belongs to.';
grant select (role_name) on auth.users to erp_audit_view;
grant select on audit.change_list to erp_audit_view;
