-- Orders are seen by their owner, by the branch, or by the whole company. Warehouses see what they have to ship, planners and
-- buyers what they have to make and buy, all of them without prices: they are granted columns, not tables.
grant usage on schema sales to erp_order_view_own, erp_order_view_branch, erp_order_view_all, erp_order_view_delivered,
    erp_order_enter, erp_order_approve, erp_order_approve_top, erp_order_release, erp_order_import,
    erp_shipment_view, erp_production_view, erp_purchase_view;

grant select on sales.orders, sales.order_lines
    to erp_order_view_own, erp_order_view_branch, erp_order_view_all, erp_order_view_delivered;
create policy select_own on sales.orders for select to erp_order_view_own
    using (owner_id = (select auth.user_id()));
create policy select_branch on sales.orders for select to erp_order_view_branch
    using (branch_id = any ((select auth.branch_ids())::bigint[]));
create policy select_all on sales.orders for select to erp_order_view_all using (true);
create policy select_delivered on sales.orders for select to erp_order_view_delivered
    using (state in ('delivered', 'completed'));
create policy select_all on sales.order_lines for select to erp_order_view_all using (true);
create policy select_order on sales.order_lines for select
    to erp_order_view_own, erp_order_view_branch, erp_order_view_delivered
    using (exists (select from sales.orders o where o.id = order_id));

grant select (id, number, branch_id, customer_id, customer_name, customer_reference, ordered_on, promised_on, warehouse_id, state,
    hold_reason, confirmed_at, version) on sales.orders to erp_shipment_view, erp_production_view, erp_purchase_view;
grant select (ship_to, contact, phone, note) on sales.orders to erp_shipment_view;
grant select (id, order_id, line_no, product_id, description, qty, unit_id, state, reserved_qty, shipped_qty, delivered_qty)
    on sales.order_lines to erp_shipment_view, erp_production_view, erp_purchase_view;
create policy select_warehouse on sales.orders for select to erp_shipment_view
    using (warehouse_id = any ((select auth.warehouse_ids())::bigint[])
        and state in ('confirmed', 'in_production', 'ready', 'shipped', 'in_transit'));
create policy select_supply on sales.orders for select to erp_production_view, erp_purchase_view
    using (state in ('confirmed', 'in_production', 'ready', 'shipped', 'in_transit'));
create policy select_work on sales.order_lines for select to erp_shipment_view, erp_production_view, erp_purchase_view
    using (exists (select from sales.orders o where o.id = order_id));

grant select on sales.imports to erp_order_import;
create policy select_own on sales.imports for select to erp_order_import
    using (imported_by = (select auth.user_id()));
create policy select_branch on sales.imports for select to erp_order_view_branch
    using (branch_id = any ((select auth.branch_ids())::bigint[]));
create policy select_all on sales.imports for select to erp_order_view_all using (true);
grant select on sales.imports to erp_order_view_branch, erp_order_view_all;
