-- Work orders for those who do not plan or make: who sees stock asks what it is made of, buyers for what they buy, sales
-- people what their orders wait for.
grant select (id, number, product_id, qty, done_qty, scrap_qty, state, warehouse_id, order_line_id, parent_id, starts_on, due_on)
    on production.work_orders to erp_reads_brief;
create policy select_brief on production.work_orders for select to erp_reads_brief
    using ((select auth.has_role('erp_stock_view_all')) or (select auth.has_role('erp_stock_view'))
        or (select auth.has_role('erp_production_view')) or (select auth.has_role('erp_purchase_view'))
        or (select auth.has_role('erp_order_view_all'))
        or exists (
            select from sales.order_lines l join sales.orders o on o.id = l.order_id
            where l.id = order_line_id
                and ((o.owner_id = (select auth.user_id()) and (select auth.has_role('erp_order_view_own')))
                    or (o.branch_id = any ((select auth.branch_ids())::bigint[]) and (select auth.has_role('erp_order_view_branch'))))));

create view production.work_orders_brief as
select w.id, w.number, w.product_id, w.qty, w.done_qty, w.scrap_qty, w.state, w.warehouse_id, w.order_line_id, w.parent_id,
    w.starts_on, w.due_on
from production.work_orders w;
comment on view production.work_orders_brief is
    'Work orders as stock, purchasing and sales see them: what comes of them and when, for which order line.';
grant usage on schema production to erp_purchase_view;
grant select on production.work_orders_brief to erp_stock_view, erp_stock_view_all, erp_production_view, erp_purchase_view,
    erp_order_view_own, erp_order_view_branch, erp_order_view_all;
call meta.give_view('production.work_orders_brief', 'erp_reads_brief');

grant select (id, work_order_id) on production.work_order_materials to erp_reads_brief;
create policy select_brief on production.work_order_materials for select to erp_reads_brief using (true);

create view production.work_order_materials_brief as
select m.id, m.work_order_id from production.work_order_materials m;
comment on view production.work_order_materials_brief is 'For which work order material is reserved, for those who see stock.';
grant select on production.work_order_materials_brief to erp_stock_view, erp_stock_view_all;
call meta.give_view('production.work_order_materials_brief', 'erp_reads_brief');
