-- What counts changed.
-- The move of a count is its difference: no count without its move, no move without its count.
select coalesce(a.id, m.id) as adjustment_id, a.number, a.difference, m.qty as moved
from stock.adjustments a
full join (
    select x.document_id as id, x.product_id, x.warehouse_id, sum(x.qty) as qty
    from stock.moves x where x.document_type = 'adjustment'
    group by 1, 2, 3
) m on m.id = a.id and m.product_id = a.product_id and m.warehouse_id = a.warehouse_id
where a.difference is distinct from m.qty
