-- What confirming an order does to the rows, every value known.
update sales.orders set state = 'ready', submitted_at = now(), confirmed_at = now(), version = version + 1 where id = %(order)s;
update sales.order_lines set state = 'ready', reserved_qty = qty where order_id = %(order)s;
insert into stock.reservations (product_id, warehouse_id, order_line_id, qty)
select product_id, %(warehouse)s, id, qty from sales.order_lines where order_id = %(order)s;
update stock.balances b set reserved = b.reserved + l.qty
from sales.order_lines l where l.order_id = %(order)s and b.product_id = l.product_id and b.warehouse_id = %(warehouse)s;
insert into workflow.events (document_type, document_id, action, to_state, user_id)
values ('order', %(order)s, 'submit', 'submitted', %(user)s), ('order', %(order)s, 'confirm', 'confirmed', %(user)s),
    ('order', %(order)s, 'derive', 'ready', %(user)s);
