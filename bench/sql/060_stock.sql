-- Moves of all that came and went, what is promised, and the balances that follow.
insert into stock.moves (id, moved_at, product_id, warehouse_id, kind, qty, unit_cost, document_type, document_id, user_id)
select row_number() over (order by m.moved_at, m.document_type, m.document_id), m.moved_at, m.product_id, m.warehouse_id, m.kind, m.qty,
    c.standard_cost, m.document_type, m.document_id, m.user_id
from (
    select s.shipped_at as moved_at, l.product_id, s.warehouse_id, 'shipment' as kind, -l.qty as qty, 'shipment' as document_type,
        s.id as document_id, %(warehouse_keeper)s as user_id
    from stock.shipments s join stock.shipment_lines l on l.shipment_id = s.id where s.state <> 'picking'
    union all
    select w.finished_at, w.product_id, w.warehouse_id, 'production', w.qty, 'work_order', w.id, %(shop_floor_worker)s
    from production.work_orders w where w.state = 'done'
    union all
    select w.finished_at, m.product_id, w.material_warehouse_id, 'consumption', -m.issued_qty, 'work_order', w.id, %(shop_floor_worker)s
    from production.work_orders w join production.work_order_materials m on m.work_order_id = w.id where w.state = 'done'
    union all
    select r.received_at, l.product_id, r.warehouse_id, 'receipt', l.qty, 'receipt', r.id, %(warehouse_keeper)s
    from purchasing.receipts r join purchasing.receipt_lines l on l.receipt_id = r.id
) m
join catalog.product_costs c on c.product_id = m.product_id;

insert into stock.reservations (product_id, warehouse_id, order_line_id, qty, reserved_at)
select l.product_id, o.warehouse_id, l.id, l.reserved, o.confirmed_at
from drawn_lines l join sales.orders o on o.id = l.order_id where l.reserved > 0 order by l.id;
insert into stock.reservations (product_id, warehouse_id, work_order_material_id, qty, reserved_at)
select m.product_id, w.material_warehouse_id, m.id, m.reserved_qty, w.created_at
from production.work_order_materials m join production.work_orders w on w.id = m.work_order_id where m.reserved_qty > 0 order by m.id;

insert into stock.balances (product_id, warehouse_id, on_hand, reserved, incoming, in_production, reorder_point)
select b.product_id, b.warehouse_id, sum(b.on_hand), sum(b.reserved), sum(b.incoming), sum(b.in_production), 30
from (
    select m.product_id, m.warehouse_id, m.qty as on_hand, 0 as reserved, 0 as incoming, 0 as in_production from stock.moves m
    union all
    select r.product_id, r.warehouse_id, 0, r.qty, 0, 0 from stock.reservations r
    union all
    select l.product_id, o.warehouse_id, 0, 0, l.qty - l.received_qty, 0
    from purchasing.order_lines l join purchasing.orders o on o.id = l.order_id where o.state = 'sent'
    union all
    select w.product_id, w.warehouse_id, 0, 0, 0, w.qty - w.done_qty from production.work_orders w where w.state in ('planned', 'released')
) b
group by 1, 2
order by 1, 2;
