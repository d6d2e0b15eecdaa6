-- Purchase orders: made from requests, changed while they are drafts, sent to the supplier, cancelled.

create or replace function purchasing.open_order(in_id bigint, in_action text, in_version int) returns purchasing.orders
language plpgsql volatile
as $$
declare
    v_order purchasing.orders;
begin
    perform auth.require_role((select t.action_role from workflow.transitions t
        where t.document_type = 'purchase_order' and t.action = in_action and t.action_role is not null
        order by auth.has_role(t.action_role) desc limit 1));
    select * into v_order from purchasing.orders o
    where o.id = in_id and (auth.has_role('erp_purchase_view')
        or (auth.has_role('erp_receipt_enter') and o.warehouse_id = any (auth.warehouse_ids()) and o.state in ('sent', 'partly_received', 'received')))
    for no key update;
    if not found then
        perform meta.refuse('UN001', format('purchase order %s is not there or not visible', in_id),
            jsonb_build_object('document_type', 'purchase_order', 'id', in_id));
    end if;
    if in_version is distinct from v_order.version then
        perform sales.refuse_changed('purchase_order', in_id, in_version);
    end if;
    return v_order;
end $$;
comment on function purchasing.open_order(bigint, text, int) is
    'The door to a purchase order: checks the right to the action, that the person sees it (buyers all, keepers what was sent for their warehouses) and that it is the version she saw; locks it. The step that follows checks the state. UA001, UN001, UC001.';

create or replace function purchasing.order_result(in_order purchasing.orders) returns jsonb
language sql stable
as $$
    select jsonb_build_object('id', in_order.id, 'number', in_order.number, 'state', in_order.state, 'version', in_order.version)
$$;
comment on function purchasing.order_result(purchasing.orders) is 'What a command on a purchase order returns.';

create or replace function purchasing.lock_requests(in_document jsonb) returns bigint[]
language plpgsql volatile
as $$
declare
    v_ids bigint[] := array(
        select distinct meta.id_of(jsonb_build_object('request_ids', x.value), 'request_ids')
        from jsonb_array_elements(stock.lines_of(in_document, 'request_ids')) x);
    v_request record;
begin
    for v_request in
        select x.id, r.number, r.state
        from unnest(v_ids) x (id)
        left join lateral (select q.number, q.state from purchasing.requests q where q.id = x.id for no key update) r on true
        order by x.id
    loop
        if v_request.number is null then
            perform meta.refuse('UN001', format('purchase request %s is not there', v_request.id),
                jsonb_build_object('document_type', 'purchase_request', 'id', v_request.id), 'request_ids');
        end if;
        perform workflow.take_step('purchase_request', v_request.id, v_request.state, 'order');
    end loop;
    return v_ids;
end $$;
comment on function purchasing.lock_requests(jsonb) is
    'Locks the requests that a document names and takes their step to be ordered. UN001, US001 not open any more, UV001, UV003.';

create or replace function purchasing.refuse_unsupplied(in_request_ids bigint[]) returns void
language plpgsql stable
as $$
declare
    v_products text;
begin
    select string_agg(distinct p.code, ', ') into v_products
    from purchasing.requests r
    join catalog.products p on p.id = r.product_id
    left join purchasing.supplier_products x on x.product_id = r.product_id and x.is_preferred
    left join purchasing.suppliers s on s.id = x.supplier_id and s.is_active
    where r.id = any (in_request_ids) and s.id is null;
    if v_products is not null then
        perform meta.refuse('UV401', format('no preferred supplier for %s', v_products),
            jsonb_build_object('products', v_products), 'request_ids');
    end if;
end $$;
comment on function purchasing.refuse_unsupplied(bigint[]) is 'Refuses UV401 when a requested product has no active preferred supplier; names the products.';

create or replace function purchasing.create_orders(in_request_id uuid, in_document jsonb, in_version int) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb := meta.begin_request(in_request_id, 'purchasing.create_orders', in_document);
    v_request_ids bigint[];
    v_order_ids bigint[];
begin
    if v_result is not null then
        return v_result;
    end if;
    perform auth.require_role('erp_purchase_enter');
    v_request_ids := purchasing.lock_requests(in_document);
    perform purchasing.refuse_unsupplied(v_request_ids);
    v_order_ids := purchasing.insert_orders(v_request_ids);
    perform purchasing.insert_lines(v_order_ids, v_request_ids), purchasing.total_orders(v_order_ids);
    perform workflow.record_event('purchase_order', o.id, 'create', null, 'draft') from pg_catalog.unnest(v_order_ids) o (id);
    return meta.end_request(in_request_id, pg_catalog.jsonb_build_object('orders', (
        select pg_catalog.jsonb_agg(purchasing.order_result(o) order by o.id) from purchasing.orders o where o.id = any (v_order_ids))));
end $$;
comment on function purchasing.create_orders(uuid, jsonb, int) is
    'Makes draft purchase orders of the open requests {"request_ids"}: one for each preferred supplier and warehouse, one line for each product, at the supplier''s price and at least in her least quantity. Returns {"orders": [{"id", "number", …}]}. in_version is not used. UA001, UN001, US001, UV001, UV003, UV401 no preferred supplier (names the products).';
grant execute on function purchasing.create_orders(uuid, jsonb, int) to erp_purchase_enter;

create or replace function purchasing.insert_orders(in_request_ids bigint[]) returns bigint[]
language plpgsql volatile
as $$
declare
    v_ids bigint[];
begin
    with made as (
        insert into purchasing.orders (number, supplier_id, warehouse_id, currency, ordered_on, expected_on, created_by)
        select meta.next_number('PO', current_date), n.supplier_id, n.warehouse_id, n.currency, current_date, current_date + n.lead_days, auth.user_id()
        from (
            select x.supplier_id, r.warehouse_id, s.currency, max(x.lead_days) as lead_days
            from purchasing.requests r
            join purchasing.supplier_products x on x.product_id = r.product_id and x.is_preferred
            join purchasing.suppliers s on s.id = x.supplier_id
            where r.id = any (in_request_ids)
            group by 1, 2, 3
            order by 1, 2
        ) n
        returning id
    )
    select array_agg(m.id) into v_ids from made m;
    return v_ids;
end $$;
comment on function purchasing.insert_orders(bigint[]) is 'Makes the heads of the purchase orders for requests: one for each preferred supplier and warehouse.';

create or replace function purchasing.insert_lines(in_order_ids bigint[], in_request_ids bigint[]) returns void
language plpgsql volatile
as $$
begin
    insert into purchasing.order_lines (order_id, line_no, product_id, qty, unit_id, unit_price, tax_rate, net_amount, tax_amount, gross_amount)
    select n.order_id, 10 * row_number() over (partition by n.order_id order by n.code), n.product_id, n.qty, n.unit_id, n.unit_price,
        n.tax_rate, a.net, round(a.net * n.tax_rate, 2), a.net + round(a.net * n.tax_rate, 2)
    from (
        select o.id as order_id, p.id as product_id, p.code, p.unit_id, p.tax_rate, x.unit_price, greatest(sum(r.qty), x.min_qty) as qty
        from purchasing.requests r
        join catalog.products p on p.id = r.product_id
        join purchasing.supplier_products x on x.product_id = p.id and x.is_preferred
        join purchasing.orders o on o.id = any (in_order_ids) and o.supplier_id = x.supplier_id and o.warehouse_id = r.warehouse_id
        where r.id = any (in_request_ids)
        group by o.id, p.id, x.id
    ) n
    cross join lateral (select round(n.qty * n.unit_price, 2) as net) a
    order by 1, 2;
    update purchasing.requests r set state = 'ordered', version = r.version + 1, purchase_line_id = l.id
    from purchasing.order_lines l join purchasing.orders o on o.id = l.order_id
    where r.id = any (in_request_ids) and o.id = any (in_order_ids) and l.product_id = r.product_id and o.warehouse_id = r.warehouse_id;
end $$;
comment on function purchasing.insert_lines(bigint[], bigint[]) is 'Fills new purchase orders with the products of their requests and pegs the requests to the lines.';

create or replace function purchasing.total_orders(in_ids bigint[]) returns void
language sql volatile
as $$
    update purchasing.orders o set (net_amount, tax_amount, gross_amount) = (
        select coalesce(sum(l.net_amount), 0), coalesce(sum(l.tax_amount), 0), coalesce(sum(l.gross_amount), 0)
        from purchasing.order_lines l where l.order_id = o.id)
    where o.id = any (in_ids)
$$;
comment on function purchasing.total_orders(bigint[]) is 'Makes the totals of purchase orders the sums of their rounded lines.';

create or replace function purchasing.save_order(in_request_id uuid, in_document jsonb, in_version int) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb := meta.begin_request(in_request_id, 'purchasing.save_order', in_document);
    v_order purchasing.orders;
begin
    if v_result is not null then
        return v_result;
    end if;
    v_order := purchasing.open_order(meta.id_of(in_document, 'id'), 'save', in_version);
    perform workflow.take_step('purchase_order', v_order.id, v_order.state, 'save');
    perform purchasing.save_line(v_order, meta.id_of(x.value, 'id'), meta.numeric_of(x.value, 'qty', 0.001, 99999999),
        meta.numeric_of(x.value, 'unit_price', 0, 99999999), pg_catalog.format('lines[%s]', x.ordinality - 1))
    from pg_catalog.jsonb_array_elements(stock.lines_of(in_document)) with ordinality x;
    perform purchasing.total_orders(array[v_order.id]);
    update purchasing.orders o set version = o.version + 1, expected_on = meta.date_of(in_document, 'expected_on', true, o.ordered_on),
        note = meta.text_of(in_document, 'note', 1000)
    where o.id = v_order.id returning * into v_order;
    return meta.end_request(in_request_id, purchasing.order_result(v_order));
end $$;
comment on function purchasing.save_order(uuid, jsonb, int) is
    'Changes the draft {"id", "expected_on", "note"?, "lines": [{"id", "qty", "unit_price"}]}; lines that are not named stay. UA001, UN001, UC001, US001, UV001 to UV006, UV301, UV402 less than the requests need.';
grant execute on function purchasing.save_order(uuid, jsonb, int) to erp_purchase_enter;

create or replace function purchasing.save_line(in_order purchasing.orders, in_line_id bigint, in_qty numeric, in_price numeric, in_field text)
returns void
language plpgsql volatile
as $$
declare
    v_line purchasing.order_lines;
    v_needed numeric;
    v_net numeric := round(in_qty * round(in_price, 4), 2);
begin
    select * into v_line from purchasing.order_lines l where l.id = in_line_id and l.order_id = in_order.id;
    if not found then
        perform meta.refuse('UN001', format('purchase order %s has no line %s', in_order.number, in_line_id),
            jsonb_build_object('document_type', 'purchase_order', 'id', in_order.id), in_field || '.id');
    end if;
    perform stock.check_qty(v_line.product_id, in_qty, in_field || '.qty');
    select coalesce(sum(r.qty), 0) into v_needed from purchasing.requests r where r.purchase_line_id = v_line.id;
    if in_qty < v_needed then
        perform meta.refuse('UV402', format('line %s of %s: the requests need %s', v_line.line_no, in_order.number, v_needed),
            jsonb_build_object('product', (select p.code from catalog.products p where p.id = v_line.product_id), 'line', v_line.line_no,
                'qty', in_qty, 'needed', v_needed), in_field || '.qty');
    end if;
    update purchasing.order_lines l set qty = in_qty, unit_price = round(in_price, 4), net_amount = v_net,
        tax_amount = round(v_net * l.tax_rate, 2), gross_amount = v_net + round(v_net * l.tax_rate, 2)
    where l.id = v_line.id;
end $$;
comment on function purchasing.save_line(purchasing.orders, bigint, numeric, numeric, text) is
    'Changes quantity and price of one line of a draft. UN001, UV301, UV402 less than the requests need.';

create or replace function purchasing.count_incoming(in_order purchasing.orders, in_sign int) returns void
language plpgsql volatile
as $$
begin
    perform stock.lock_balances(array(select l.product_id from purchasing.order_lines l where l.order_id = in_order.id), array[in_order.warehouse_id]);
    update stock.balances b set incoming = b.incoming + in_sign * n.qty
    from (select l.product_id, sum(l.qty - l.received_qty) as qty from purchasing.order_lines l where l.order_id = in_order.id group by 1) n
    where b.product_id = n.product_id and b.warehouse_id = in_order.warehouse_id;
end $$;
comment on function purchasing.count_incoming(purchasing.orders, int) is 'Adds what a purchase order still brings to the incoming stock (1), or takes it off (-1).';

create or replace function purchasing.send_order(in_request_id uuid, in_document jsonb, in_version int) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb := meta.begin_request(in_request_id, 'purchasing.send_order', in_document);
    v_order purchasing.orders;
    v_state text;
begin
    if v_result is not null then
        return v_result;
    end if;
    v_order := purchasing.open_order(meta.id_of(in_document, 'id'), 'send', in_version);
    v_state := workflow.take_step('purchase_order', v_order.id, v_order.state, 'send');
    update purchasing.orders o set state = v_state, sent_at = pg_catalog.clock_timestamp(), version = o.version + 1
    where o.id = v_order.id returning * into v_order;
    perform purchasing.count_incoming(v_order, 1);
    return meta.end_request(in_request_id, purchasing.order_result(v_order));
end $$;
comment on function purchasing.send_order(uuid, jsonb, int) is
    'Marks the draft {"id"} as sent to the supplier; from now on its goods are incoming. UA001, UN001, UC001, US001.';
grant execute on function purchasing.send_order(uuid, jsonb, int) to erp_purchase_send;

create or replace function purchasing.reschedule_order(in_request_id uuid, in_document jsonb, in_version int) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb := meta.begin_request(in_request_id, 'purchasing.reschedule_order', in_document);
    v_reason text := meta.text_of(in_document, 'reason', 1000, true);
    v_order purchasing.orders;
    v_expected_on date;
begin
    if v_result is not null then
        return v_result;
    end if;
    v_order := purchasing.open_order(meta.id_of(in_document, 'id'), 'reschedule', in_version);
    v_expected_on := meta.date_of(in_document, 'expected_on', true, v_order.ordered_on);
    perform workflow.take_step('purchase_order', v_order.id, v_order.state, 'reschedule', v_reason,
        pg_catalog.jsonb_build_object('expected_on', v_expected_on, 'expected_before', v_order.expected_on));
    if v_expected_on = v_order.expected_on then
        perform meta.refuse('UV404', pg_catalog.format('%s is expected on %s already', v_order.number, v_expected_on),
            pg_catalog.jsonb_build_object('number', v_order.number, 'expected_on', v_expected_on), 'expected_on');
    end if;
    update purchasing.orders o set expected_on = v_expected_on, version = o.version + 1 where o.id = v_order.id returning * into v_order;
    return meta.end_request(in_request_id, purchasing.order_result(v_order));
end $$;
comment on function purchasing.reschedule_order(uuid, jsonb, int) is
    'Moves the day on which the rest of the sent purchase order {"id", "expected_on", "reason"} is expected; the timeline keeps the day before. UA001, UN001, UC001, US001 not sent, or nothing is to come, UV001, UV004 before the day of the order, UV005, UV006, UV404 the day stays the same.';
grant execute on function purchasing.reschedule_order(uuid, jsonb, int) to erp_purchase_send;

create or replace function purchasing.cancel_order(in_request_id uuid, in_document jsonb, in_version int) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb := meta.begin_request(in_request_id, 'purchasing.cancel_order', in_document);
    v_reason text := meta.text_of(in_document, 'reason', 1000, true);
    v_order purchasing.orders;
    v_state text;
begin
    if v_result is not null then
        return v_result;
    end if;
    v_order := purchasing.open_order(meta.id_of(in_document, 'id'), 'cancel', in_version);
    v_state := workflow.take_step('purchase_order', v_order.id, v_order.state, 'cancel', v_reason);
    perform purchasing.reopen_requests(v_order);
    if v_order.state = 'sent' then
        perform purchasing.count_incoming(v_order, -1);
    end if;
    update purchasing.orders o set state = v_state, version = o.version + 1 where o.id = v_order.id returning * into v_order;
    return meta.end_request(in_request_id, purchasing.order_result(v_order));
end $$;
comment on function purchasing.cancel_order(uuid, jsonb, int) is
    'Cancels the purchase order {"id", "reason"} of which nothing has come; its requests are open again. UA001, UN001, UC001, US001, UV001.';
grant execute on function purchasing.cancel_order(uuid, jsonb, int) to erp_purchase_enter, erp_purchase_send;

create or replace function purchasing.reopen_requests(in_order purchasing.orders) returns void
language plpgsql volatile
as $$
declare
    v_ids bigint[];
begin
    with locked as (
        select r.id from purchasing.requests r join purchasing.order_lines l on l.id = r.purchase_line_id
        where l.order_id = in_order.id and r.state = 'ordered' order by r.id for no key update of r
    ), opened as (
        update purchasing.requests r set state = 'open', version = r.version + 1, purchase_line_id = null
        from locked k where r.id = k.id returning r.id
    )
    select array_agg(o.id) into v_ids from opened o;
    perform workflow.take_step('purchase_request', x.id, 'ordered', 'reopen', '', jsonb_build_object('purchase_order', in_order.number))
    from unnest(v_ids) x (id);
end $$;
comment on function purchasing.reopen_requests(purchasing.orders) is 'Sets the requests of a purchase order that is being cancelled open again.';
