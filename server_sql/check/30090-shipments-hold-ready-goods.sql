-- Delivery notes that are being picked hold what is ready.
-- All open delivery notes together take no more of an order line than is reserved for it, and each is of the order's own lines and warehouse.
select l.id as order_line_id, l.order_id, l.reserved_qty, s.qty as being_picked, s.strange as of_another_order_product_or_place
from (
    select x.order_line_id, sum(x.qty) filter (where y.state = 'picking') as qty,
        count(*) filter (where y.order_id <> z.order_id or x.product_id <> z.product_id or y.warehouse_id <> o.warehouse_id) as strange
    from stock.shipment_lines x
    join stock.shipments y on y.id = x.shipment_id
    join sales.order_lines z on z.id = x.order_line_id
    join sales.orders o on o.id = z.order_id
    group by 1
) s
join sales.order_lines l on l.id = s.order_line_id
where s.qty > l.reserved_qty or s.strange > 0
