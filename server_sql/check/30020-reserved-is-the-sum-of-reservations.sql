-- Reserved stock is the sum of the reservations.
-- A row names a balance whose reserved quantity differs from the reservations behind it; the reservations are right.
select coalesce(b.product_id, r.product_id) as product_id, coalesce(b.warehouse_id, r.warehouse_id) as warehouse_id, b.reserved,
    r.qty as reservations
from stock.balances b
full join (select x.product_id, x.warehouse_id, sum(x.qty) as qty from stock.reservations x group by 1, 2) r
    on r.product_id = b.product_id and r.warehouse_id = b.warehouse_id
where coalesce(b.reserved, 0) <> coalesce(r.qty, 0)
