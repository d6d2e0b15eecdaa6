-- Planners see all of production, the shop floor the operations of its work centres and their work orders; others read
-- production.work_orders_brief. Nobody writes but through commands.
grant usage on schema production to erp_production_view, erp_production_plan, erp_production_report,
    erp_order_view_own, erp_order_view_branch, erp_order_view_all;

grant select on production.bom_lines, production.routing_steps to erp_production_view;
create policy select_all on production.bom_lines for select to erp_production_view using (true);
create policy select_all on production.routing_steps for select to erp_production_view using (true);

grant select on production.work_orders, production.work_order_materials, production.operations, production.work_reports
    to erp_production_view, erp_production_report;
create policy select_all on production.work_orders for select to erp_production_view using (true);
create policy select_all on production.work_order_materials for select to erp_production_view using (true);
create policy select_all on production.operations for select to erp_production_view using (true);
create policy select_all on production.work_reports for select to erp_production_view using (true);
create policy select_work_centre on production.operations for select to erp_production_report
    using (work_centre_id = any ((select auth.work_centre_ids())::bigint[]));
create policy select_operation on production.work_orders for select to erp_production_report
    using (exists (select from production.operations o where o.work_order_id = work_orders.id));
create policy select_operation on production.work_order_materials for select to erp_production_report
    using (exists (select from production.operations o where o.work_order_id = work_order_materials.work_order_id));
create policy select_operation on production.work_reports for select to erp_production_report
    using (exists (select from production.operations o where o.id = operation_id));

-- Who plans sees what is there of the material.
grant usage on schema stock to erp_production_view;
grant select on stock.balances to erp_production_view;
create policy select_production on stock.balances for select to erp_production_view using (true);
