-- Stock was never below zero.
-- The moves of a product in a warehouse, summed up in their order, stay at or above zero all the time. A row names the first move after which less than nothing was there.
select distinct on (m.product_id, m.warehouse_id) m.id, m.moved_at, m.product_id, m.warehouse_id, m.qty, m.stock
from (
    select x.id, x.moved_at, x.product_id, x.warehouse_id, x.qty,
        sum(x.qty) over (partition by x.product_id, x.warehouse_id order by x.moved_at, x.id) as stock
    from stock.moves x
) m
where m.stock < 0
order by m.product_id, m.warehouse_id, m.moved_at, m.id
