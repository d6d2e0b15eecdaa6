-- A shipment for each order that has left, or is being picked.
insert into stock.shipments (id, number, order_id, order_number, customer_name, branch_id, owner_id, warehouse_id, state, carrier, ship_to,
    contact, phone, created_at, created_by, shipped_at, delivered_at, received_by, version)
overriding system value
select d.shipment_id, pg_temp.number_of('DN', pg_temp.day_of(d.day), d.shipment_id), o.id, o.number, o.customer_name, o.branch_id,
    o.owner_id, o.warehouse_id, x.state, case o.channel when 'web' then '快运' else '青岚物流' end, o.ship_to, o.contact, o.phone,
    pg_temp.moment_of(d.day, 260), %(warehouse_keeper)s, case when d.shipped > 0 then pg_temp.moment_of(d.shipped, 360 + d.minutes / 4) end,
    case when d.delivered > 0 then pg_temp.moment_of(d.delivered, 300 + d.minutes / 4) end,
    case when d.delivered > 0 then o.contact else '' end, case x.state when 'picking' then 1 when 'shipped' then 3 when 'in_transit' then 4 else 5 end
from (
    select d.*, greatest(d.shipped, (d.shipped = 0)::int * (%(until)s::date - date '2000-01-01')) as day,
        row_number() over (order by d.shipped = 0, d.shipped, d.id) as shipment_id
    from drawn_orders d where d.shipped > 0 or d.is_picking = 1
) d
join sales.orders o on o.id = d.id
cross join lateral (select case when d.shipped = 0 then 'picking' when o.state in ('shipped', 'in_transit') then o.state else 'delivered' end) x (state)
order by d.shipment_id;

insert into stock.shipment_lines (id, shipment_id, line_no, order_line_id, product_id, qty, picked_qty, order_line_no)
overriding system value
select row_number() over (order by s.id, l.line_no), s.id, l.line_no, l.id, l.product_id, l.qty, case s.state when 'picking' then 0 else l.qty end, l.line_no
from stock.shipments s
join sales.order_lines l on l.order_id = s.order_id;
