-- Shipments: made from what is ready of an order, picked, shipped, under way, delivered.

create or replace function stock.open_shipment(in_id bigint, in_action text, in_version int) returns stock.shipments
language plpgsql volatile
as $$
declare
    v_shipment stock.shipments;
begin
    perform auth.require_role((select t.action_role from workflow.transitions t
        where t.document_type = 'shipment' and t.action = in_action limit 1));
    select * into v_shipment from stock.shipments s
    where s.id = in_id and s.warehouse_id = any (auth.warehouse_ids()) for no key update;
    if not found then
        perform meta.refuse('UN001', format('shipment %s is not there or not visible', in_id),
            jsonb_build_object('document_type', 'shipment', 'id', in_id));
    end if;
    if in_version is distinct from v_shipment.version then
        perform sales.refuse_changed('shipment', in_id, in_version);
    end if;
    return v_shipment;
end $$;
comment on function stock.open_shipment(bigint, text, int) is
    'The door to a shipment: checks the right to the action, that it leaves from a warehouse of the person and that it is the version she saw; locks it. The step that follows checks the state. UA001, UN001, UC001.';

create or replace function stock.shipment_result(in_shipment stock.shipments) returns jsonb
language sql stable
as $$
    select jsonb_build_object('id', in_shipment.id, 'number', in_shipment.number, 'state', in_shipment.state,
        'version', in_shipment.version, 'order_id', in_shipment.order_id,
        'order_state', (select o.state from sales.orders o where o.id = in_shipment.order_id))
$$;
comment on function stock.shipment_result(stock.shipments) is 'What a command on a shipment returns.';

create or replace function stock.open_order_to_ship(in_order_id bigint, in_version int) returns sales.orders
language plpgsql volatile
as $$
declare
    v_order sales.orders;
begin
    perform auth.require_role('erp_shipment_enter');
    select * into v_order from sales.orders o
    where o.id = in_order_id and o.warehouse_id = any (auth.warehouse_ids())
        and o.state in ('confirmed', 'in_production', 'ready', 'shipped', 'in_transit')
    for no key update;
    if not found then
        perform meta.refuse('UN001', format('order %s is not there, not visible or not confirmed', in_order_id),
            jsonb_build_object('document_type', 'order', 'id', in_order_id), 'order_id');
    end if;
    if in_version is not null and in_version <> v_order.version then
        perform sales.refuse_changed('order', in_order_id, in_version);
    end if;
    return v_order;
end $$;
comment on function stock.open_order_to_ship(bigint, int) is
    'The door to an order for those who ship it: checks the right to make shipments, that the order leaves from a warehouse of the person and is confirmed, and the version if one is given; locks it. UA001, UN001, UC001.';

create or replace function stock.ready_lines(in_order_id bigint) returns table (order_line_id bigint, line_no int, product_id bigint, ready_qty numeric)
language sql stable
as $$
    with lines as (
        select l.id, l.line_no, l.product_id, p.supply = 'none' as is_service, l.reserved_qty - coalesce((
            select sum(sl.qty) from stock.shipment_lines sl join stock.shipments s on s.id = sl.shipment_id
            where sl.order_line_id = l.id and s.state = 'picking'), 0) as ready_qty,
            l.qty - l.shipped_qty as open_qty
        from sales.order_lines l join catalog.products p on p.id = l.product_id
        where l.order_id = in_order_id and l.state <> 'cancelled'
    )
    -- A service goes out with goods, or when no goods are left to go.
    select l.id, l.line_no, l.product_id, l.ready_qty
    from lines l
    where l.ready_qty > 0 and (not l.is_service
        or exists (select from lines g where not g.is_service and g.ready_qty > 0)
        or not exists (select from lines g where not g.is_service and g.open_qty > 0))
$$;
comment on function stock.ready_lines(bigint) is 'What of an order can go into a shipment now: reserved and in no open shipment.';

create or replace function stock.lines_to_ship(in_order sales.orders, in_document jsonb)
returns table (order_line_id bigint, line_no int, product_id bigint, qty numeric)
language plpgsql stable
as $$
declare
    v_line record;
begin
    if in_document -> 'lines' is null then
        return query select r.order_line_id, r.line_no, r.product_id, r.ready_qty from stock.ready_lines(in_order.id) r;
        return;
    end if;
    for v_line in
        select meta.id_of(x.value, 'order_line_id') as id, sum(meta.numeric_of(x.value, 'qty', 0.001, 1000000)) as qty,
            format('lines[%s].qty', min(x.ordinality) - 1) as field
        from jsonb_array_elements(stock.lines_of(in_document)) with ordinality x
        group by 1 order by min(x.ordinality)
    loop
        select r.order_line_id, r.line_no, r.product_id, r.ready_qty into order_line_id, line_no, product_id, qty
        from stock.ready_lines(in_order.id) r where r.order_line_id = v_line.id;
        if not found or v_line.qty > qty then
            perform meta.refuse('UQ302', format('order %s has only %s of line %s ready', in_order.number, coalesce(qty, 0), v_line.id),
                jsonb_build_object('number', in_order.number, 'line', (select l.line_no from sales.order_lines l where l.id = v_line.id
                    and l.order_id = in_order.id), 'qty', v_line.qty, 'ready', coalesce(qty, 0)), v_line.field);
        end if;
        perform stock.check_qty(product_id, v_line.qty, v_line.field);
        qty := v_line.qty;
        return next;
    end loop;
end $$;
comment on function stock.lines_to_ship(sales.orders, jsonb) is
    'The lines of a new shipment: those that the document names, else all that is ready. UQ302 more than is ready, UV301 too many decimals.';

create or replace function stock.create_shipment(in_request_id uuid, in_document jsonb, in_version int) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb := meta.begin_request(in_request_id, 'stock.create_shipment', in_document);
    v_order sales.orders;
    v_shipment stock.shipments;
begin
    if v_result is not null then
        return v_result;
    end if;
    v_order := stock.open_order_to_ship(meta.id_of(in_document, 'order_id'), in_version);
    insert into stock.shipments (number, order_id, order_number, customer_name, branch_id, owner_id, warehouse_id, ship_to, contact, phone,
        note, created_by)
    values (meta.next_number('DN', current_date), v_order.id, v_order.number, v_order.customer_name, v_order.branch_id,
        v_order.owner_id, v_order.warehouse_id, v_order.ship_to, v_order.contact, v_order.phone, meta.text_of(in_document, 'note', 1000), auth.user_id())
    returning * into v_shipment;
    insert into stock.shipment_lines (shipment_id, line_no, order_line_id, product_id, qty, order_line_no, description)
    select v_shipment.id, l.line_no, l.order_line_id, l.product_id, l.qty, o.line_no, o.description
    from stock.lines_to_ship(v_order, in_document) l
    join sales.order_lines o on o.id = l.order_line_id
    order by l.line_no;
    if not found then
        perform meta.refuse('US302', pg_catalog.format('order %s has nothing ready to ship', v_order.number),
            pg_catalog.jsonb_build_object('number', v_order.number));
    end if;
    perform workflow.record_event('shipment', v_shipment.id, 'create', null, 'picking', '',
        pg_catalog.jsonb_build_object('order', v_order.number));
    return meta.end_request(in_request_id, stock.shipment_result(v_shipment));
end $$;
comment on function stock.create_shipment(uuid, jsonb, int) is
    'Makes a shipment of the order {"order_id", "lines"?: [{"order_line_id", "qty"}], "note"?} to be picked; without lines, of all that is ready. in_version is the order''s, null to take it as it is. UA001, UN001, UC001, UQ302 more than ready, US302 nothing ready, UV301.';
grant execute on function stock.create_shipment(uuid, jsonb, int) to erp_shipment_enter;

create or replace function stock.pick_shipment(in_request_id uuid, in_document jsonb, in_version int) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb := meta.begin_request(in_request_id, 'stock.pick_shipment', in_document);
    v_shipment stock.shipments;
begin
    if v_result is not null then
        return v_result;
    end if;
    v_shipment := stock.open_shipment(meta.id_of(in_document, 'id'), 'pick', in_version);
    perform workflow.take_step('shipment', v_shipment.id, v_shipment.state, 'pick');
    perform stock.pick_line(v_shipment, meta.id_of(x.value, 'id'), meta.numeric_of(x.value, 'picked_qty', 0, 1000000),
        pg_catalog.format('lines[%s].picked_qty', x.ordinality - 1))
    from pg_catalog.jsonb_array_elements(stock.lines_of(in_document)) with ordinality x;
    update stock.shipments s set version = s.version + 1,
        carrier = case when in_document ? 'carrier' then meta.text_of(in_document, 'carrier', 100) else s.carrier end,
        vehicle = case when in_document ? 'vehicle' then meta.text_of(in_document, 'vehicle', 40) else s.vehicle end
    where s.id = v_shipment.id returning * into v_shipment;
    return meta.end_request(in_request_id, stock.shipment_result(v_shipment));
end $$;
comment on function stock.pick_shipment(uuid, jsonb, int) is
    'Records what was picked of the shipment {"id", "lines": [{"id", "picked_qty"}], "carrier"?, "vehicle"?}; what it does not name stays. UA001, UN001, UC001, US001, UV301, UV302 more than to be picked.';
grant execute on function stock.pick_shipment(uuid, jsonb, int) to erp_shipment_enter;

create or replace function stock.pick_line(in_shipment stock.shipments, in_line_id bigint, in_qty numeric, in_field text) returns void
language plpgsql volatile
as $$
declare
    v_line stock.shipment_lines;
begin
    select * into v_line from stock.shipment_lines l where l.id = in_line_id and l.shipment_id = in_shipment.id;
    if not found then
        perform meta.refuse('UN001', format('shipment %s has no line %s', in_shipment.number, in_line_id),
            jsonb_build_object('document_type', 'shipment', 'id', in_shipment.id), in_field);
    end if;
    if in_qty > v_line.qty then
        perform meta.refuse('UV302', format('line %s of shipment %s: %s picked of %s', v_line.line_no, in_shipment.number, in_qty, v_line.qty),
            jsonb_build_object('number', in_shipment.number, 'line', v_line.line_no, 'qty', in_qty, 'max', v_line.qty), in_field);
    end if;
    perform stock.check_qty(v_line.product_id, in_qty, in_field);
    update stock.shipment_lines l set picked_qty = in_qty where l.id = v_line.id;
end $$;
comment on function stock.pick_line(stock.shipments, bigint, numeric, text) is 'Sets the picked quantity of one line of a shipment. UN001, UV301, UV302.';

create or replace function stock.ship_shipment(in_request_id uuid, in_document jsonb, in_version int) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb := meta.begin_request(in_request_id, 'stock.ship_shipment', in_document);
    v_shipment stock.shipments;
    v_state text;
begin
    if v_result is not null then
        return v_result;
    end if;
    v_shipment := stock.open_shipment(meta.id_of(in_document, 'id'), 'ship', in_version);
    v_state := workflow.take_step('shipment', v_shipment.id, v_shipment.state, 'ship');
    if not exists (select from stock.shipment_lines l where l.shipment_id = v_shipment.id and l.picked_qty > 0) then
        perform meta.refuse('US303', pg_catalog.format('nothing of shipment %s is picked', v_shipment.number),
            pg_catalog.jsonb_build_object('number', v_shipment.number));
    end if;
    update stock.shipments s set state = v_state, version = s.version + 1, shipped_at = pg_catalog.clock_timestamp(),
        carrier = meta.text_of(in_document, 'carrier', 100), vehicle = meta.text_of(in_document, 'vehicle', 40)
    where s.id = v_shipment.id returning * into v_shipment;
    perform stock.take_out(v_shipment);
    perform sales.derive_order(v_shipment.order_id);
    return meta.end_request(in_request_id, stock.shipment_result(v_shipment));
end $$;
comment on function stock.ship_shipment(uuid, jsonb, int) is
    'Ships what is picked of {"id", "carrier"?, "vehicle"?}: stock and reservation fall together, the cost of goods is posted, the order moves on. What was not picked stays ready for another shipment. UA001, UN001, UC001, US001, US303 nothing picked, UL601 period closed.';
grant execute on function stock.ship_shipment(uuid, jsonb, int) to erp_shipment_ship;

create or replace function stock.take_out(in_shipment stock.shipments) returns void
language plpgsql volatile
as $$
declare
    v_product_ids bigint[];
    v_qtys numeric[];
begin
    select array_agg(x.product_id), array_agg(-x.qty) into v_product_ids, v_qtys
    from (
        select l.product_id, sum(l.picked_qty) as qty
        from stock.shipment_lines l join catalog.products p on p.id = l.product_id
        where l.shipment_id = in_shipment.id and l.picked_qty > 0 and p.supply <> 'none'
        group by l.product_id order by l.product_id
    ) x;
    perform stock.lock_balances(v_product_ids, array[in_shipment.warehouse_id]);
    update sales.order_lines l set reserved_qty = l.reserved_qty - s.picked_qty, shipped_qty = l.shipped_qty + s.picked_qty
    from stock.shipment_lines s where s.shipment_id = in_shipment.id and s.picked_qty > 0 and l.id = s.order_line_id;
    delete from stock.reservations r using stock.shipment_lines s
    where s.shipment_id = in_shipment.id and r.order_line_id = s.order_line_id and r.qty = s.picked_qty;
    update stock.reservations r set qty = r.qty - s.picked_qty
    from stock.shipment_lines s where s.shipment_id = in_shipment.id and s.picked_qty > 0 and r.order_line_id = s.order_line_id
        and r.qty > s.picked_qty;
    update stock.balances b set reserved = b.reserved + x.qty
    from unnest(v_product_ids, v_qtys) x (product_id, qty)
    where b.product_id = x.product_id and b.warehouse_id = in_shipment.warehouse_id;
    perform finance.post_entry('shipment', 'shipment', in_shipment.id, current_date, stock.reverse_amounts(
            stock.post_moves('shipment', 'shipment', in_shipment.id, in_shipment.warehouse_id, v_product_ids, v_qtys)),
        (select o.customer_id from sales.orders o where o.id = in_shipment.order_id), null, in_shipment.number);
end $$;
comment on function stock.take_out(stock.shipments) is
    'Takes the picked goods of a shipment out of reservation and stock and posts their cost.';

create or replace function stock.depart_shipment(in_request_id uuid, in_document jsonb, in_version int) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb := meta.begin_request(in_request_id, 'stock.depart_shipment', in_document);
    v_shipment stock.shipments;
    v_state text;
begin
    if v_result is not null then
        return v_result;
    end if;
    v_shipment := stock.open_shipment(meta.id_of(in_document, 'id'), 'depart', in_version);
    v_state := workflow.take_step('shipment', v_shipment.id, v_shipment.state, 'depart');
    update stock.shipments s set state = v_state, version = s.version + 1 where s.id = v_shipment.id returning * into v_shipment;
    perform sales.derive_order(v_shipment.order_id);
    return meta.end_request(in_request_id, stock.shipment_result(v_shipment));
end $$;
comment on function stock.depart_shipment(uuid, jsonb, int) is 'Reports the shipped shipment {"id"} under way. UA001, UN001, UC001, US001.';
grant execute on function stock.depart_shipment(uuid, jsonb, int) to erp_shipment_ship;

create or replace function stock.deliver_shipment(in_request_id uuid, in_document jsonb, in_version int) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb := meta.begin_request(in_request_id, 'stock.deliver_shipment', in_document);
    v_receiver text := meta.text_of(in_document, 'received_by', 100, true);
    v_shipment stock.shipments;
    v_state text;
begin
    if v_result is not null then
        return v_result;
    end if;
    v_shipment := stock.open_shipment(meta.id_of(in_document, 'id'), 'deliver', in_version);
    v_state := workflow.take_step('shipment', v_shipment.id, v_shipment.state, 'deliver', v_receiver);
    update stock.shipments s set state = v_state, version = s.version + 1, delivered_at = pg_catalog.clock_timestamp(),
        received_by = v_receiver
    where s.id = v_shipment.id returning * into v_shipment;
    update sales.order_lines l set delivered_qty = l.delivered_qty + s.picked_qty
    from stock.shipment_lines s where s.shipment_id = v_shipment.id and s.picked_qty > 0 and l.id = s.order_line_id;
    perform sales.derive_order(v_shipment.order_id);
    return meta.end_request(in_request_id, stock.shipment_result(v_shipment));
end $$;
comment on function stock.deliver_shipment(uuid, jsonb, int) is
    'Reports the shipment {"id", "received_by"} delivered and who signed for it. UA001, UN001, UC001, US001, UV001.';
grant execute on function stock.deliver_shipment(uuid, jsonb, int) to erp_shipment_ship;

create or replace function stock.cancel_shipment(in_request_id uuid, in_document jsonb, in_version int) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb := meta.begin_request(in_request_id, 'stock.cancel_shipment', in_document);
    v_reason text := meta.text_of(in_document, 'reason', 1000, true);
    v_shipment stock.shipments;
    v_state text;
begin
    if v_result is not null then
        return v_result;
    end if;
    v_shipment := stock.open_shipment(meta.id_of(in_document, 'id'), 'cancel', in_version);
    v_state := workflow.take_step('shipment', v_shipment.id, v_shipment.state, 'cancel', v_reason);
    update stock.shipments s set state = v_state, version = s.version + 1 where s.id = v_shipment.id returning * into v_shipment;
    return meta.end_request(in_request_id, stock.shipment_result(v_shipment));
end $$;
comment on function stock.cancel_shipment(uuid, jsonb, int) is
    'Cancels the shipment {"id", "reason"} that has not left; its goods stay reserved for the order. UA001, UN001, UC001, US001, UV001.';
grant execute on function stock.cancel_shipment(uuid, jsonb, int) to erp_shipment_enter;
