-- What work orders took from stock and brought into it.
-- The moves of a work order are exactly the material that it has used and the pieces that it has made; a finished one has used all its material.
with expected as (
    select w.id, m.product_id, w.material_warehouse_id as warehouse_id, -sum(m.issued_qty) as qty
    from production.work_orders w join production.work_order_materials m on m.work_order_id = w.id
    group by 1, 2, 3
    union all
    select w.id, w.product_id, w.warehouse_id, w.done_qty from production.work_orders w
), wanted as (
    select e.id, e.product_id, e.warehouse_id, sum(e.qty) as qty from expected e group by 1, 2, 3 having sum(e.qty) <> 0
), moved as (
    select m.document_id as id, m.product_id, m.warehouse_id, sum(m.qty) as qty
    from stock.moves m where m.document_type = 'work_order'
    group by 1, 2, 3
)
select coalesce(w.id, m.id) as id, coalesce(w.product_id, m.product_id) as product_id,
    coalesce(w.warehouse_id, m.warehouse_id) as warehouse_id, w.qty as expected, m.qty as found
from wanted w
full join moved m using (id, product_id, warehouse_id)
where w.qty is distinct from m.qty
union all
select w.id, m.product_id, w.material_warehouse_id, m.required_qty, m.issued_qty
from production.work_orders w
join production.work_order_materials m on m.work_order_id = w.id
join catalog.products p on p.id = m.product_id and p.supply <> 'none'
where w.state = 'done' and m.issued_qty <> m.required_qty
