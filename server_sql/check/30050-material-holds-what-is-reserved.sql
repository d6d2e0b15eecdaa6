-- The material of work orders holds what is reserved for it.
-- The reserved quantity of a material is the sum of its reservations, all of its own product and in the warehouse that its work order draws from.
select m.id, m.work_order_id, m.line_no, m.reserved_qty, coalesce(r.qty, 0) as reservations, coalesce(r.strange, 0) as of_another_product_or_place
from production.work_order_materials m
left join (
    select x.work_order_material_id, sum(x.qty) as qty,
        count(*) filter (where x.product_id <> y.product_id or x.warehouse_id <> z.material_warehouse_id) as strange
    from stock.reservations x
    join production.work_order_materials y on y.id = x.work_order_material_id
    join production.work_orders z on z.id = y.work_order_id
    group by 1
) r on r.work_order_material_id = m.id
where coalesce(r.strange, 0) > 0 or m.reserved_qty <> coalesce(r.qty, 0)
