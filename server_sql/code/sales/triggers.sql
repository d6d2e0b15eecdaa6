call audit.watch('sales.orders');
call audit.watch('sales.order_lines');
call audit.watch('sales.imports');
call meta.announce_changes('sales.orders', 'order');
call meta.announce_changes('sales.order_lines', 'order', 'order_id');
call meta.announce_changes('sales.imports', 'import');
