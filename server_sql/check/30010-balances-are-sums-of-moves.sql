-- Balances are the sums of their moves.
-- What is on hand of a product in a warehouse is what came less what went. A row names the balance and what the moves say; the moves are right: find the command that changed one without the other, then set on_hand to the sum.
select coalesce(b.product_id, m.product_id) as product_id, coalesce(b.warehouse_id, m.warehouse_id) as warehouse_id, b.on_hand, m.qty as moves
from stock.balances b
full join (select x.product_id, x.warehouse_id, sum(x.qty) as qty from stock.moves x group by 1, 2) m
    on m.product_id = b.product_id and m.warehouse_id = b.warehouse_id
where coalesce(b.on_hand, 0) <> coalesce(m.qty, 0)
