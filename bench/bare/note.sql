-- What a delivery note states.
select s.*, o.customer_reference from stock.shipments s join sales.orders o on o.id = s.order_id where s.id = %(shipment)s;
select l.line_no, l.qty, l.picked_qty, p.code, p.name_zh, p.specification, u.name_zh
from stock.shipment_lines l join catalog.products p on p.id = l.product_id join org.units u on u.id = p.unit_id
where l.shipment_id = %(shipment)s order by l.line_no
