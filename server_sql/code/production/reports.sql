-- What the shop floor reports: pieces pass the operations in order; the last one turns material into product.

create or replace function production.open_operation(in_id bigint, in_version int) returns production.operations
language plpgsql volatile
as $$
declare
    v_operation production.operations;
    v_version int;
begin
    perform auth.require_role('erp_production_report');
    -- The work order is locked first: its operations change together.
    select w.version into v_version from production.work_orders w
    where w.id = (select o.work_order_id from production.operations o
        where o.id = in_id and o.work_centre_id = any (auth.work_centre_ids()))
    for no key update;
    if not found then
        perform meta.refuse('UN001', format('operation %s is not there or not visible', in_id),
            jsonb_build_object('document_type', 'operation', 'id', in_id), 'operation_id');
    end if;
    select * into strict v_operation from production.operations o where o.id = in_id;
    if in_version is not null and in_version <> v_version then
        perform sales.refuse_changed('work_order', v_operation.work_order_id, in_version);
    end if;
    return v_operation;
end $$;
comment on function production.open_operation(bigint, int) is
    'The door to an operation for the shop floor: checks the right to report, that it runs at a work centre of the person, and the version of its work order if one is given; locks the work order. UA001, UN001, UC001.';

create or replace function production.report_work(in_request_id uuid, in_document jsonb, in_version int) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb := meta.begin_request(in_request_id, 'production.report_work', in_document);
    v_operation production.operations;
    v_order production.work_orders;
    v_report production.work_reports;
    v_state text;
begin
    if v_result is not null then
        return v_result;
    end if;
    v_operation := production.open_operation(meta.id_of(in_document, 'operation_id'), in_version);
    select * into strict v_order from production.work_orders w where w.id = v_operation.work_order_id;
    v_report := production.read_report(v_order, v_operation, in_document);
    v_state := workflow.take_step('work_order', v_order.id, v_order.state, 'report', v_report.scrap_reason,
        pg_catalog.jsonb_build_object('step_no', v_operation.step_no, 'name_zh', v_operation.name_zh, 'name_en', v_operation.name_en,
            'good_qty', v_report.good_qty, 'scrap_qty', v_report.scrap_qty, 'minutes', v_report.minutes));
    insert into production.work_reports (operation_id, good_qty, scrap_qty, minutes, scrap_reason, user_id)
    values (v_operation.id, v_report.good_qty, v_report.scrap_qty, v_report.minutes, v_report.scrap_reason, auth.user_id());
    update production.operations o set done_qty = o.done_qty + v_report.good_qty, scrap_qty = o.scrap_qty + v_report.scrap_qty
    where o.id = v_operation.id;
    perform production.derive_operations(v_order);
    v_order := production.count_pieces(v_order, v_operation, v_report, v_state);
    return meta.end_request(in_request_id, production.work_order_result(v_order)
        || pg_catalog.jsonb_build_object('operation_id', v_operation.id));
end $$;
comment on function production.report_work(uuid, jsonb, int) is
    'Reports pieces at the operation {"operation_id", "good_qty", "scrap_qty"?, "minutes"?, "scrap_reason"?}; in_version is the work order''s, null to take it as it is. Good pieces of the last operation consume their share of the material and come into stock, where those who wait get them; the last piece of all takes the rest of the material. Scrapped pieces that somebody waits for are planned anew. UA001, UN001, UC001, US001, UV001, UV301, UV504 nothing reported, UQ502 more pieces than have arrived, UL601.';
grant execute on function production.report_work(uuid, jsonb, int) to erp_production_report;

create or replace function production.read_report(in_order production.work_orders, in_operation production.operations, in_document jsonb)
returns production.work_reports
language plpgsql stable
as $$
declare
    v_report production.work_reports;
    v_left numeric := in_operation.arrived_qty - in_operation.done_qty - in_operation.scrap_qty;
begin
    v_report.good_qty := coalesce(meta.numeric_of(in_document, 'good_qty', 0, 1000000, false), 0);
    v_report.scrap_qty := coalesce(meta.numeric_of(in_document, 'scrap_qty', 0, 1000000, false), 0);
    v_report.minutes := coalesce(meta.numeric_of(in_document, 'minutes', 0, 100000, false), 0);
    v_report.scrap_reason := meta.text_of(in_document, 'scrap_reason', 200, v_report.scrap_qty > 0);
    perform stock.check_qty(in_order.product_id, v_report.good_qty, 'good_qty'),
        stock.check_qty(in_order.product_id, v_report.scrap_qty, 'scrap_qty');
    if v_report.good_qty + v_report.scrap_qty = 0 then
        perform meta.refuse('UV504', 'a report without pieces', '{}', 'good_qty');
    end if;
    if v_report.good_qty + v_report.scrap_qty > v_left then
        perform meta.refuse('UQ502', format('operation %s of work order %s has %s pieces to work on', in_operation.step_no, in_order.number, v_left),
            jsonb_build_object('number', in_order.number, 'step_no', in_operation.step_no, 'name_zh', in_operation.name_zh,
                'name_en', in_operation.name_en, 'left', v_left, 'qty', v_report.good_qty + v_report.scrap_qty), 'good_qty');
    end if;
    return v_report;
end $$;
comment on function production.read_report(production.work_orders, production.operations, jsonb) is
    'The report in a document, checked: pieces that the earlier operation has passed on, whole units, a reason for scrap. UV001, UV003, UV004, UV301, UV504, UQ502.';

create or replace function production.derive_operations(in_order production.work_orders) returns void
language sql volatile
as $$
    -- An operation is done when it has worked on all pieces that will ever arrive: those before it are done, too.
    update production.operations o
    set arrived_qty = x.arrived, state = x.state
    from (
        select p.id, p.arrived, case when bool_and(p.worked = p.arrived) over (order by p.step_no) then 'done'
            when p.worked > 0 then 'in_progress' else 'waiting' end as state
        from (
            select a.id, a.step_no, a.done_qty + a.scrap_qty as worked,
                coalesce(lag(a.done_qty) over (order by a.step_no), in_order.qty) as arrived
            from production.operations a where a.work_order_id = in_order.id
        ) p
    ) x
    where o.id = x.id and (o.arrived_qty, o.state) <> (x.arrived, x.state)
$$;
comment on function production.derive_operations(production.work_orders) is 'Passes on what the operations of a work order have done to the next ones and brings their states up to date.';

create or replace function production.count_pieces(in_order production.work_orders, in_operation production.operations,
    in_report production.work_reports, in_state text) returns production.work_orders
language plpgsql volatile
as $$
declare
    v_order production.work_orders;
    v_made numeric := case when exists (select from production.operations o where o.work_order_id = in_order.id
        and o.step_no > in_operation.step_no) then 0 else in_report.good_qty end;
    v_touched bigint[];
begin
    update production.work_orders w set state = in_state, version = w.version + 1, done_qty = w.done_qty + v_made,
        scrap_qty = w.scrap_qty + in_report.scrap_qty
    where w.id = in_order.id returning * into v_order;
    if v_made + in_report.scrap_qty > 0 then
        perform production.lock_stock_of(v_order);
        update stock.balances b set in_production = b.in_production - v_made - in_report.scrap_qty
        where b.product_id = v_order.product_id and b.warehouse_id = v_order.warehouse_id;
        if v_order.done_qty + v_order.scrap_qty = v_order.qty then
            update production.work_orders w set state = workflow.take_step('work_order', w.id, w.state, 'finish'),
                finished_at = clock_timestamp()
            where w.id = v_order.id returning * into v_order;
        end if;
        v_touched := production.turn_into_product(v_order, v_made);
    end if;
    perform stock.derive_orders(v_touched || (select l.order_id from sales.order_lines l where l.id = v_order.order_line_id));
    return v_order;
end $$;
comment on function production.count_pieces(production.work_orders, production.operations, production.work_reports, text) is
    'Counts reported pieces into their work order: finishes it when no piece is left, and moves material and product. Returns the work order as it is then.';

create or replace function production.lock_stock_of(in_order production.work_orders) returns void
language plpgsql volatile
as $$
declare
    v_parts bigint[] := production.parts_of(array[in_order.product_id])
        || array(select m.product_id from production.work_order_materials m where m.work_order_id = in_order.id);
begin
    perform stock.lock_balances(in_order.product_id || v_parts,
        in_order.warehouse_id || array_fill(in_order.material_warehouse_id, array[cardinality(v_parts)]));
end $$;
comment on function production.lock_stock_of(production.work_orders) is
    'Locks the balances that finishing a work order may touch: product, material, and what another one for scrapped pieces would need.';

create or replace function production.turn_into_product(in_order production.work_orders, in_made numeric) returns bigint[]
language plpgsql volatile
as $$
declare
    v_used jsonb := '{}';
    v_received jsonb := '{}';
    v_touched bigint[] := '{}';
begin
    if in_made > 0 or in_order.state = 'done' then
        v_used := production.consume_materials(in_order);
    end if;
    if in_made > 0 then
        v_received := stock.post_moves('production', 'work_order', in_order.id, in_order.warehouse_id, array[in_order.product_id], array[in_made]);
        v_touched := stock.share_out(array[in_order.product_id], array[in_order.warehouse_id]);
    end if;
    if in_order.state = 'done' and in_order.scrap_qty > 0 then
        perform production.replace_scrap(in_order);
    end if;
    perform finance.post_entry('consumption', 'work_order', in_order.id, current_date, stock.reverse_amounts(v_used), null, null, in_order.number),
        finance.post_entry('production', 'work_order', in_order.id, current_date, v_received, null, null, in_order.number);
    return v_touched;
end $$;
comment on function production.turn_into_product(production.work_orders, numeric) is
    'Consumes material for pieces that left the last operation, receives them, shares them out and posts both; plans scrapped pieces anew. Returns the sales orders that got something.';

create or replace function production.consume_materials(in_order production.work_orders) returns jsonb
language plpgsql volatile
as $$
declare
    v_product_ids bigint[];
    v_qtys numeric[];
begin
    with due as (
        select m.id, m.product_id, case when in_order.state = 'done' then m.required_qty else least(m.required_qty,
            round(m.required_qty * (in_order.done_qty + in_order.scrap_qty) / in_order.qty, u.decimals)) end - m.issued_qty as qty
        from production.work_order_materials m
        join catalog.products p on p.id = m.product_id and p.supply <> 'none'
        join org.units u on u.id = p.unit_id
        where m.work_order_id = in_order.id
    ), issued as (
        update production.work_order_materials m set issued_qty = m.issued_qty + d.qty, reserved_qty = m.reserved_qty - d.qty
        from due d where m.id = d.id and d.qty > 0
    ), used_up as (
        delete from stock.reservations r using due d where r.work_order_material_id = d.id and r.qty = d.qty
    ), reduced as (
        update stock.reservations r set qty = r.qty - d.qty from due d
        where r.work_order_material_id = d.id and d.qty > 0 and r.qty > d.qty
    ), balances as (
        update stock.balances b set reserved = b.reserved - d.qty
        from (select x.product_id, sum(x.qty) as qty from due x where x.qty > 0 group by 1) d
        where b.product_id = d.product_id and b.warehouse_id = in_order.material_warehouse_id
    )
    select array_agg(d.product_id order by d.product_id), array_agg(-d.qty order by d.product_id) into v_product_ids, v_qtys
    from due d where d.qty > 0;
    return stock.post_moves('consumption', 'work_order', in_order.id, in_order.material_warehouse_id, v_product_ids, v_qtys);
end $$;
comment on function production.consume_materials(production.work_orders) is
    'Takes out the material that the pieces worked on so far should have used, in proportion; a finished work order takes the rest. Returns the value, negative.';

create or replace function production.uncovered_qty(in_order production.work_orders) returns numeric
language plpgsql stable
as $$
declare
    v_waiting numeric;
    v_coming numeric;
begin
    if in_order.parent_id is not null then
        select sum(m.required_qty - m.reserved_qty - m.issued_qty) into v_waiting
        from production.work_order_materials m join production.work_orders w on w.id = m.work_order_id
        where w.id = in_order.parent_id and w.state <> 'cancelled' and m.product_id = in_order.product_id;
    else
        select l.qty - l.reserved_qty - l.shipped_qty into v_waiting
        from sales.order_lines l where l.id = in_order.order_line_id and l.state <> 'cancelled';
    end if;
    select coalesce(sum(w.qty - w.done_qty - w.scrap_qty), 0) into v_coming
    from production.work_orders w
    where w.order_line_id = in_order.order_line_id and w.parent_id is not distinct from in_order.parent_id
        and w.product_id = in_order.product_id and w.state in ('planned', 'released', 'in_progress');
    return greatest(coalesce(v_waiting, 0) - v_coming, 0);
end $$;
comment on function production.uncovered_qty(production.work_orders) is
    'How much of its product the order line or work order that a work order is for still waits for and nobody makes.';

create or replace function production.plan_anew(in_order production.work_orders, in_qty numeric) returns bigint
language plpgsql volatile
as $$
declare
    v_id bigint;
begin
    insert into production.work_orders (number, product_id, qty, warehouse_id, material_warehouse_id, order_line_id, parent_id, starts_on,
        due_on, note, created_by)
    values (meta.next_number('WO', current_date), in_order.product_id, in_qty, in_order.warehouse_id,
        in_order.material_warehouse_id, in_order.order_line_id, in_order.parent_id, in_order.starts_on, in_order.due_on, in_order.number, auth.user_id())
    returning id into v_id;
    perform production.equip(array[v_id]);
    return v_id;
end $$;
comment on function production.plan_anew(production.work_orders, numeric) is
    'Plans another work order in the place of one (its number stands in the note), with material and parts; returns it. The balances are locked already.';

create or replace function production.replace_scrap(in_order production.work_orders) returns void
language plpgsql volatile
as $$
declare
    v_qty numeric := least(in_order.scrap_qty, production.uncovered_qty(in_order));
begin
    if v_qty > 0 then
        perform production.plan_anew(in_order, v_qty);
    end if;
end $$;
comment on function production.replace_scrap(production.work_orders) is
    'Plans the scrapped pieces of a finished work order anew as far as somebody still waits for them.';
