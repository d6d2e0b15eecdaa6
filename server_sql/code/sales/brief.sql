-- Orders and their lines without prices, for those who make, buy, store and ship what was ordered: warehouses see what they
-- have to ship, planners and buyers what they have to make and buy, everybody else the orders that she sees anyway.
grant select (id, number, branch_id, owner_id, customer_id, customer_name, customer_reference, ordered_on, promised_on, warehouse_id,
    state, hold_reason, confirmed_at, version) on sales.orders to erp_reads_brief;
grant select (id, order_id, line_no, product_id, description, qty, unit_id, state, reserved_qty, shipped_qty, delivered_qty)
    on sales.order_lines to erp_reads_brief;
create policy select_brief on sales.orders for select to erp_reads_brief
    using ((select auth.has_role('erp_order_view_all'))
        or (owner_id = (select auth.user_id()) and (select auth.has_role('erp_order_view_own')))
        or (branch_id = any ((select auth.branch_ids())::bigint[]) and (select auth.has_role('erp_order_view_branch')))
        or (state in ('delivered', 'completed') and (select auth.has_role('erp_order_view_delivered')))
        or (state in ('confirmed', 'in_production', 'ready', 'shipped', 'in_transit')
            and ((select auth.has_role('erp_production_view')) or (select auth.has_role('erp_purchase_view'))
                or (warehouse_id = any ((select auth.warehouse_ids())::bigint[]) and (select auth.has_role('erp_shipment_view'))))));
create policy select_brief on sales.order_lines for select to erp_reads_brief
    using ((select auth.has_role('erp_order_view_all')) or exists (select from sales.orders o where o.id = order_id));

create view sales.orders_brief as
select o.id, o.number, o.branch_id, o.customer_id, o.customer_name, o.customer_reference, o.ordered_on, o.promised_on,
    o.warehouse_id, o.state, o.hold_reason, o.confirmed_at, o.version
from sales.orders o;
comment on view sales.orders_brief is 'Orders without prices, amounts and addresses, as far as any job of the person lets her see them.';
grant select on sales.orders_brief to erp_order_view_own, erp_order_view_branch, erp_order_view_all, erp_order_view_delivered,
    erp_shipment_view, erp_production_view, erp_purchase_view, erp_stock_view, erp_stock_view_all;
call meta.give_view('sales.orders_brief', 'erp_reads_brief');

create view sales.order_lines_brief as
select l.id, l.order_id, l.line_no, l.product_id, l.description, l.qty, l.unit_id, l.state, l.reserved_qty, l.shipped_qty,
    l.delivered_qty
from sales.order_lines l;
comment on view sales.order_lines_brief is 'Lines of the orders of sales.orders_brief without prices and amounts.';
grant select on sales.order_lines_brief to erp_order_view_own, erp_order_view_branch, erp_order_view_all, erp_order_view_delivered,
    erp_shipment_view, erp_production_view, erp_purchase_view, erp_stock_view, erp_stock_view_all;
call meta.give_view('sales.order_lines_brief', 'erp_reads_brief');

-- Where to, whom to call and what to mind is told to those who ship.
grant select (id, number, customer_name, ordered_on, promised_on, state, warehouse_id, ship_to, contact, phone, note, version)
    on sales.orders to erp_reads_to_ship;
create policy select_to_ship on sales.orders for select to erp_reads_to_ship
    using (warehouse_id = any ((select auth.warehouse_ids())::bigint[])
        and state in ('confirmed', 'in_production', 'ready', 'shipped', 'in_transit'));
create view sales.orders_to_ship as
select o.id, o.number, o.customer_name, o.ordered_on, o.promised_on, o.state, o.warehouse_id, o.ship_to, o.contact, o.phone, o.note,
    o.version
from sales.orders o;
comment on view sales.orders_to_ship is 'Confirmed orders of the person''s warehouses with their addresses, without prices.';
grant select on sales.orders_to_ship to erp_shipment_view;
call meta.give_view('sales.orders_to_ship', 'erp_reads_to_ship');

create policy select_order_brief on workflow.events for select to erp_shipment_view, erp_production_view, erp_purchase_view
    using (document_type = 'order' and exists (select from sales.orders_brief o where o.id = document_id));
