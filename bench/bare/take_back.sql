-- Deletes what the other files of this folder wrote.
create temp table bare on commit drop as select id from sales.orders where number like 'BARE-%';
update stock.balances b set on_hand = b.on_hand + n.shipped, reserved = b.reserved - n.reserved
from (
    select l.product_id, o.warehouse_id, sum(l.shipped_qty) as shipped, sum(l.reserved_qty) as reserved
    from sales.order_lines l join sales.orders o on o.id = l.order_id where o.id in (select id from bare) group by 1, 2
) n where b.product_id = n.product_id and b.warehouse_id = n.warehouse_id;
create temp table bare_documents on commit drop as
select 'order' as kind, id from bare
union all select 'shipment', s.id from stock.shipments s where s.order_id in (select id from bare)
union all select 'invoice', i.id from finance.invoices i where i.order_id in (select id from bare);
delete from workflow.events e using bare_documents d where e.document_type = d.kind and e.document_id = d.id;
delete from finance.journal_lines l using finance.journal_entries e, bare_documents d
where l.entry_id = e.id and e.document_type = d.kind and e.document_id = d.id;
delete from finance.journal_entries e using bare_documents d where e.document_type = d.kind and e.document_id = d.id;
delete from stock.moves m using bare_documents d where m.document_type = d.kind and m.document_id = d.id;
delete from finance.invoice_lines l using finance.invoices i where l.invoice_id = i.id and i.order_id in (select id from bare);
delete from finance.invoices i where i.order_id in (select id from bare);
delete from stock.shipment_lines l using stock.shipments s where l.shipment_id = s.id and s.order_id in (select id from bare);
delete from stock.shipments s where s.order_id in (select id from bare);
delete from stock.reservations r using sales.order_lines l where l.id = r.order_line_id and l.order_id in (select id from bare);
delete from sales.order_lines l where l.order_id in (select id from bare);
delete from sales.orders o where o.id in (select id from bare);
