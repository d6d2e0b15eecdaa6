-- Quantities are seen by warehouse or all over the company, costs only by those who may see costs. Nobody writes but through commands.
grant usage on schema stock to erp_stock_view, erp_stock_view_all, erp_cost_view, erp_stock_adjust, erp_shipment_view, erp_shipment_enter,
    erp_shipment_ship, erp_order_view_own, erp_order_view_branch, erp_order_view_all, erp_order_view_delivered;

grant select on stock.balances, stock.reservations, stock.adjustments to erp_stock_view, erp_stock_view_all;
create policy select_warehouse on stock.balances for select to erp_stock_view
    using (warehouse_id = any ((select auth.warehouse_ids())::bigint[]));
create policy select_all on stock.balances for select to erp_stock_view_all using (true);
create policy select_warehouse on stock.reservations for select to erp_stock_view
    using (warehouse_id = any ((select auth.warehouse_ids())::bigint[]));
create policy select_all on stock.reservations for select to erp_stock_view_all using (true);
create policy select_warehouse on stock.adjustments for select to erp_stock_view
    using (warehouse_id = any ((select auth.warehouse_ids())::bigint[]));
create policy select_all on stock.adjustments for select to erp_stock_view_all using (true);

-- NOTE: unit_cost is not granted to those who see stock.
grant select (id, moved_at, product_id, warehouse_id, kind, qty, document_type, document_id, user_id)
    on stock.moves to erp_stock_view, erp_stock_view_all;
create policy select_warehouse on stock.moves for select to erp_stock_view
    using (warehouse_id = any ((select auth.warehouse_ids())::bigint[]));
create policy select_all on stock.moves for select to erp_stock_view_all using (true);
grant select on stock.moves to erp_cost_view;
create policy select_cost on stock.moves for select to erp_cost_view using (true);

grant select on stock.shipments, stock.shipment_lines
    to erp_shipment_view, erp_order_view_own, erp_order_view_branch, erp_order_view_all, erp_order_view_delivered;
create policy select_warehouse on stock.shipments for select to erp_shipment_view
    using (warehouse_id = any ((select auth.warehouse_ids())::bigint[]));
create policy select_own on stock.shipments for select to erp_order_view_own
    using (owner_id = (select auth.user_id()));
create policy select_branch on stock.shipments for select to erp_order_view_branch
    using (branch_id = any ((select auth.branch_ids())::bigint[]));
create policy select_delivered on stock.shipments for select to erp_order_view_delivered
    using ((select o.state from sales.orders o where o.id = order_id) in ('delivered', 'completed'));
create policy select_all on stock.shipments for select to erp_order_view_all using (true);
create policy select_shipment on stock.shipment_lines for select
    to erp_shipment_view, erp_order_view_own, erp_order_view_branch, erp_order_view_delivered
    using (exists (select from stock.shipments s where s.id = shipment_id));
create policy select_all on stock.shipment_lines for select to erp_order_view_all using (true);

create policy select_shipment_of_order on workflow.events for select
    to erp_order_view_own, erp_order_view_branch, erp_order_view_all, erp_order_view_delivered
    using (document_type = 'shipment' and exists (select from stock.shipments s where s.id = document_id));

-- Who sees stock may ask which documents it is made of; what comes and is made is told to all of them, who orders only to
-- those whom another job lets see the order.
grant usage on schema sales, production, purchasing to erp_stock_view, erp_stock_view_all;
grant select on purchasing.receipts to erp_stock_view, erp_stock_view_all;
-- The same columns as for those who receive: see docs/adr/0023.
grant select (id, order_id, line_no, product_id, qty, received_qty, unit_id) on purchasing.order_lines to erp_stock_view, erp_stock_view_all;
create policy select_stock on purchasing.order_lines for select to erp_stock_view, erp_stock_view_all
    using (exists (select from purchasing.orders_brief o where o.id = order_id));
create policy select_stock on purchasing.receipts for select to erp_stock_view_all using (true);
create policy select_stock_warehouse on purchasing.receipts for select to erp_stock_view
    using (warehouse_id = any ((select auth.warehouse_ids())::bigint[]));
