-- Work orders: by Friday each week has made what was shipped in the next one, by Tuesday what it needed for that itself;
-- those that customers wait for are open.
create temp table demand (product_id bigint, warehouse_id bigint, week date, qty numeric) on commit drop;
insert into demand
select l.product_id, s.warehouse_id, date_trunc('week', s.shipped_at)::date - 7, sum(l.qty)
from stock.shipment_lines l join stock.shipments s on s.id = l.shipment_id
where s.state <> 'picking'
group by 1, 2, 3;
insert into demand
select l.product_id, d.warehouse_id, %(last_week)s::date, sum(l.reserved)
from drawn_lines l join drawn_orders d on d.id = l.order_id
where l.reserved > 0
group by 1, 2;
-- What lies free at the end, of all but those products for which somebody waits.
insert into demand
select p.id, w.id, %(last_week)s::date, 200 + (p.id * 7 + w.id) %% 60 * 10
from catalog.products p join org.warehouses w on (w.kind = 'raw') = (p.kind in ('raw', 'semi'))
where p.supply <> 'none' and p.id %% %(short_products)s <> 0;

create function pg_temp.add_materials(in_after bigint, in_short_products bigint) returns void language sql as $$
    insert into production.work_order_materials (work_order_id, line_no, product_id, qty_per_unit, required_qty, reserved_qty, issued_qty)
    select w.id, b.line_no, b.component_id, round(b.qty / (1 - b.scrap_rate), 6), r.qty,
        case when w.state = 'released' or (w.state = 'planned' and (w.id %% 2 = 0 or b.component_id %% in_short_products <> 0)) then r.qty else 0 end,
        case when w.state = 'done' then r.qty else 0 end
    from production.work_orders w
    join production.bom_lines b on b.product_id = w.product_id
    join catalog.products c on c.id = b.component_id
    join org.units u on u.id = c.unit_id
    cross join lateral (
        select ceil(w.qty * b.qty / (1 - b.scrap_rate) * power(10::numeric, u.decimals)) / power(10::numeric, u.decimals)
    ) r (qty)
    where w.id > in_after
    order by w.id, b.line_no
$$;

create function pg_temp.add_work_orders(in_kind text, in_days int, in_planner bigint, in_material_warehouse bigint) returns void language sql as $$
    insert into production.work_orders (id, number, product_id, qty, done_qty, state, warehouse_id, material_warehouse_id, starts_on, due_on,
        created_at, created_by, released_at, finished_at, version)
    overriding system value
    select n.id, pg_temp.number_of('WO', n.week, n.id), n.product_id, n.qty, n.qty, 'done', n.warehouse_id, in_material_warehouse, n.week,
        n.week + in_days, n.week - 3 + time '08:10', in_planner, n.week - 3 + time '08:40', n.week + in_days + time '15:00', 7
    from (
        select d.product_id, d.warehouse_id, d.week, sum(d.qty) as qty, row_number() over (order by d.week, d.warehouse_id, d.product_id)
            + (select coalesce(max(w.id), 0) from production.work_orders w) as id
        from demand d join catalog.products p on p.id = d.product_id
        where p.kind = in_kind and p.supply = 'make'
        group by d.product_id, d.warehouse_id, d.week
    ) n
    order by n.id
$$;

create function pg_temp.add_demand_of_materials(in_after bigint, in_last_week date) returns void language sql as $$
    insert into demand
    select m.product_id, w.material_warehouse_id, case w.state when 'done' then w.starts_on else in_last_week end, sum(m.issued_qty + m.reserved_qty)
    from production.work_order_materials m join production.work_orders w on w.id = m.work_order_id
    where w.id > in_after and m.issued_qty + m.reserved_qty > 0
    group by 1, 2, 3
$$;

select pg_temp.add_work_orders('finished', 4, %(planner)s, %(material_warehouse)s);
insert into production.work_orders (id, number, product_id, qty, state, warehouse_id, material_warehouse_id, order_line_id, starts_on, due_on,
    created_at, created_by, released_at, version)
overriding system value
select n.id, pg_temp.number_of('WO', o.confirmed_at::date, n.id), n.product_id, n.missing, case n.is_released when 1 then 'released' else 'planned' end,
    o.warehouse_id, %(material_warehouse)s, n.line_id, greatest(o.promised_on - 3, o.ordered_on), greatest(o.promised_on, o.ordered_on),
    o.confirmed_at, %(planner)s, case n.is_released when 1 then o.confirmed_at + interval '3 hours' end, 1 + n.is_released
from (
    select l.id as line_id, l.order_id, l.product_id, l.missing, d.is_released,
        row_number() over (order by l.id) + (select coalesce(max(w.id), 0) from production.work_orders w) as id
    from drawn_lines l
    join drawn_orders d on d.id = l.order_id
    join catalog.products p on p.id = l.product_id
    where l.missing > 0 and p.supply = 'make'
) n
join sales.orders o on o.id = n.order_id
order by n.id;
select pg_temp.add_materials(0, %(short_products)s);
select pg_temp.add_demand_of_materials(0, %(last_week)s);

create temp table finished_work on commit drop as select max(w.id) as last_id from production.work_orders w;
select pg_temp.add_work_orders('semi', 1, %(planner)s, %(material_warehouse)s);
select pg_temp.add_materials(last_id, %(short_products)s), pg_temp.add_demand_of_materials(last_id, %(last_week)s) from finished_work;

insert into production.operations (id, work_order_id, step_no, name_zh, name_en, work_centre_id, planned_minutes, arrived_qty, done_qty, state)
overriding system value
select row_number() over (order by w.id, r.step_no), w.id, r.step_no, r.name_zh, r.name_en, r.work_centre_id,
    least(r.setup_minutes + r.run_minutes * w.qty, 90000000),
    case when w.state = 'done' or r.step_no = min(r.step_no) over (partition by w.id) then w.qty else 0 end, w.done_qty,
    case w.state when 'done' then 'done' else 'waiting' end
from production.work_orders w
join production.routing_steps r on r.product_id = w.product_id;
insert into production.work_reports (reported_at, operation_id, good_qty, minutes, user_id)
select w.released_at + (w.finished_at - w.released_at) * (o.step_no - 1) / max(o.step_no) over (partition by w.id), o.id, o.done_qty, o.planned_minutes, %(shop_floor_worker)s
from production.operations o join production.work_orders w on w.id = o.work_order_id
where o.state = 'done'
order by 1;
