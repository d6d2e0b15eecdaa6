-- Order lines hold what is reserved for them.
-- The reserved quantity of an order line is the sum of its reservations, all of its own product and in the warehouse of its order; a service is ready without any. Nothing is reserved for an order that is not confirmed or is cancelled.
select l.id, l.order_id, l.line_no, l.state, l.reserved_qty, coalesce(r.qty, 0) as reservations, coalesce(r.strange, 0) as of_another_product_or_place
from sales.order_lines l
join catalog.products p on p.id = l.product_id
join sales.orders o on o.id = l.order_id
left join (
    select x.order_line_id, sum(x.qty) as qty,
        count(*) filter (where x.product_id <> y.product_id or x.warehouse_id <> z.warehouse_id) as strange
    from stock.reservations x
    join sales.order_lines y on y.id = x.order_line_id
    join sales.orders z on z.id = y.order_id
    group by 1
) r on r.order_line_id = l.id
where coalesce(r.strange, 0) > 0
    or (p.supply <> 'none' and l.reserved_qty <> coalesce(r.qty, 0))
    or (p.supply = 'none' and r.qty is not null)
    or (l.reserved_qty > 0 and (l.state in ('open', 'cancelled') or o.state in ('draft', 'returned', 'submitted', 'cancelled')))
