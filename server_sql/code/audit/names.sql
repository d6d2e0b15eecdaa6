-- What the rows of the trail are called: numbers of documents, names of people and things, as far as the reader sees the rows.

create or replace function audit.names_of_masters(in_tables text[], in_ids bigint[])
returns table (table_name text, row_id bigint, name_zh text, name_en text)
language sql stable
as $$
    select w.t, w.id, n.zh, coalesce(nullif(n.en, ''), n.zh)
    from unnest(in_tables, in_ids) w (t, id)
    cross join lateral (
        select u.display_name, u.display_name_en from auth.users u where w.t = 'auth.users' and u.id = w.id
        union all
        select r.title_zh, r.title_en from auth.roles r where w.t = 'auth.roles' and r.id = w.id
        union all
        select g.before ->> 'title_zh', g.before ->> 'title_en' from audit.changes g
        where w.t = 'auth.roles' and g.table_name = 'auth.roles' and g.row_id = w.id and g.operation = 'delete'
        union all
        select u.display_name, u.display_name_en from auth.user_branches s join auth.users u on u.id = s.user_id
        where w.t = 'auth.user_branches' and s.id = w.id
        union all
        select u.display_name, u.display_name_en from auth.user_warehouses s join auth.users u on u.id = s.user_id
        where w.t = 'auth.user_warehouses' and s.id = w.id
        union all
        select u.display_name, u.display_name_en from auth.user_work_centres s join auth.users u on u.id = s.user_id
        where w.t = 'auth.user_work_centres' and s.id = w.id
        union all
        select x.name_zh, x.name_en from org.companies x where w.t = 'org.companies' and x.id = w.id
        union all
        select x.name_zh, x.name_en from org.branches x where w.t = 'org.branches' and x.id = w.id
        union all
        select x.name_zh, x.name_en from org.warehouses x where w.t = 'org.warehouses' and x.id = w.id
        union all
        select x.name_zh, x.name_en from org.work_centres x where w.t = 'org.work_centres' and x.id = w.id
        union all
        select x.name_zh, x.name_en from org.units x where w.t = 'org.units' and x.id = w.id
        union all
        select x.name_zh, x.name_en from catalog.categories x where w.t = 'catalog.categories' and x.id = w.id
        union all
        select x.name_zh, x.name_en from catalog.price_lists x where w.t = 'catalog.price_lists' and x.id = w.id
    ) n (zh, en)
$$;
comment on function audit.names_of_masters(text[], bigint[]) is 'The names of people, roles, places, units, categories and price lists, which everybody may read.';

create or replace function audit.names_of_products(in_tables text[], in_ids bigint[])
returns table (table_name text, row_id bigint, name_zh text, name_en text)
language sql stable
as $$
    select w.t, w.id, p.code || ' ' || p.name_zh, p.code || ' ' || coalesce(nullif(p.name_en, ''), p.name_zh)
    from unnest(in_tables, in_ids) w (t, id)
    cross join lateral (
        select w.id where w.t = 'catalog.products'
        union all
        select x.product_id from catalog.prices x where w.t = 'catalog.prices' and x.id = w.id
        union all
        select x.product_id from production.bom_lines x where w.t = 'production.bom_lines' and x.id = w.id
        union all
        select x.product_id from production.routing_steps x where w.t = 'production.routing_steps' and x.id = w.id
    ) n (product_id)
    join catalog.products p on p.id = n.product_id
$$;
comment on function audit.names_of_products(text[], bigint[]) is 'Code and name of products, also for their prices, their bills of material and routings.';

create or replace function audit.names_of_sales(in_tables text[], in_ids bigint[])
returns table (table_name text, row_id bigint, name_zh text, name_en text)
language sql stable
as $$
    select w.t, w.id, n.zh, n.en
    from unnest(in_tables, in_ids) w (t, id)
    cross join lateral (
        select c.name, coalesce(nullif(c.name_en, ''), c.name) from crm.customers c where w.t = 'crm.customers' and c.id = w.id
        union all
        select o.number, o.number from sales.orders o where w.t = 'sales.orders' and o.id = w.id
        union all
        select o.number || ' / ' || l.line_no, o.number || ' / ' || l.line_no
        from sales.order_lines l join sales.orders o on o.id = l.order_id where w.t = 'sales.order_lines' and l.id = w.id
        union all
        select i.file_name, i.file_name from sales.imports i where w.t = 'sales.imports' and i.id = w.id
        union all
        select o.number, o.number from workflow.approvals a join sales.orders o on a.document_type = 'order' and o.id = a.document_id
        where w.t = 'workflow.approvals' and a.id = w.id
    ) n (zh, en)
$$;
comment on function audit.names_of_sales(text[], bigint[]) is 'The names of customers, the numbers of orders with their lines and approvals, the files of imports.';

create or replace function audit.names_of_plant(in_tables text[], in_ids bigint[])
returns table (table_name text, row_id bigint, name_zh text, name_en text)
language sql stable
as $$
    select w.t, w.id, n.name, n.name
    from unnest(in_tables, in_ids) w (t, id)
    cross join lateral (
        select o.number from production.work_orders o where w.t = 'production.work_orders' and o.id = w.id
        union all
        select o.number || ' / ' || m.line_no from production.work_order_materials m
        join production.work_orders o on o.id = m.work_order_id where w.t = 'production.work_order_materials' and m.id = w.id
        union all
        select o.number || ' / ' || p.step_no from production.operations p
        join production.work_orders o on o.id = p.work_order_id where w.t = 'production.operations' and p.id = w.id
    ) n (name)
$$;
comment on function audit.names_of_plant(text[], bigint[]) is 'The numbers of work orders, with their materials and operations.';

create or replace function audit.names_of_stock(in_tables text[], in_ids bigint[])
returns table (table_name text, row_id bigint, name_zh text, name_en text)
language sql stable
as $$
    select w.t, w.id, n.name, n.name
    from unnest(in_tables, in_ids) w (t, id)
    cross join lateral (
        select a.number from stock.adjustments a where w.t = 'stock.adjustments' and a.id = w.id
        union all
        select s.number from stock.shipments s where w.t = 'stock.shipments' and s.id = w.id
        union all
        select s.number || ' / ' || l.line_no from stock.shipment_lines l join stock.shipments s on s.id = l.shipment_id
        where w.t = 'stock.shipment_lines' and l.id = w.id
        union all
        select coalesce(o.number || ' / ' || l.line_no, k.number || ' / ' || m.line_no) from stock.reservations r
        left join sales.order_lines l on l.id = r.order_line_id
        left join sales.orders o on o.id = l.order_id
        left join production.work_order_materials m on m.id = r.work_order_material_id
        left join production.work_orders k on k.id = m.work_order_id
        where w.t = 'stock.reservations' and r.id = w.id
    ) n (name)
    where n.name is not null
$$;
comment on function audit.names_of_stock(text[], bigint[]) is 'The numbers of delivery notes and adjustments; a reservation is called after the line that it is for.';

create or replace function audit.names_of_purchasing(in_tables text[], in_ids bigint[])
returns table (table_name text, row_id bigint, name_zh text, name_en text)
language sql stable
as $$
    select w.t, w.id, n.zh, coalesce(nullif(n.en, ''), n.zh)
    from unnest(in_tables, in_ids) w (t, id)
    cross join lateral (
        select s.name, s.name_en from purchasing.suppliers s where w.t = 'purchasing.suppliers' and s.id = w.id
        union all
        select s.name || ' / ' || p.code, nullif(s.name_en, '') || ' / ' || p.code from purchasing.supplier_products x
        join purchasing.suppliers s on s.id = x.supplier_id join catalog.products p on p.id = x.product_id
        where w.t = 'purchasing.supplier_products' and x.id = w.id
        union all
        select r.number, '' from purchasing.requests r where w.t = 'purchasing.requests' and r.id = w.id
        union all
        select o.number, '' from purchasing.orders o where w.t = 'purchasing.orders' and o.id = w.id
        union all
        select o.number || ' / ' || l.line_no, '' from purchasing.order_lines l join purchasing.orders o on o.id = l.order_id
        where w.t = 'purchasing.order_lines' and l.id = w.id
        union all
        select r.number, '' from purchasing.receipts r where w.t = 'purchasing.receipts' and r.id = w.id
        union all
        select r.number || ' / ' || l.line_no, '' from purchasing.receipt_lines l join purchasing.receipts r on r.id = l.receipt_id
        where w.t = 'purchasing.receipt_lines' and l.id = w.id
    ) n (zh, en)
$$;
comment on function audit.names_of_purchasing(text[], bigint[]) is 'The names of suppliers and the numbers of what is asked of them.';

create or replace function audit.names_of_finance(in_tables text[], in_ids bigint[])
returns table (table_name text, row_id bigint, name_zh text, name_en text)
language sql stable
as $$
    select w.t, w.id, n.zh, coalesce(n.en, n.zh)
    from unnest(in_tables, in_ids) w (t, id)
    cross join lateral (
        select a.code || ' ' || a.name_zh, a.code || ' ' || a.name_en from finance.accounts a where w.t = 'finance.accounts' and a.id = w.id
        union all
        select e.number, null from finance.journal_entries e where w.t = 'finance.journal_entries' and e.id = w.id
        union all
        select i.number, null from finance.invoices i where w.t = 'finance.invoices' and i.id = w.id
        union all
        select i.number || ' / ' || l.line_no, null from finance.invoice_lines l join finance.invoices i on i.id = l.invoice_id
        where w.t = 'finance.invoice_lines' and l.id = w.id
        union all
        select p.number, null from finance.payments p where w.t = 'finance.payments' and p.id = w.id
        union all
        select p.number, null from finance.allocations x join finance.payments p on p.id = x.payment_id
        where w.t = 'finance.allocations' and x.id = w.id
    ) n (zh, en)
    where n.zh is not null -- a draft has no number
$$;
comment on function audit.names_of_finance(text[], bigint[]) is 'The names of ledger accounts and the numbers of entries, invoices and payments.';

create or replace function audit.names_of(in_tables text[], in_ids bigint[])
returns table (table_name text, row_id bigint, name_zh text, name_en text)
language plpgsql stable
as $$
declare
    v_part text;
begin
    foreach v_part in array array['masters', 'products', 'sales', 'plant', 'stock', 'purchasing', 'finance'] loop
        begin
            return query execute format('select * from audit.%I($1, $2)', 'names_of_' || v_part) using in_tables, in_ids;
        exception when insufficient_privilege then
            null; -- a department whose rows the reader may not read: they stay without names
        end;
    end loop;
end $$;
comment on function audit.names_of(text[], bigint[]) is
    'What rows of the audited tables are called, tables and ids in pairs. Runs with the reader''s rights and under the reader''s policies: what she does not see has no name here.';

create or replace function audit.names_in_change(in_id bigint)
returns table (column_name text, value text, name_zh text, name_en text)
language sql stable
as $$
    with c as materialized (
        select x.table_name, x.row_id, x.owner_table, x.owner_id, coalesce(x.before, '{}') as before, coalesce(x.after, '{}') as after
        from audit.change_list x where x.id = in_id
    ), keys as (
        select a.attname::text as column_name, tn.nspname || '.' || t.relname as target
        from c
        join pg_namespace n on n.nspname = split_part(c.table_name, '.', 1)
        join pg_class r on r.relnamespace = n.oid and r.relname = split_part(c.table_name, '.', 2)
        join pg_constraint f on f.conrelid = r.oid and f.contype = 'f' and cardinality(f.conkey) = 1
        join pg_attribute a on a.attrelid = r.oid and a.attnum = f.conkey[1] and a.atttypid = 'bigint'::regtype
        join pg_class t on t.oid = f.confrelid
        join pg_namespace tn on tn.oid = t.relnamespace
        union all
        select 'document_id', case coalesce(c.after ->> 'document_type', c.before ->> 'document_type')
            when 'order' then 'sales.orders' when 'shipment' then 'stock.shipments' when 'adjustment' then 'stock.adjustments'
            when 'work_order' then 'production.work_orders' when 'receipt' then 'purchasing.receipts'
            when 'invoice' then 'finance.invoices' when 'payment' then 'finance.payments' end
        from c
    ), wanted as (
        select distinct k.column_name, k.target, v.value::bigint as id
        from c cross join keys k
        cross join lateral (values (c.before ->> k.column_name), (c.after ->> k.column_name)) v (value)
        where k.target is not null and v.value is not null
        union all
        select '', c.table_name, c.row_id from c
        union all
        select 'owner', c.owner_table, c.owner_id from c where c.owner_id is not null
    )
    select w.column_name, w.id::text, n.name_zh, n.name_en
    from (select array_agg(w.target) as tables, array_agg(w.id) as ids from (select distinct w.target, w.id from wanted w) w) a
    cross join lateral audit.names_of(a.tables, a.ids) n
    join wanted w on w.target = n.table_name and w.id = n.row_id
    union all
    select v.column_name, v.name, r.title_zh, r.title_en
    from c
    cross join lateral (
        select distinct e.column_name, e.name
        from (values (c.before), (c.after)) s (columns)
        cross join lateral (
            select 'action_role', s.columns ->> 'action_role'
            union all
            select 'roles', x from jsonb_array_elements_text(s.columns -> 'roles') x
        ) e (column_name, name)
    ) v
    cross join lateral (
        select x.title_zh, x.title_en from auth.roles x where x.name::text = v.name
        union all
        select g.before ->> 'title_zh', g.before ->> 'title_en' from audit.changes g
        where g.table_name = 'auth.roles' and g.operation = 'delete' and g.before ->> 'name' = v.name
    ) r
$$;
comment on function audit.names_in_change(bigint) is
    'What the values of a change stand for that are ids or roles: by column and value. The changed row itself stands under an empty column, the document or person that it belongs to under "owner".';

grant execute on function audit.names_of_masters(text[], bigint[]), audit.names_of_products(text[], bigint[]),
    audit.names_of_sales(text[], bigint[]), audit.names_of_plant(text[], bigint[]), audit.names_of_stock(text[], bigint[]),
    audit.names_of_purchasing(text[], bigint[]), audit.names_of_finance(text[], bigint[]), audit.names_of(text[], bigint[]),
    audit.names_in_change(bigint) to erp_audit_view;
