-- Who reads the rows about steps. Events and approvals are read by those who may see the document they belong to:
-- the sub-select runs with the reader's own rights, so the document's policies decide.
grant usage on schema workflow to erp_person;
grant select on workflow.transitions to erp_person;
create policy select_person on workflow.transitions for select to erp_person using (true);

grant select on workflow.approval_rules to erp_order_approve, erp_order_approve_top, erp_settings_manage;
create policy select_approver on workflow.approval_rules for select
    to erp_order_approve, erp_order_approve_top, erp_settings_manage using (true);

grant select on workflow.events, workflow.approvals to erp_person;
create policy select_order on workflow.events for select
    to erp_order_view_own, erp_order_view_branch, erp_order_view_all, erp_order_view_delivered
    using (document_type = 'order' and exists (select from sales.orders o where o.id = document_id));
create policy select_shipment on workflow.events for select to erp_shipment_view
    using (document_type = 'shipment' and exists (select from stock.shipments s where s.id = document_id));
create policy select_work_order on workflow.events for select to erp_production_view, erp_production_report
    using (document_type = 'work_order' and exists (select from production.work_orders w where w.id = document_id));
create policy select_purchase on workflow.events for select to erp_purchase_view
    using (document_type in ('purchase_order', 'purchase_request'));
create policy select_invoice on workflow.events for select to erp_invoice_view
    using (document_type in ('invoice', 'payment'));
-- Each says whose orders they are: who sees delivered orders sees nothing of their approvals.
create policy select_own on workflow.approvals for select to erp_order_view_own
    using (document_type = 'order' and exists (select from sales.orders o
        where o.id = document_id and o.owner_id = (select auth.user_id())));
create policy select_branch on workflow.approvals for select to erp_order_view_branch
    using (document_type = 'order' and exists (select from sales.orders o
        where o.id = document_id and o.branch_id = any ((select auth.branch_ids())::bigint[])));
create policy select_all on workflow.approvals for select to erp_order_view_all
    using (document_type = 'order' and exists (select from sales.orders o where o.id = document_id));
