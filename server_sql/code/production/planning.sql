-- Work orders are planned from bill of material and routing, down to the bought parts, and withdrawn the same way.

create or replace function production.material_warehouse(in_warehouse_id bigint) returns bigint
language plpgsql stable
as $$
declare
    v_id bigint;
begin
    select w.id into v_id
    from org.warehouses w join org.warehouses t on t.id = in_warehouse_id
    where w.kind = 'raw' and w.is_active
    order by w.id = t.id desc, w.branch_id is not distinct from t.branch_id desc, w.id
    limit 1;
    if not found then
        perform meta.refuse('UV503', 'there is no raw-material warehouse');
    end if;
    return v_id;
end $$;
comment on function production.material_warehouse(bigint) is
    'Where the material for work orders into a warehouse is kept: itself if it is a raw warehouse, else the one of its branch, else the first. Refuses UV503 when there is none.';

create or replace function production.parts_of(in_product_ids bigint[]) returns bigint[]
language plpgsql stable
as $$
declare
    v_parts bigint[];
    v_circle bigint;
begin
    with recursive parts (component_id) as (
        select b.component_id from production.bom_lines b where b.product_id = any (in_product_ids)
        union all
        select b.component_id
        from parts p
        join catalog.products c on c.id = p.component_id and c.supply = 'make'
        join production.bom_lines b on b.product_id = p.component_id
    ) cycle component_id set is_circle using path
    select array_agg(distinct p.component_id), min(p.component_id) filter (where p.is_circle) into v_parts, v_circle from parts p;
    if v_circle is not null then
        perform meta.refuse('UV501', format('the bill of material of product %s contains the product itself', v_circle),
            jsonb_build_object('product', (select p.code from catalog.products p where p.id = v_circle)));
    end if;
    return coalesce(v_parts, '{}');
end $$;
comment on function production.parts_of(bigint[]) is
    'All that products are made of, through all levels of their bills of material. Refuses UV501 when a product contains itself.';

create or replace function production.days_to_make(in_product_id bigint, in_qty numeric) returns int
language sql stable
as $$
    select coalesce(ceil(sum((s.setup_minutes + s.run_minutes * in_qty) / c.minutes_per_day)), 0)::int
    from production.routing_steps s join org.work_centres c on c.id = s.work_centre_id
    where s.product_id = in_product_id
$$;
comment on function production.days_to_make(bigint, numeric) is 'Days that a quantity keeps the work centres of its routing busy, one after the other.';

create or replace function production.make_for_order(in_order_id bigint) returns void
language plpgsql volatile
as $$
declare
    v_ids bigint[];
begin
    with made as (
        insert into production.work_orders
            (number, product_id, qty, warehouse_id, material_warehouse_id, order_line_id, starts_on, due_on, created_by)
        select meta.next_number('WO', current_date), l.product_id, l.qty - l.reserved_qty - l.shipped_qty, o.warehouse_id,
            production.material_warehouse(o.warehouse_id), l.id,
            o.promised_on - production.days_to_make(l.product_id, l.qty - l.reserved_qty - l.shipped_qty), o.promised_on, auth.user_id()
        from sales.orders o
        join sales.order_lines l on l.order_id = o.id
        join catalog.products p on p.id = l.product_id and p.supply = 'make'
        where o.id = in_order_id and l.state <> 'cancelled' and l.qty > l.reserved_qty + l.shipped_qty
        order by l.line_no
        returning id
    )
    select array_agg(m.id) into v_ids from made m;
    perform production.equip(v_ids);
end $$;
comment on function production.make_for_order(bigint) is
    'Plans work orders for what the lines of a sales order lack and we make. The balances of the lines are locked already.';

create or replace function production.equip(in_ids bigint[]) returns void
language plpgsql volatile
as $$
declare
    v_ids bigint[] := in_ids;
    v_parts bigint[];
    v_warehouse_ids bigint[];
begin
    if v_ids is null then
        return;
    end if;
    -- All levels are locked at once, then planned level by level; parts_of has made sure that there is a last level.
    v_parts := production.parts_of(array(select w.product_id from production.work_orders w where w.id = any (v_ids)));
    v_warehouse_ids := array(select distinct w.material_warehouse_id from production.work_orders w where w.id = any (v_ids));
    perform stock.lock_balances(
        array(select p from unnest(v_parts) p, unnest(v_warehouse_ids)), array(select w from unnest(v_parts), unnest(v_warehouse_ids) w));
    while v_ids is not null loop
        perform production.add_materials(v_ids), production.add_operations(v_ids), production.announce_plans(v_ids);
        perform stock.derive_orders(stock.share_out(array_agg(m.product_id), array_agg(w.material_warehouse_id)))
        from production.work_orders w join production.work_order_materials m on m.work_order_id = w.id
        where w.id = any (v_ids);
        perform purchasing.request_materials(v_ids);
        v_ids := production.make_components(v_ids);
    end loop;
end $$;
comment on function production.equip(bigint[]) is
    'Gives new work orders their materials and operations, reserves what is there of the materials, requests what must be bought and plans work orders for the parts that are made, level by level.';

create or replace function production.add_materials(in_ids bigint[]) returns void
language sql volatile
as $$
    insert into production.work_order_materials (work_order_id, line_no, product_id, qty_per_unit, required_qty)
    select w.id, b.line_no, b.component_id, round(b.qty / (1 - b.scrap_rate), 6),
        -- Whole boards, whole screws: rounded up to what the unit can count.
        ceil(w.qty * b.qty / (1 - b.scrap_rate) * 10 ^ u.decimals) / 10 ^ u.decimals
    from production.work_orders w
    join production.bom_lines b on b.product_id = w.product_id
    join catalog.products p on p.id = b.component_id
    join org.units u on u.id = p.unit_id
    where w.id = any (in_ids)
    order by w.id, b.line_no
$$;
comment on function production.add_materials(bigint[]) is 'Freezes the bill of material of new work orders: quantities with scrap, rounded up to what the unit counts.';

create or replace function production.add_operations(in_ids bigint[]) returns void
language sql volatile
as $$
    insert into production.operations (work_order_id, step_no, name_zh, name_en, work_centre_id, planned_minutes, arrived_qty)
    select w.id, s.step_no, s.name_zh, s.name_en, s.work_centre_id, s.setup_minutes + s.run_minutes * w.qty,
        case when lag(s.id) over (partition by w.id order by s.step_no) is null then w.qty else 0 end
    from production.work_orders w
    join production.routing_steps s on s.product_id = w.product_id
    where w.id = any (in_ids) and not exists (select from production.operations o where o.work_order_id = w.id)
    order by w.id, s.step_no
$$;
comment on function production.add_operations(bigint[]) is 'Freezes the routing of work orders that have no operations yet; all pieces stand before the first.';

create or replace function production.announce_plans(in_ids bigint[]) returns void
language plpgsql volatile
as $$
begin
    update stock.balances b set in_production = b.in_production + n.qty
    from (select w.product_id, w.warehouse_id, sum(w.qty) as qty from production.work_orders w where w.id = any (in_ids) group by 1, 2) n
    where b.product_id = n.product_id and b.warehouse_id = n.warehouse_id;
    perform workflow.record_event('work_order', w.id, 'create', null, 'planned', '', jsonb_strip_nulls(jsonb_build_object(
        'order', o.number, 'work_order', p.number)))
    from production.work_orders w
    left join production.work_orders p on p.id = w.parent_id
    left join sales.order_lines l on l.id = w.order_line_id
    left join sales.orders o on o.id = l.order_id
    where w.id = any (in_ids);
end $$;
comment on function production.announce_plans(bigint[]) is 'Counts new work orders into the balances (locked already) and opens their timelines.';

create or replace function production.make_components(in_ids bigint[]) returns bigint[]
language plpgsql volatile
as $$
declare
    v_ids bigint[];
begin
    with made as (
        insert into production.work_orders
            (number, product_id, qty, warehouse_id, material_warehouse_id, order_line_id, parent_id, starts_on, due_on, created_by)
        select meta.next_number('WO', current_date), m.product_id, m.required_qty - m.reserved_qty - m.issued_qty, w.material_warehouse_id,
            w.material_warehouse_id, w.order_line_id, w.id,
            w.starts_on - production.days_to_make(m.product_id, m.required_qty - m.reserved_qty - m.issued_qty), w.starts_on, auth.user_id()
        from production.work_orders w
        join production.work_order_materials m on m.work_order_id = w.id
        join catalog.products p on p.id = m.product_id and p.supply = 'make'
        where w.id = any (in_ids) and m.required_qty > m.reserved_qty + m.issued_qty
        order by w.id, m.line_no
        returning id
    )
    select array_agg(m.id) into v_ids from made m;
    return v_ids;
end $$;
comment on function production.make_components(bigint[]) is
    'Plans work orders for the parts that work orders lack and we make; returns them, null if there are none.';

create or replace function production.lock_plans_of_order(in_order_id bigint) returns bigint[]
language sql volatile
as $$
    select array_agg(x.id) from (
        select w.id from production.work_orders w
        where w.state = 'planned' and w.order_line_id in (select l.id from sales.order_lines l where l.order_id = in_order_id)
        order by w.id for no key update
    ) x
$$;
comment on function production.lock_plans_of_order(bigint) is 'Locks and returns the work orders of a sales order that nobody has released yet.';

create or replace function production.withdraw_order(in_order_id bigint) returns void
language plpgsql volatile
as $$
declare
    v_ids bigint[] := production.lock_plans_of_order(in_order_id);
begin
    perform production.withdraw(v_ids);
    perform workflow.record_event('work_order', x.id, 'cancel', 'planned', 'cancelled', '', jsonb_build_object('order', o.number))
    from unnest(v_ids) x (id), sales.orders o where o.id = in_order_id;
end $$;
comment on function production.withdraw_order(bigint) is 'Cancels the planned work orders of a sales order; what is released goes on and comes into stock.';

create or replace function production.withdraw(in_ids bigint[]) returns void
language plpgsql volatile
as $$
declare
    v_product_ids bigint[];
    v_warehouse_ids bigint[];
begin
    select array_agg(x.product_id), array_agg(x.warehouse_id) into v_product_ids, v_warehouse_ids
    from (
        select w.product_id, w.warehouse_id from production.work_orders w where w.id = any (in_ids)
        union
        select m.product_id, w.material_warehouse_id from production.work_orders w
        join production.work_order_materials m on m.work_order_id = w.id where w.id = any (in_ids)
    ) x;
    perform stock.lock_balances(v_product_ids, v_warehouse_ids);
    update stock.balances b set in_production = b.in_production - n.qty
    from (select w.product_id, w.warehouse_id, sum(w.qty - w.done_qty - w.scrap_qty) as qty
        from production.work_orders w where w.id = any (in_ids) group by 1, 2) n
    where b.product_id = n.product_id and b.warehouse_id = n.warehouse_id;
    update production.work_orders w set state = 'cancelled', version = w.version + 1 where w.id = any (in_ids);
    update production.operations o set state = 'cancelled' where o.work_order_id = any (in_ids);
    perform production.free_materials(in_ids);
    perform purchasing.withdraw_requests_of_work(in_ids);
    perform stock.allocate_all(v_product_ids, v_warehouse_ids);
end $$;
comment on function production.withdraw(bigint[]) is
    'Cancels work orders that are not begun (locked and checked already): out of the balances, material free for others, open requests withdrawn.';

create or replace function production.free_materials(in_ids bigint[]) returns void
language sql volatile
as $$
    with freed as (
        delete from stock.reservations r using production.work_order_materials m
        where m.work_order_id = any (in_ids) and r.work_order_material_id = m.id
        returning r.work_order_material_id, r.product_id, r.warehouse_id, r.qty
    ), materials as (
        update production.work_order_materials m set reserved_qty = m.reserved_qty - f.qty
        from freed f where m.id = f.work_order_material_id
    )
    update stock.balances b set reserved = b.reserved - f.qty
    from (select x.product_id, x.warehouse_id, sum(x.qty) as qty from freed x group by 1, 2) f
    where b.product_id = f.product_id and b.warehouse_id = f.warehouse_id
$$;
comment on function production.free_materials(bigint[]) is 'Sets free what work orders have reserved (balances locked already).';
