-- Entering, submitting, confirming and cancelling sales orders.

create or replace function sales.save_order(in_request_id uuid, in_document jsonb, in_version int) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb := meta.begin_request(in_request_id, 'sales.save_order', in_document);
    v_id bigint := meta.id_of(in_document, 'id', false);
    v_order sales.orders;
    v_head sales.draft_head;
    v_lines sales.draft_line[];
begin
    if v_result is not null then
        return v_result;
    end if;
    if v_id is null then
        perform auth.require_role('erp_order_enter');
    else
        v_order := sales.open_order(v_id, 'save', in_version);
    end if;
    select * into v_head from sales.draft_heads(pg_catalog.jsonb_build_array(in_document));
    v_lines := array(select l from sales.draft_lines(pg_catalog.jsonb_build_array(in_document), array[v_head]) l);
    perform sales.refuse_bad_order(in_document, v_head, v_lines);
    perform sales.refuse_reference_in_use(v_head, v_id);
    if v_id is null then
        v_order := sales.insert_order(v_head, in_document);
        perform workflow.record_event('order', v_order.id, 'create', null, v_order.state);
    else
        v_order := sales.update_order(v_order.id, v_head);
        perform workflow.take_step('order', v_order.id, v_order.state, 'save');
    end if;
    perform sales.write_lines(v_order.id, v_lines);
    return meta.end_request(in_request_id, sales.order_result(sales.total_order(v_order.id)));
end $$;
comment on function sales.save_order(uuid, jsonb, int) is
    'Enters an order, or changes the draft or returned one with {"id"}: customer_id, customer_reference, ordered_on, promised_on, warehouse_id, ship_to, contact, phone, note, channel, lines [{line_no, product_id, description, qty, unit_price, discount_rate, amount}]. The document is the whole order: lines it leaves out are deleted. A price left out comes from the customer''s list on ordered_on; max_discount is measured against that list and today''s. Returns id, number, state, version and totals. UA001, UN001, UC001, US001, UV001 to UV006, UV201 to UV222.';
grant execute on function sales.save_order(uuid, jsonb, int) to erp_order_enter;

create or replace function sales.refuse_reference_in_use(in_head sales.draft_head, in_id bigint) returns void
language plpgsql stable
as $$
declare
    v_number text;
begin
    select o.number into v_number from sales.orders o
    where in_head.customer_reference <> '' and o.customer_id = in_head.customer_id and o.state <> 'cancelled'
        and o.customer_reference = in_head.customer_reference and o.ordered_on = in_head.ordered_on and o.id is distinct from in_id
    limit 1;
    if found then
        perform meta.refuse('UV206', 'the customer''s reference stands on another order of that day',
            jsonb_build_object('reference', in_head.customer_reference, 'number', v_number), 'customer_reference');
    end if;
end $$;
comment on function sales.refuse_reference_in_use(sales.draft_head, bigint) is
    'Refuses UV206 when the customer has another order of the same day with the same reference.';

create or replace function sales.insert_order(in_head sales.draft_head, in_document jsonb) returns sales.orders
language plpgsql volatile
as $$
declare
    v_order sales.orders;
    v_channel text := coalesce(nullif(sales.typed_text(in_document, 'channel'), ''), 'clerk');
begin
    if v_channel not in ('clerk', 'dealer', 'web') then
        perform meta.refuse('UV208', 'unknown channel', jsonb_build_object('value', left(v_channel, 40)), 'channel');
    end if;
    insert into sales.orders (number, branch_id, owner_id, customer_id, customer_name, customer_reference, channel, ordered_on,
        promised_on, currency, price_list_id, warehouse_id, ship_to, contact, phone, note, created_by)
    values (meta.next_number('SO', current_date), in_head.branch_id, auth.user_id(), in_head.customer_id, in_head.customer_name,
        in_head.customer_reference, v_channel, in_head.ordered_on, in_head.promised_on, in_head.currency, in_head.price_list_id,
        in_head.warehouse_id, in_head.ship_to, in_head.contact, in_head.phone, in_head.note, auth.user_id())
    returning * into v_order;
    return v_order;
end $$;
comment on function sales.insert_order(sales.draft_head, jsonb) is
    'Stores a checked header as a new draft owned by the person of this session. UV208 unknown channel.';

create or replace function sales.update_order(in_id bigint, in_head sales.draft_head) returns sales.orders
language plpgsql volatile
as $$
declare
    v_order sales.orders;
begin
    update sales.orders o set customer_id = in_head.customer_id, customer_name = in_head.customer_name, branch_id = in_head.branch_id,
        customer_reference = in_head.customer_reference, ordered_on = in_head.ordered_on, promised_on = in_head.promised_on,
        currency = in_head.currency, price_list_id = in_head.price_list_id, warehouse_id = in_head.warehouse_id,
        ship_to = in_head.ship_to, contact = in_head.contact, phone = in_head.phone, note = in_head.note, version = o.version + 1
    where o.id = in_id
    returning * into v_order;
    return v_order;
end $$;
comment on function sales.update_order(bigint, sales.draft_head) is 'Stores a checked header over an order that is open to changes.';

create or replace function sales.write_lines(in_order_id bigint, in_lines sales.draft_line[]) returns void
language plpgsql volatile
as $$
begin
    delete from sales.order_lines l
    where l.order_id = in_order_id and l.line_no not in (select d.line_no from unnest(in_lines) d);
    insert into sales.order_lines as l (order_id, line_no, product_id, description, qty, unit_id, unit_price, list_price, current_price,
        discount_rate, tax_rate, net_amount, net_is_given, tax_amount, gross_amount)
    select in_order_id, d.line_no, d.product_id, d.description, d.qty, d.unit_id, d.unit_price, d.list_price, d.current_price,
        d.discount_rate, d.tax_rate, d.net_amount, d.net_is_given, round(d.net_amount * d.tax_rate, 2), d.net_amount + round(d.net_amount * d.tax_rate, 2)
    from unnest(in_lines) d
    order by d.line_no
    on conflict (order_id, line_no) do update set
        product_id = excluded.product_id, description = excluded.description, qty = excluded.qty, unit_id = excluded.unit_id,
        unit_price = excluded.unit_price, list_price = excluded.list_price, current_price = excluded.current_price,
        discount_rate = excluded.discount_rate, tax_rate = excluded.tax_rate, net_amount = excluded.net_amount, net_is_given = excluded.net_is_given,
        tax_amount = excluded.tax_amount, gross_amount = excluded.gross_amount;
end $$;
comment on function sales.write_lines(bigint, sales.draft_line[]) is
    'Makes the lines of an order those of a checked document; lines keep their ids by line_no.';

create or replace function sales.total_order(in_id bigint) returns sales.orders
language plpgsql volatile
as $$
declare
    v_order sales.orders;
begin
    update sales.orders o set (net_amount, tax_amount, gross_amount, max_discount) = (
        select coalesce(sum(l.net_amount), 0), coalesce(sum(l.tax_amount), 0), coalesce(sum(l.gross_amount), 0),
            coalesce(max(sales.measured_discount(l.unit_price, l.discount_rate, l.list_price, l.current_price)), 0)
        from sales.order_lines l where l.order_id = o.id)
    where o.id = in_id
    returning * into v_order;
    return v_order;
end $$;
comment on function sales.total_order(bigint) is 'Makes the totals of an order the sums of its rounded lines.';

create or replace function sales.submit_order(in_request_id uuid, in_document jsonb, in_version int) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb := meta.begin_request(in_request_id, 'sales.submit_order', in_document);
    v_order sales.orders;
    v_state text;
begin
    if v_result is not null then
        return v_result;
    end if;
    v_order := sales.open_order(meta.id_of(in_document, 'id'), 'submit', in_version);
    perform sales.check_submission(v_order);
    perform sales.compare_prices(v_order);
    v_state := workflow.take_step('order', v_order.id, v_order.state, 'submit', meta.text_of(in_document, 'note', 1000));
    update sales.orders o set state = v_state, version = o.version + 1, submitted_at = pg_catalog.clock_timestamp(), return_reason = '',
        hold_reason = case when sales.exceeds_credit(o.customer_id, o.id, o.gross_amount) then 'credit' end,
        max_discount = (select f.max_discount from sales.order_figures(v_order) f)
    where o.id = v_order.id
    returning * into v_order;
    perform sales.ask_approvals(v_order);
    return meta.end_request(in_request_id, sales.order_result(sales.confirm_if_clear(v_order)));
end $$;
comment on function sales.submit_order(uuid, jsonb, int) is
    'Submits the draft or returned order {"id"}: measures its discount against today''s prices, too, holds it when it exceeds the customer''s credit, asks the approvals that the matrix demands, and confirms it at once when there is nothing to wait for. UA001, UN001, UC001, US001, UV201 to UV204, UV212.';
grant execute on function sales.submit_order(uuid, jsonb, int) to erp_order_enter;

create or replace function sales.check_submission(in_order sales.orders) returns void
language plpgsql volatile
as $$
declare
    v_customer crm.customers;
    v_line record;
begin
    -- Two orders of one customer are checked one after the other, so that both together respect the credit limit.
    select * into strict v_customer from crm.customers c where c.id = in_order.customer_id for no key update;
    if not v_customer.is_active then
        perform meta.refuse('UV201', 'the customer is not active', jsonb_build_object('customer', v_customer.name), 'customer_id');
    end if;
    if in_order.promised_on < current_date then
        perform meta.refuse('UV203', 'the promised day has passed', jsonb_build_object('promised_on', in_order.promised_on::text), 'promised_on');
    end if;
    if not exists (select from sales.order_lines l where l.order_id = in_order.id) then
        perform meta.refuse('UV204', 'the order has no lines', '{}', 'lines');
    end if;
    select x.place, x.line_no, x.code into v_line
    from (
        select row_number() over (order by l.line_no) - 1 as place, l.line_no, p.code, p.is_active and p.is_sold as is_sold
        from sales.order_lines l join catalog.products p on p.id = l.product_id where l.order_id = in_order.id
    ) x
    where not x.is_sold order by x.place limit 1;
    if found then
        perform meta.refuse('UV212', 'a product is not sold any more',
            jsonb_build_object('line', v_line.line_no, 'product', v_line.code, 'value', v_line.code), format('lines[%s].product_id', v_line.place));
    end if;
end $$;
comment on function sales.check_submission(sales.orders) is
    'What must be right before an order is submitted; locks the customer. UV201 inactive customer, UV203 promised day has passed, UV204 no lines, UV212 product not sold.';

create or replace function sales.confirm_if_clear(in_order sales.orders) returns sales.orders
language plpgsql volatile
as $$
declare
    v_order sales.orders := in_order;
begin
    if v_order.hold_reason is not null or (sales.next_approval(v_order)).id is not null then
        return v_order;
    end if;
    update sales.orders o set state = workflow.take_step('order', o.id, o.state, 'confirm'), confirmed_at = clock_timestamp(),
        version = o.version + 1
    where o.id = v_order.id;
    perform stock.cover_order(v_order.id);
    perform sales.derive_order(v_order.id);
    select * into strict v_order from sales.orders o where o.id = in_order.id;
    return v_order;
end $$;
comment on function sales.confirm_if_clear(sales.orders) is
    'Confirms a submitted order that is neither on hold nor waiting for an approval: reserves stock, plans work and purchases, derives the state. Returns the order as it is then.';

create or replace function sales.cancel_order(in_request_id uuid, in_document jsonb, in_version int) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb := meta.begin_request(in_request_id, 'sales.cancel_order', in_document);
    v_id bigint := meta.id_of(in_document, 'id');
    v_order sales.orders;
    v_state text;
begin
    if v_result is not null then
        return v_result;
    end if;
    if exists (select from sales.visible_orders() o where o.id = v_id and o.confirmed_at is not null) then
        perform auth.require_role('erp_order_approve'), stock.lock_order(v_id);
    end if;
    v_order := sales.open_order(v_id, 'cancel', in_version);
    v_state := workflow.take_step('order', v_order.id, v_order.state, 'cancel',
        meta.text_of(in_document, 'reason', 1000, v_order.submitted_at is not null));
    if v_order.confirmed_at is null then
        update sales.order_lines l set state = 'cancelled' where l.order_id = v_order.id;
    else
        perform stock.release_order(v_order.id);
    end if;
    perform sales.void_approvals(v_order);
    update sales.orders o set state = v_state, hold_reason = null, version = o.version + 1 where o.id = v_order.id returning * into v_order;
    return meta.end_request(in_request_id, sales.order_result(v_order));
end $$;
comment on function sales.cancel_order(uuid, jsonb, int) is
    'Cancels the order {"id", "reason"}: who may enter orders a draft or returned one, who may approve also a submitted or confirmed one of which nothing is being shipped; what it held becomes free. The reason is required once the order was submitted. UA001, UN001, UC001, US001, US301, UV001.';
grant execute on function sales.cancel_order(uuid, jsonb, int) to erp_order_enter, erp_order_approve;
