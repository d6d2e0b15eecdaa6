-- What goods receipts brought into stock.
-- The moves of a receipt are exactly its lines, and the received quantity of a purchase order line is the sum of its receipt lines.
with received as (
    select r.id, l.product_id, r.warehouse_id, sum(l.qty) as qty
    from purchasing.receipts r join purchasing.receipt_lines l on l.receipt_id = r.id
    group by 1, 2, 3
), moved as (
    select m.document_id as id, m.product_id, m.warehouse_id, sum(m.qty) as qty
    from stock.moves m where m.document_type = 'receipt'
    group by 1, 2, 3
)
select 'receipt' as kind, coalesce(r.id, m.id) as id, coalesce(r.product_id, m.product_id) as product_id, r.qty as expected, m.qty as found
from received r
full join moved m on m.id = r.id and m.product_id = r.product_id and m.warehouse_id = r.warehouse_id
where r.qty is distinct from m.qty
union all
select 'purchase order line', l.id, l.product_id, coalesce(sum(x.qty), 0), l.received_qty
from purchasing.order_lines l left join purchasing.receipt_lines x on x.order_line_id = l.id
group by l.id, l.product_id, l.received_qty
having l.received_qty <> coalesce(sum(x.qty), 0)
