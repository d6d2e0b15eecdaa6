-- Stock in production is what open work orders still bring.
-- A row names a product and warehouse whose quantity in production differs from the open work orders; the work orders are right.
select coalesce(b.product_id, w.product_id) as product_id, coalesce(b.warehouse_id, w.warehouse_id) as warehouse_id, b.in_production,
    w.qty as work_orders
from stock.balances b
full join (
    select x.product_id, x.warehouse_id, sum(x.qty - x.done_qty - x.scrap_qty) as qty
    from production.work_orders x where x.state in ('planned', 'released', 'in_progress')
    group by 1, 2
) w on w.product_id = b.product_id and w.warehouse_id = b.warehouse_id
where coalesce(b.in_production, 0) <> coalesce(w.qty, 0)
