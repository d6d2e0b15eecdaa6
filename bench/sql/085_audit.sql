-- The audit of the last 90 days: who entered which order and which shipment, and what became of the order.
insert into audit.changes (at, role_name, client, address, table_name, row_id, operation, before, after)
select c.at, u.role_name, 'erp-desktop', '127.0.0.1', c.table_name, c.row_id, c.operation, c.before, c.after
from (
    select o.created_at as at, o.created_by as user_id, 'sales.orders' as table_name, o.id as row_id, 'insert' as operation,
        null::jsonb as before, jsonb_strip_nulls(to_jsonb(o)) as after
    from sales.orders o where o.created_at >= %(until)s::date - 90
    union all
    select o.created_at, o.created_by, 'sales.order_lines', l.id, 'insert', null, jsonb_strip_nulls(to_jsonb(l))
    from sales.orders o join sales.order_lines l on l.order_id = o.id where o.created_at >= %(until)s::date - 90
    union all
    select o.confirmed_at, %(manager)s, 'sales.orders', o.id, 'update', '{"state": "submitted"}', jsonb_build_object('state', 'confirmed')
    from sales.orders o where o.confirmed_at >= %(until)s::date - 90
    union all
    select s.created_at, s.created_by, 'stock.shipments', s.id, 'insert', null, jsonb_strip_nulls(to_jsonb(s))
    from stock.shipments s where s.created_at >= %(until)s::date - 90
) c
join auth.users u on u.id = c.user_id
order by c.at;
