-- What is recorded, announced and never changed.
call meta.make_append_only('purchasing.receipts');
call meta.make_append_only('purchasing.receipt_lines');
call audit.watch('purchasing.suppliers');
call audit.watch('purchasing.supplier_products');
call audit.watch('purchasing.orders');
call audit.watch('purchasing.order_lines');
call audit.watch('purchasing.requests');
call audit.watch('purchasing.receipts');
call audit.watch('purchasing.receipt_lines');
call meta.announce_changes('purchasing.suppliers', 'supplier');
call meta.announce_changes('purchasing.supplier_products', 'supplier_product', 'product_id');
call meta.announce_changes('purchasing.orders', 'purchase_order');
call meta.announce_changes('purchasing.order_lines', 'purchase_order', 'order_id');
call meta.announce_changes('purchasing.requests', 'purchase_request');
call meta.announce_changes('purchasing.receipts', 'receipt');
