-- What the screens of stock list.
create view stock.balance_list with (security_invoker = true) as
select b.id, b.product_id, b.warehouse_id, p.code, p.name_zh, coalesce(nullif(p.name_en, ''), p.name_zh) as name_en, p.specification,
    p.kind, p.supply, c.name_zh as category_zh, c.name_en as category_en,
    w.code as warehouse_code, w.name_zh as warehouse_zh, w.name_en as warehouse_en,
    u.name_zh as unit_zh, u.name_en as unit_en, u.decimals,
    b.on_hand, b.reserved, f.available, b.incoming, b.in_production, f.projected, b.reorder_point,
    f.projected < b.reorder_point as is_low,
    case when f.projected < b.reorder_point then case when f.available > 0 then 'low' else 'short' end end as alert
from stock.balances b
cross join lateral (
    select b.on_hand - b.reserved as available, b.on_hand - b.reserved + b.incoming + b.in_production as projected
) f
join catalog.products p on p.id = b.product_id
join catalog.categories c on c.id = p.category_id
join org.warehouses w on w.id = b.warehouse_id
join org.units u on u.id = p.unit_id;
comment on view stock.balance_list is
    'Stock by product and warehouse. available = on_hand - reserved, projected = available + incoming + in_production, is_low when that is below the reorder point; alert says low, or short when nothing is available.';
grant select on stock.balance_list to erp_stock_view, erp_stock_view_all;

create view stock.move_list with (security_invoker = true) as
select m.id, m.moved_at, m.product_id, m.warehouse_id, p.code, p.name_zh, coalesce(nullif(p.name_en, ''), p.name_zh) as name_en,
    w.code as warehouse_code, w.name_zh as warehouse_zh, w.name_en as warehouse_en, m.kind, m.qty,
    u.name_zh as unit_zh, u.name_en as unit_en, u.decimals, m.document_type, m.document_id,
    coalesce(s.number, r.number, k.number, a.number) as document_number, n.display_name as person_zh,
    coalesce(nullif(n.display_name_en, ''), n.display_name) as person_en
from stock.moves m
left join catalog.products p on p.id = m.product_id
left join org.warehouses w on w.id = m.warehouse_id
left join org.units u on u.id = p.unit_id
left join stock.shipments s on m.document_type = 'shipment' and s.id = m.document_id
left join purchasing.receipts r on m.document_type = 'receipt' and r.id = m.document_id
left join production.work_orders_brief k on m.document_type = 'work_order' and k.id = m.document_id
left join stock.adjustments a on m.document_type = 'adjustment' and a.id = m.document_id
left join auth.people n on n.id = m.user_id;
comment on view stock.move_list is
    'Stock moves with their documents, without cost; the number of a document that the reader does not see is null. Every join is a left join on a key, so that what only counts or sorts moves skips it.';
grant select on stock.move_list to erp_stock_view, erp_stock_view_all;
grant select (id, number) on stock.shipments to erp_stock_view, erp_stock_view_all;

create view stock.move_cost_list with (security_invoker = true) as
select m.id, m.moved_at, m.product_id, m.warehouse_id, m.kind, m.qty, m.unit_cost, round(m.qty * m.unit_cost, 2) as amount,
    m.document_type, m.document_id
from stock.moves m;
comment on view stock.move_cost_list is 'Stock moves with their value at the standard cost of the moment.';
grant select on stock.move_cost_list to erp_cost_view;

create view stock.shipment_list with (security_invoker = true) as
select s.id, s.number, s.state, s.order_id, s.order_number, s.customer_name, s.warehouse_id, w.code as warehouse_code,
    w.name_zh as warehouse_zh, w.name_en as warehouse_en, b.code as branch_code, b.name_zh as branch_zh, b.name_en as branch_en,
    s.ship_to, s.contact, s.phone, s.carrier, s.vehicle, s.created_at, s.shipped_at, s.delivered_at, s.received_by, s.version
from stock.shipments s
left join org.warehouses w on w.id = s.warehouse_id
left join org.branches b on b.id = s.branch_id;
comment on view stock.shipment_list is 'Shipments with their order, customer and warehouse.';
grant select on stock.shipment_list
    to erp_shipment_view, erp_order_view_own, erp_order_view_branch, erp_order_view_all, erp_order_view_delivered;

create view stock.to_ship_list with (security_invoker = true) as
select o.id, o.number, o.customer_name, o.ordered_on, o.promised_on, o.state, o.warehouse_id, w.code as warehouse_code,
    w.name_zh as warehouse_zh, w.name_en as warehouse_en, o.ship_to, o.contact, o.phone, o.note, o.version,
    l.ready_lines, l.waiting_lines
from sales.orders_to_ship o
left join org.warehouses w on w.id = o.warehouse_id
cross join lateral (
    select count(*) filter (where x.ready_qty > 0) as lines, count(*) filter (where x.ready_qty > 0 and not x.is_service) as goods,
        count(*) filter (where x.open_qty > 0 and not x.is_service) as open_goods,
        count(*) filter (where x.waiting_qty > 0) as waiting_lines
    from (
        select p.supply = 'none' as is_service, y.reserved_qty - coalesce(c.qty, 0) as ready_qty,
            y.qty - y.shipped_qty as open_qty, y.qty - y.reserved_qty - y.shipped_qty as waiting_qty
        from sales.order_lines_brief y
        join catalog.products p on p.id = y.product_id
        left join lateral (
            select sum(sl.qty) as qty from stock.shipment_lines sl join stock.shipments s on s.id = sl.shipment_id
            where sl.order_line_id = y.id and s.state = 'picking'
        ) c on true
        where y.order_id = o.id and y.state <> 'cancelled'
    ) x
) n
-- As stock.ready_lines has it: a service goes out with goods, or when no goods are left to go.
cross join lateral (
    select case when n.goods > 0 or n.open_goods = 0 then n.lines else 0 end as ready_lines, n.waiting_lines
) l
-- An order with a line that has not left is in one of these states.
where o.state in ('confirmed', 'in_production', 'ready') and l.ready_lines > 0;
comment on view stock.to_ship_list is 'Orders of which something is ready and in no open shipment: what the warehouse can pick next. Its id is the order''s.';
grant select on stock.to_ship_list to erp_shipment_view;

create view stock.balance_parts with (security_invoker = true) as
select r.product_id, r.warehouse_id, 'reserved' as kind, 'order' as document_type, o.id as document_id, o.number, r.qty,
    o.promised_on as on_date
from stock.reservations r
join sales.order_lines_brief l on l.id = r.order_line_id
join sales.orders_brief o on o.id = l.order_id
union all
select r.product_id, r.warehouse_id, 'reserved', 'work_order', w.id, w.number, r.qty, w.due_on
from stock.reservations r
join production.work_order_materials_brief m on m.id = r.work_order_material_id
join production.work_orders_brief w on w.id = m.work_order_id
union all
select l.product_id, o.warehouse_id, 'incoming', 'purchase_order', o.id, o.number, l.qty - l.received_qty, o.expected_on
from purchasing.order_lines l
join purchasing.orders_brief o on o.id = l.order_id
where o.state in ('sent', 'partly_received') and l.qty > l.received_qty
union all
select w.product_id, w.warehouse_id, 'in_production', 'work_order', w.id, w.number, w.qty - w.done_qty - w.scrap_qty, w.due_on
from production.work_orders_brief w
where w.state in ('planned', 'released', 'in_progress') and w.qty > w.done_qty + w.scrap_qty;
comment on view stock.balance_parts is 'The documents that reserved, incoming and in_production of a balance are made of, as far as the reader sees them.';
grant select on stock.balance_parts to erp_stock_view, erp_stock_view_all;

create or replace function stock.explain_balance(in_product_id bigint, in_warehouse_id bigint)
returns table (kind text, document_type text, document_id bigint, number text, qty numeric, on_date date)
language sql stable
as $$
    with parts as (
        select p.kind, p.document_type, p.document_id, p.number, p.qty, p.on_date
        from stock.balance_parts p where p.product_id = in_product_id and p.warehouse_id = in_warehouse_id
    ), others as (
        select t.kind, t.qty - coalesce((select sum(p.qty) from parts p where p.kind = t.kind), 0) as qty
        from stock.balances b
        cross join lateral (values ('reserved', b.reserved), ('incoming', b.incoming), ('in_production', b.in_production)) t (kind, qty)
        where b.product_id = in_product_id and b.warehouse_id = in_warehouse_id
    )
    select x.kind, x.document_type, x.document_id, x.number, x.qty, x.on_date
    from (
        select * from parts
        union all
        select o.kind, null, null, null, o.qty, null from others o where o.qty <> 0
    ) x
    order by x.kind, x.on_date nulls last, x.number
$$;
comment on function stock.explain_balance(bigint, bigint) is
    'Which documents make up reserved, incoming and in_production of a product in a warehouse. A row without a document sums up those that the reader does not see.';
grant execute on function stock.explain_balance(bigint, bigint) to erp_stock_view, erp_stock_view_all;
