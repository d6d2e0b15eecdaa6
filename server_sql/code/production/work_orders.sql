-- Work orders: released when their material is there, cancelled when nobody has begun.

create or replace function production.open_work_order(in_id bigint, in_action text, in_version int) returns production.work_orders
language plpgsql volatile
as $$
declare
    v_order production.work_orders;
begin
    perform auth.require_role((select t.action_role from workflow.transitions t
        where t.document_type = 'work_order' and t.action = in_action limit 1));
    select * into v_order from production.work_orders w
    where w.id = in_id and auth.has_role('erp_production_view') for no key update;
    if not found then
        perform meta.refuse('UN001', format('work order %s is not there or not visible', in_id),
            jsonb_build_object('document_type', 'work_order', 'id', in_id));
    end if;
    if in_version is distinct from v_order.version then
        perform sales.refuse_changed('work_order', in_id, in_version);
    end if;
    return v_order;
end $$;
comment on function production.open_work_order(bigint, text, int) is
    'The door to a work order for those who plan: checks the right to the action, that the person sees production and that it is the version she saw; locks it. The step that follows checks the state. UA001, UN001, UC001.';

create or replace function production.work_order_result(in_order production.work_orders) returns jsonb
language sql stable
as $$
    select jsonb_build_object('id', in_order.id, 'number', in_order.number, 'state', in_order.state, 'version', in_order.version,
        'done_qty', in_order.done_qty, 'scrap_qty', in_order.scrap_qty)
$$;
comment on function production.work_order_result(production.work_orders) is 'What a command on a work order returns.';

create or replace function production.derive_waiting_order(in_order production.work_orders) returns void
language plpgsql volatile
as $$
begin
    perform sales.derive_order(l.order_id) from sales.order_lines l where l.id = in_order.order_line_id;
end $$;
comment on function production.derive_waiting_order(production.work_orders) is 'Brings the sales order that waits for a work order up to date.';

create or replace function production.release_work_order(in_request_id uuid, in_document jsonb, in_version int) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb := meta.begin_request(in_request_id, 'production.release_work_order', in_document);
    v_order production.work_orders;
    v_state text;
    v_touched bigint[];
begin
    if v_result is not null then
        return v_result;
    end if;
    v_order := production.open_work_order(meta.id_of(in_document, 'id'), 'release', in_version);
    v_state := workflow.take_step('work_order', v_order.id, v_order.state, 'release');
    perform production.add_operations(array[v_order.id]);
    v_touched := production.reserve_materials(v_order);
    perform production.refuse_unready(v_order);
    update production.work_orders w set state = v_state, released_at = pg_catalog.clock_timestamp(), version = w.version + 1
    where w.id = v_order.id returning * into v_order;
    perform stock.derive_orders(v_touched || (select l.order_id from sales.order_lines l where l.id = v_order.order_line_id));
    return meta.end_request(in_request_id, production.work_order_result(v_order));
end $$;
comment on function production.release_work_order(uuid, jsonb, int) is
    'Releases the planned work order {"id"} to the shop floor: all its material is there and reserved. UA001, UN001, UC001, US001, UQ501 material missing (names it), UV502 no routing.';
grant execute on function production.release_work_order(uuid, jsonb, int) to erp_production_plan;

create or replace function production.reserve_materials(in_order production.work_orders) returns bigint[]
language plpgsql volatile
as $$
declare
    v_product_ids bigint[] := array(select m.product_id from production.work_order_materials m
        where m.work_order_id = in_order.id and m.required_qty > m.reserved_qty + m.issued_qty);
begin
    perform stock.lock_balances(v_product_ids, array[in_order.material_warehouse_id]);
    return stock.share_out(v_product_ids, array[in_order.material_warehouse_id]);
end $$;
comment on function production.reserve_materials(production.work_orders) is
    'Shares out what is free of the material that a work order lacks; returns the sales orders that got something.';

create or replace function production.refuse_unready(in_order production.work_orders) returns void
language plpgsql stable
as $$
declare
    v_missing jsonb;
    v_text text;
begin
    select jsonb_agg(jsonb_build_object('product', x.code, 'name_zh', x.name_zh, 'name_en', x.name_en, 'qty', x.qty) order by x.line_no),
        string_agg(x.code || ' ×' || x.qty, ', ' order by x.line_no)
    into v_missing, v_text
    from (
        select m.line_no, p.code, p.name_zh, p.name_en, trim_scale(m.required_qty - m.reserved_qty - m.issued_qty) as qty
        from production.work_order_materials m join catalog.products p on p.id = m.product_id
        where m.work_order_id = in_order.id and p.supply <> 'none' and m.required_qty > m.reserved_qty + m.issued_qty
    ) x;
    if v_missing is not null then
        perform meta.refuse('UQ501', format('work order %s lacks material: %s', in_order.number, v_text),
            jsonb_build_object('number', in_order.number, 'materials', v_text, 'missing', v_missing));
    end if;
    if not exists (select from production.operations o where o.work_order_id = in_order.id) then
        perform meta.refuse('UV502', format('work order %s has no operations', in_order.number), jsonb_build_object('number', in_order.number,
            'product', (select p.code from catalog.products p where p.id = in_order.product_id)));
    end if;
end $$;
comment on function production.refuse_unready(production.work_orders) is 'Refuses UQ501 when a work order lacks material (names it), UV502 when it has no operations.';

create or replace function production.cancel_work_order(in_request_id uuid, in_document jsonb, in_version int) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb := meta.begin_request(in_request_id, 'production.cancel_work_order', in_document);
    v_reason text := meta.text_of(in_document, 'reason', 1000, true);
    v_order production.work_orders;
    v_parts bigint[];
begin
    if v_result is not null then
        return v_result;
    end if;
    v_order := production.open_work_order(meta.id_of(in_document, 'id'), 'cancel', in_version);
    perform workflow.take_step('work_order', v_order.id, v_order.state, 'cancel', v_reason);
    v_parts := production.lock_parts(v_order.id);
    perform workflow.record_event('work_order', p.id, 'cancel', 'planned', 'cancelled', v_reason,
        pg_catalog.jsonb_build_object('work_order', v_order.number))
    from pg_catalog.unnest(v_parts) p (id);
    perform production.withdraw(v_order.id || v_parts);
    perform production.derive_waiting_order(v_order);
    select * into strict v_order from production.work_orders w where w.id = v_order.id;
    return meta.end_request(in_request_id, production.work_order_result(v_order));
end $$;
comment on function production.cancel_work_order(uuid, jsonb, int) is
    'Cancels the work order {"id", "reason"} that nobody has begun, with the planned work orders for its parts and the open requests for its material; what it had reserved goes to others. UA001, UN001, UC001, US001, UV001.';
grant execute on function production.cancel_work_order(uuid, jsonb, int) to erp_production_plan;

create or replace function production.replan_work_order(in_request_id uuid, in_document jsonb, in_version int) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb := meta.begin_request(in_request_id, 'production.replan_work_order', in_document);
    v_order production.work_orders;
    v_qty numeric;
    v_new_id bigint;
    v_new production.work_orders;
begin
    if v_result is not null then
        return v_result;
    end if;
    v_order := production.open_work_order(meta.id_of(in_document, 'id'), 'replan', in_version);
    perform workflow.check_step('work_order', v_order.state, 'replan');
    -- From here on nobody else plans this product for the same warehouse.
    perform production.lock_stock_of(v_order);
    v_qty := least(v_order.qty, production.uncovered_qty(v_order));
    if v_qty = 0 then
        perform meta.refuse('US501', format('nobody waits for work order %s', v_order.number), pg_catalog.jsonb_build_object('number', v_order.number));
    end if;
    v_new_id := production.plan_anew(v_order, v_qty);
    select * into strict v_new from production.work_orders w where w.id = v_new_id;
    perform workflow.take_step('work_order', v_order.id, v_order.state, 'replan', '', pg_catalog.jsonb_build_object('work_order', v_new.number));
    update production.work_orders w set version = w.version + 1 where w.id = v_order.id;
    return meta.end_request(in_request_id, production.work_order_result(v_new));
end $$;
comment on function production.replan_work_order(uuid, jsonb, int) is
    'Plans another work order in the place of the cancelled one {"id"}, over what is still waited for and nobody makes; returns the new one. UA001, UN001, UC001, US001, US501 nobody waits for it.';
grant execute on function production.replan_work_order(uuid, jsonb, int) to erp_production_plan;

create or replace function production.lock_parts(in_id bigint) returns bigint[]
language sql volatile
as $$
    with recursive parts (id) as (
        select w.id from production.work_orders w where w.parent_id = in_id and w.state = 'planned'
        union all
        select w.id from parts p join production.work_orders w on w.parent_id = p.id and w.state = 'planned'
    )
    select coalesce(array_agg(x.id), '{}') from (
        select w.id from production.work_orders w
        where w.id in (select p.id from parts p) and w.state = 'planned' order by w.id for no key update
    ) x
$$;
comment on function production.lock_parts(bigint) is 'Locks and returns the planned work orders that make parts for a work order, through all levels.';
