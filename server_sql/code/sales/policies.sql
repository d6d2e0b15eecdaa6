-- Orders are seen by their owner, by the branch, or by the whole company. Who ships, makes and buys what was ordered reads the
-- views without prices of brief.sql and holds nothing on the tables: a right to columns would open them in all rows.
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

grant select on sales.imports to erp_order_import;
create policy select_own on sales.imports for select to erp_order_import
    using (imported_by = (select auth.user_id()));
create policy select_branch on sales.imports for select to erp_order_view_branch
    using (branch_id = any ((select auth.branch_ids())::bigint[]));
create policy select_all on sales.imports for select to erp_order_view_all using (true);
grant select on sales.imports to erp_order_view_branch, erp_order_view_all;
