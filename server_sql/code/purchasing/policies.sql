-- Buyers, finance and executives see purchasing with its prices; warehouse keepers see what was sent for their warehouses,
-- without prices; who sees an order sees what was requested for it. Nobody writes but through commands.
grant usage on schema purchasing to erp_supplier_view, erp_purchase_view, erp_purchase_enter, erp_purchase_send, erp_receipt_enter,
    erp_production_view, erp_order_view_own, erp_order_view_branch, erp_order_view_all;

grant select on purchasing.suppliers to erp_supplier_view;
create policy select_all on purchasing.suppliers for select to erp_supplier_view using (true);
grant select on purchasing.supplier_products to erp_purchase_view;
create policy select_all on purchasing.supplier_products for select to erp_purchase_view using (true);

grant select on purchasing.orders, purchasing.order_lines, purchasing.requests, purchasing.receipts, purchasing.receipt_lines
    to erp_purchase_view;
create policy select_all on purchasing.orders for select to erp_purchase_view using (true);
create policy select_all on purchasing.order_lines for select to erp_purchase_view using (true);
create policy select_all on purchasing.requests for select to erp_purchase_view using (true);
create policy select_all on purchasing.receipts for select to erp_purchase_view using (true);
create policy select_all on purchasing.receipt_lines for select to erp_purchase_view using (true);

-- NOTE: prices and amounts are not granted to those who receive.
grant select (id, code, name, name_en) on purchasing.suppliers to erp_receipt_enter;
grant select (id, number, supplier_id, warehouse_id, state, ordered_on, expected_on, note, sent_at, version) on purchasing.orders
    to erp_receipt_enter;
grant select (id, order_id, line_no, product_id, qty, received_qty, unit_id) on purchasing.order_lines to erp_receipt_enter;
grant select on purchasing.receipts, purchasing.receipt_lines to erp_receipt_enter;
create policy select_receiver on purchasing.suppliers for select to erp_receipt_enter using (true);
create policy select_warehouse on purchasing.orders for select to erp_receipt_enter
    using (state in ('sent', 'partly_received', 'received') and warehouse_id = any ((select auth.warehouse_ids())::bigint[]));
create policy select_warehouse on purchasing.order_lines for select to erp_receipt_enter
    using (exists (select from purchasing.orders o where o.id = order_id));
create policy select_warehouse on purchasing.receipts for select to erp_receipt_enter
    using (warehouse_id = any ((select auth.warehouse_ids())::bigint[]));
create policy select_warehouse on purchasing.receipt_lines for select to erp_receipt_enter
    using (exists (select from purchasing.receipts r
        where r.id = receipt_id and r.warehouse_id = any ((select auth.warehouse_ids())::bigint[])));

create policy select_receiver on workflow.events for select to erp_receipt_enter
    using (document_type = 'purchase_order' and exists (select from purchasing.orders o where o.id = document_id));

grant select (id, number, product_id, warehouse_id, qty, needed_on, state, order_line_id, work_order_id)
    on purchasing.requests to erp_production_view, erp_order_view_own, erp_order_view_branch, erp_order_view_all;
create policy select_production on purchasing.requests for select to erp_production_view, erp_order_view_all using (true);
create policy select_own on purchasing.requests for select to erp_order_view_own
    using (exists (select from sales.order_lines l join sales.orders o on o.id = l.order_id
        where l.id = order_line_id and o.owner_id = (select auth.user_id())));
create policy select_branch on purchasing.requests for select to erp_order_view_branch
    using (exists (select from sales.order_lines l join sales.orders o on o.id = l.order_id
        where l.id = order_line_id and o.branch_id = any ((select auth.branch_ids())::bigint[])));
