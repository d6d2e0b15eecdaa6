-- Shipped and delivered quantities.
-- The shipped quantity of an order line is what was picked of it in delivery notes that have left, the delivered quantity what arrived of that; the delivery notes are right.
select l.id, l.order_id, l.line_no, l.shipped_qty, coalesce(s.shipped, 0) as in_shipments, l.delivered_qty, coalesce(s.delivered, 0) as in_deliveries
from sales.order_lines l
left join (
    select x.order_line_id, sum(x.picked_qty) as shipped, coalesce(sum(x.picked_qty) filter (where y.state = 'delivered'), 0) as delivered
    from stock.shipment_lines x join stock.shipments y on y.id = x.shipment_id
    where y.state in ('shipped', 'in_transit', 'delivered')
    group by 1
) s on s.order_line_id = l.id
where l.shipped_qty <> coalesce(s.shipped, 0) or l.delivered_qty <> coalesce(s.delivered, 0)
