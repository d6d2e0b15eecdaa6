-- What the screens of production list.
create view production.work_order_list with (security_invoker = true) as
select w.id, w.number, w.state, w.product_id, p.code, p.name_zh, p.name_en, p.specification, u.name_zh as unit_zh, u.name_en as unit_en,
    u.decimals, w.qty, w.done_qty, w.scrap_qty, w.starts_on, w.due_on, t.code as warehouse_code, t.name_zh as warehouse_zh,
    t.name_en as warehouse_en, o.id as order_id, o.number as order_number, o.customer_name, o.promised_on, w.parent_id,
    parent.number as parent_number, w.note, w.created_at, w.released_at, w.finished_at, w.version,
    -- Not joined: a list that does not show it does not count it.
    (select count(*) from production.work_order_materials x
        where x.work_order_id = w.id and w.state = 'planned' and x.required_qty > x.reserved_qty + x.issued_qty) as missing,
    n.display_name as planner_zh, coalesce(nullif(n.display_name_en, ''), n.display_name) as planner_en
from production.work_orders w
join catalog.products p on p.id = w.product_id
join org.units u on u.id = p.unit_id
join org.warehouses t on t.id = w.warehouse_id
left join sales.order_lines_brief l on l.id = w.order_line_id
left join sales.orders_brief o on o.id = l.order_id
left join production.work_orders parent on parent.id = w.parent_id
left join auth.people n on n.id = w.created_by;
comment on view production.work_order_list is
    'Work orders with their product, the customer order that waits and how many materials a planned one still lacks.';
grant select on production.work_order_list to erp_production_view;

create view production.operation_list with (security_invoker = true) as
select o.id, o.work_order_id, w.number as work_order_number, w.state as work_order_state, o.state, o.step_no, o.name_zh, o.name_en,
    o.work_centre_id, c.code as work_centre_code, c.name_zh as work_centre_zh, c.name_en as work_centre_en,
    p.code, p.name_zh as product_zh, p.name_en as product_en, u.name_zh as unit_zh, u.name_en as unit_en, u.decimals,
    w.qty, o.arrived_qty, o.done_qty, o.scrap_qty, o.arrived_qty - o.done_qty - o.scrap_qty as open_qty, o.planned_minutes,
    w.starts_on, w.due_on, p.specification, w.version
from production.operations o
join production.work_orders w on w.id = o.work_order_id
join org.work_centres c on c.id = o.work_centre_id
join catalog.products p on p.id = w.product_id
join org.units u on u.id = p.unit_id;
comment on view production.operation_list is
    'Operations with their work order; open_qty are the pieces that have arrived and wait to be worked on.';
grant select on production.operation_list to erp_production_view, erp_production_report;

create view production.material_list with (security_invoker = true) as
select m.id, m.work_order_id, m.line_no, m.product_id, p.code, p.name_zh, p.name_en, p.supply,
    u.name_zh as unit_zh, u.name_en as unit_en, u.decimals, m.qty_per_unit, m.required_qty, m.reserved_qty, m.issued_qty,
    m.required_qty - m.reserved_qty - m.issued_qty as missing_qty
from production.work_order_materials m
join catalog.products p on p.id = m.product_id
join org.units u on u.id = p.unit_id;
comment on view production.material_list is 'Materials of work orders: what is required, reserved, used and missing.';
grant select on production.material_list to erp_production_view, erp_production_report;

create view production.material_stock_list with (security_invoker = true) as
select m.*, p.specification, t.code as warehouse_code, t.name_zh as warehouse_zh, t.name_en as warehouse_en,
    coalesce(b.on_hand - b.reserved, 0) as available_qty, coalesce(b.incoming, 0) as incoming_qty,
    coalesce(b.in_production, 0) as in_production_qty
from production.material_list m
join catalog.products p on p.id = m.product_id
join production.work_orders w on w.id = m.work_order_id
join org.warehouses t on t.id = w.material_warehouse_id
left join stock.balances b on b.product_id = m.product_id and b.warehouse_id = w.material_warehouse_id;
comment on view production.material_stock_list is
    'Materials of work orders with what is free of them in their warehouse, and what is on the way.';
grant select on production.material_stock_list to erp_production_view;
