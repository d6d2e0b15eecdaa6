-- Purchase requests and the orders that cover them.
-- An ordered or received request names the line of a living purchase order for its product and warehouse; an open or a cancelled one names none.
select r.id, r.number, r.state, o.number as purchase_order, o.state as purchase_order_state
from purchasing.requests r
left join purchasing.order_lines l on l.id = r.purchase_line_id
left join purchasing.orders o on o.id = l.order_id
where case when r.state in ('ordered', 'received')
    then (l.product_id, o.warehouse_id) is distinct from (r.product_id, r.warehouse_id) or o.state = 'cancelled'
    else r.purchase_line_id is not null end
