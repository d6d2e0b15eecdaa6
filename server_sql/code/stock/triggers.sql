-- What is recorded, announced and never changed. Balances are not audited: moves and reservations say how they came about.
call meta.make_append_only('stock.moves');
call meta.make_append_only('stock.adjustments');
call audit.watch('stock.adjustments');
call audit.watch('stock.reservations');
call audit.watch('stock.shipments');
call audit.watch('stock.shipment_lines');
call meta.announce_changes('stock.balances', 'stock');
call meta.announce_changes('stock.shipments', 'shipment');
call meta.announce_changes('stock.shipment_lines', 'shipment', 'shipment_id');
