-- Customers are seen by their owner, by the branch, or by the whole company; nobody writes but through crm.save_customer.
grant usage on schema crm to erp_customer_view_own, erp_customer_view_branch, erp_customer_view_all, erp_customer_enter;
grant select on crm.customers to erp_customer_view_own, erp_customer_view_branch, erp_customer_view_all;
create policy select_own on crm.customers for select to erp_customer_view_own
    using (owner_id = (select auth.user_id()));
create policy select_branch on crm.customers for select to erp_customer_view_branch
    using (branch_id = any ((select auth.branch_ids())::bigint[]));
create policy select_all on crm.customers for select to erp_customer_view_all using (true);

create policy select_customer on workflow.events for select
    to erp_customer_view_own, erp_customer_view_branch, erp_customer_view_all
    using (document_type = 'customer' and exists (select from crm.customers c where c.id = document_id));
