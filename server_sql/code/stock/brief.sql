-- Stock beside the prices of products: for those who see prices, as far as they see the stock of all warehouses.
grant select (product_id, warehouse_id, on_hand, reserved, incoming, in_production) on stock.balances to erp_reads_brief;
create policy select_brief on stock.balances for select to erp_reads_brief using ((select auth.has_role('erp_stock_view_all')));

create view stock.balances_brief as
select b.product_id, b.warehouse_id, b.on_hand, b.reserved, b.incoming, b.in_production from stock.balances b;
comment on view stock.balances_brief is 'Stock for lists of products with prices: no rows for those who do not see the stock of all warehouses.';
grant usage on schema stock to erp_price_view;
grant select on stock.balances_brief to erp_price_view, erp_stock_view_all;
call meta.give_view('stock.balances_brief', 'erp_reads_brief');
