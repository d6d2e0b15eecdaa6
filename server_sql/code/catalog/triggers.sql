call audit.watch('catalog.categories');
call audit.watch('catalog.products');
call audit.watch('catalog.price_lists');
call audit.watch('catalog.prices');
call meta.announce_changes('catalog.products', 'product');
call meta.announce_changes('catalog.prices', 'product', 'product_id');
