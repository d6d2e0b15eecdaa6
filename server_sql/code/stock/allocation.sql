-- Who gets what is there: oldest promise first, customers before work orders; never more than is free.

create or replace function stock.share_out(in_product_ids bigint[], in_warehouse_ids bigint[]) returns bigint[]
-- Planning the statement takes longer than running it, so it is planned once.
language plpgsql volatile set plan_cache_mode = force_generic_plan
as $$
declare
    v_order_ids bigint[];
begin
    with free as (
        select b.product_id, b.warehouse_id, b.on_hand - b.reserved as qty
        from (
            select distinct x.product_id, coalesce(x.warehouse_id, in_warehouse_ids[1]) as warehouse_id
            from unnest(in_product_ids, in_warehouse_ids) x (product_id, warehouse_id)
        ) w
        join stock.balances b using (product_id, warehouse_id)
        where b.on_hand > b.reserved
    ), claims as (
        select f.product_id, f.warehouse_id, f.qty as free_qty, l.id as order_line_id, null::bigint as material_id, l.order_id,
            l.qty - l.reserved_qty - l.shipped_qty as qty, 1 as rank, o.promised_on as due_on, l.order_id as document_id, l.line_no
        from free f
        join sales.order_lines l on l.product_id = f.product_id and l.state in ('waiting', 'in_production')
        join sales.orders o on o.id = l.order_id and o.warehouse_id = f.warehouse_id
        where l.qty > l.reserved_qty + l.shipped_qty
        union all
        select f.product_id, f.warehouse_id, f.qty, null, m.id, null,
            m.required_qty - m.reserved_qty - m.issued_qty, 2, w.due_on, w.id, m.line_no
        from free f
        -- PostgreSQL takes a third of all materials for short and would read all open work orders; the offsets lead it to the index.
        cross join lateral (
            select x.* from production.work_order_materials x
            where x.product_id = f.product_id and x.required_qty > x.reserved_qty + x.issued_qty offset 0
        ) m
        cross join lateral (select x.* from production.work_orders x where x.id = m.work_order_id offset 0) w
        where w.material_warehouse_id = f.warehouse_id and w.state in ('planned', 'released', 'in_progress')
    ), shares as (
        select c.*, least(c.qty, c.free_qty + c.qty - sum(c.qty) over (
            partition by c.product_id, c.warehouse_id order by c.rank, c.due_on, c.document_id, c.line_no)) as share
        from claims c
    ), given as materialized (
        select * from shares s where s.share > 0
    ), reserved as (
        insert into stock.reservations as r (product_id, warehouse_id, order_line_id, work_order_material_id, qty)
        select g.product_id, g.warehouse_id, g.order_line_id, g.material_id, g.share from given g where g.order_line_id is not null
        on conflict (order_line_id, warehouse_id) do update set qty = r.qty + excluded.qty
    ), reserved_for_work as (
        insert into stock.reservations as r (product_id, warehouse_id, order_line_id, work_order_material_id, qty)
        select g.product_id, g.warehouse_id, g.order_line_id, g.material_id, g.share from given g where g.material_id is not null
        on conflict (work_order_material_id, warehouse_id) do update set qty = r.qty + excluded.qty
    ), lines as (
        update sales.order_lines l set reserved_qty = l.reserved_qty + g.share from given g where l.id = g.order_line_id
    ), materials as (
        update production.work_order_materials m set reserved_qty = m.reserved_qty + g.share from given g where m.id = g.material_id
    ), balances as (
        update stock.balances b set reserved = b.reserved + s.share
        from (select g.product_id, g.warehouse_id, sum(g.share) as share from given g group by 1, 2) s
        where b.product_id = s.product_id and b.warehouse_id = s.warehouse_id
    )
    select coalesce(array_agg(distinct g.order_id order by g.order_id) filter (where g.order_id is not null), '{}')
    into v_order_ids
    from given g;
    return v_order_ids;
end $$;
comment on function stock.share_out(bigint[], bigint[]) is
    'Reserves what is free of products in warehouses (pairs; a single warehouse stands for all; balances locked already) for the order lines that wait for it, oldest promise first, then for the materials of work orders, earliest due first. Returns the orders that got something; the caller derives them.';

create or replace function stock.derive_orders(in_order_ids bigint[]) returns void
language plpgsql volatile
as $$
declare
    v_order_id bigint;
begin
    for v_order_id in select distinct x.id from unnest(in_order_ids) x (id) where x.id is not null order by 1 loop
        perform sales.derive_order(v_order_id);
    end loop;
end $$;
comment on function stock.derive_orders(bigint[]) is
    'Brings the states of sales orders up to date, in the order of their ids, so that commands which touch the same orders do not wait in a circle.';

create or replace function stock.allocate_all(in_product_ids bigint[], in_warehouse_ids bigint[]) returns void
language plpgsql volatile
as $$
begin
    perform stock.lock_balances(in_product_ids, in_warehouse_ids);
    perform stock.derive_orders(stock.share_out(in_product_ids, in_warehouse_ids));
end $$;
comment on function stock.allocate_all(bigint[], bigint[]) is
    'Gives what is free of products in warehouses to those who wait for it and derives the orders that got something. See stock.share_out.';

create or replace function stock.allocate(in_product_id bigint, in_warehouse_id bigint) returns void
language sql volatile
as $$
    select stock.allocate_all(array[in_product_id], array[in_warehouse_id])
$$;
comment on function stock.allocate(bigint, bigint) is 'Gives what is free of one product in one warehouse to those who wait for it. See stock.allocate_all.';

create or replace function stock.cover_order(in_order_id bigint) returns void
language plpgsql volatile
as $$
declare
    v_warehouse org.warehouses;
    v_product_ids bigint[];
    v_parts bigint[] := '{}';
    v_touched bigint[];
begin
    select w.* into strict v_warehouse from sales.orders o join org.warehouses w on w.id = o.warehouse_id where o.id = in_order_id;
    -- From here on the lines claim stock; a service needs none.
    update sales.order_lines l set state = 'waiting', reserved_qty = case p.supply when 'none' then l.qty else 0 end
    from catalog.products p
    where l.order_id = in_order_id and l.state = 'open' and p.id = l.product_id;
    v_product_ids := array(select distinct l.product_id from sales.order_lines l join catalog.products p on p.id = l.product_id
        where l.order_id = in_order_id and p.supply <> 'none');
    if v_warehouse.kind = 'raw' then
        v_parts := production.parts_of(v_product_ids);
    end if;
    perform stock.lock_balances(v_product_ids || v_parts, array[v_warehouse.id]);
    v_touched := stock.share_out(v_product_ids, array[v_warehouse.id]);
    perform production.make_for_order(in_order_id);
    perform purchasing.request_for_order(in_order_id);
    perform stock.derive_orders(array_remove(v_touched, in_order_id));
end $$;
comment on function stock.cover_order(bigint) is
    'Covers a sales order that is being confirmed: reserves what is there, plans a work order or requests a purchase for the rest, pegged to its line. The caller derives the order.';

create or replace function stock.lock_order(in_order_id bigint) returns void
language plpgsql volatile
as $$
declare
    v_work_order_ids bigint[];
    v_product_ids bigint[];
    v_warehouse_ids bigint[];
begin
    v_work_order_ids := production.lock_plans_of_order(in_order_id);
    perform from purchasing.requests r
    where r.state = 'open' and (r.work_order_id = any (v_work_order_ids)
        or r.order_line_id in (select l.id from sales.order_lines l where l.order_id = in_order_id))
    order by r.id for no key update;
    select array_agg(x.product_id), array_agg(x.warehouse_id) into v_product_ids, v_warehouse_ids
    from (
        select l.product_id, o.warehouse_id from sales.orders o join sales.order_lines l on l.order_id = o.id where o.id = in_order_id
        union
        select w.product_id, w.warehouse_id from production.work_orders w where w.id = any (v_work_order_ids)
        union
        select m.product_id, w.material_warehouse_id from production.work_orders w
        join production.work_order_materials m on m.work_order_id = w.id where w.id = any (v_work_order_ids)
    ) x;
    perform stock.lock_balances(v_product_ids, v_warehouse_ids);
end $$;
comment on function stock.lock_order(bigint) is
    'Locks what covers a sales order: planned work orders, open requests, balances. A command that will call stock.release_order calls this before it locks the order itself, as deliveries do that bring orders up to date.';

create or replace function stock.release_order(in_order_id bigint) returns void
language plpgsql volatile
as $$
declare
    v_warehouse_id bigint;
    v_product_ids bigint[];
    v_shipment text;
begin
    select s.number into v_shipment from stock.shipments s where s.order_id = in_order_id and s.state <> 'cancelled' order by s.id limit 1;
    if found then
        perform meta.refuse('US301', format('shipment %s has goods of the order', v_shipment), jsonb_build_object('shipment', v_shipment));
    end if;
    perform stock.lock_order(in_order_id);
    select o.warehouse_id into strict v_warehouse_id from sales.orders o where o.id = in_order_id;
    with freed as (
        delete from stock.reservations r using sales.order_lines l
        where l.order_id = in_order_id and r.order_line_id = l.id
        returning r.product_id, r.warehouse_id, r.qty
    ), balances as (
        update stock.balances b set reserved = b.reserved - f.qty
        from (select x.product_id, x.warehouse_id, sum(x.qty) as qty from freed x group by 1, 2) f
        where b.product_id = f.product_id and b.warehouse_id = f.warehouse_id
    )
    select array_agg(distinct f.product_id) into v_product_ids from freed f;
    update sales.order_lines l set reserved_qty = 0, state = 'cancelled' where l.order_id = in_order_id and l.state <> 'cancelled';
    perform purchasing.withdraw_requests_of_order(in_order_id);
    perform production.withdraw_order(in_order_id);
    perform stock.allocate_all(v_product_ids, array[v_warehouse_id]);
end $$;
comment on function stock.release_order(bigint) is
    'Sets free what a sales order that is being cancelled holds: cancels its lines, reservations, planned work orders and open requests, and gives what became free to those who wait. Refuses US301 when goods of it are being picked or have left.';
