-- Incoming stock is what sent purchase orders still bring.
-- A row names a product and warehouse whose incoming quantity differs from the open lines of sent purchase orders; the purchase orders are right.
select coalesce(b.product_id, p.product_id) as product_id, coalesce(b.warehouse_id, p.warehouse_id) as warehouse_id, b.incoming, p.qty as ordered
from stock.balances b
full join (
    select l.product_id, o.warehouse_id, sum(l.qty - l.received_qty) as qty
    from purchasing.order_lines l join purchasing.orders o on o.id = l.order_id
    where o.state in ('sent', 'partly_received')
    group by 1, 2
) p on p.product_id = b.product_id and p.warehouse_id = b.warehouse_id
where coalesce(b.incoming, 0) <> coalesce(p.qty, 0)
