-- What delivery notes took out of stock.
-- The moves of a delivery note are exactly the goods that were picked for it, once it has left, and none before.
with picked as (
    select s.id, l.product_id, s.warehouse_id, sum(l.picked_qty) as qty
    from stock.shipments s
    join stock.shipment_lines l on l.shipment_id = s.id and l.picked_qty > 0
    join catalog.products p on p.id = l.product_id and p.supply <> 'none'
    where s.state in ('shipped', 'in_transit', 'delivered')
    group by 1, 2, 3
), moved as (
    select m.document_id as id, m.product_id, m.warehouse_id, -sum(m.qty) as qty
    from stock.moves m where m.document_type = 'shipment' and m.kind = 'shipment'
    group by 1, 2, 3
)
select coalesce(p.id, m.id) as shipment_id, coalesce(p.product_id, m.product_id) as product_id, p.qty as picked, m.qty as moved
from picked p
full join moved m on m.id = p.id and m.product_id = p.product_id and m.warehouse_id = p.warehouse_id
where p.qty is distinct from m.qty
