-- What shipping an order does to the rows, every value known.
insert into stock.shipments (number, order_id, order_number, customer_name, branch_id, owner_id, warehouse_id, state, created_by, shipped_at)
select 'BARE-' || nextval('meta.numbers_dn'), o.id, o.number, o.customer_name, o.branch_id, o.owner_id, o.warehouse_id, 'shipped', %(user)s, now()
from sales.orders o where o.id = %(order)s;
insert into stock.shipment_lines (shipment_id, line_no, order_line_id, product_id, qty, picked_qty, order_line_no)
select s.id, l.line_no, l.id, l.product_id, l.qty, l.qty, l.line_no
from stock.shipments s join sales.order_lines l on l.order_id = s.order_id where s.order_id = %(order)s;
delete from stock.reservations r using sales.order_lines l where l.order_id = %(order)s and r.order_line_id = l.id;
update stock.balances b set reserved = b.reserved - l.qty, on_hand = b.on_hand - l.qty
from sales.order_lines l where l.order_id = %(order)s and b.product_id = l.product_id and b.warehouse_id = %(warehouse)s;
insert into stock.moves (product_id, warehouse_id, kind, qty, unit_cost, document_type, document_id, user_id)
select l.product_id, s.warehouse_id, 'shipment', -l.qty, 50, 'shipment', s.id, %(user)s
from stock.shipments s join stock.shipment_lines l on l.shipment_id = s.id where s.order_id = %(order)s;
update sales.order_lines set state = 'shipped', shipped_qty = qty, reserved_qty = 0 where order_id = %(order)s;
update sales.orders set state = 'shipped', version = version + 1 where id = %(order)s;
insert into workflow.events (document_type, document_id, action, to_state, user_id)
select 'shipment', s.id, a.action, 'shipped', %(user)s
from stock.shipments s cross join (values ('create'), ('pick'), ('ship')) a (action) where s.order_id = %(order)s;
insert into workflow.events (document_type, document_id, action, to_state, user_id) values ('order', %(order)s, 'derive', 'shipped', %(user)s);
with entry as (
    insert into finance.journal_entries (number, posted_on, event, document_type, document_id, posted_by)
    select 'BARE-' || s.number, current_date, 'shipment', 'shipment', s.id, %(user)s
    from stock.shipments s where s.order_id = %(order)s returning id
)
insert into finance.journal_lines (posted_on, entry_id, account_id, debit, credit)
select current_date, entry.id, a.id, a.debit, a.credit from entry cross join (values (13, 250, 0), (5, 0, 250)) a (id, debit, credit);
