-- Purchase requests: what must be bought and who waits for it. They come and go with what needs them.

create or replace function purchasing.request_for_order(in_order_id bigint) returns void
language plpgsql volatile
as $$
declare
    v_ids bigint[];
begin
    with requested as (
        insert into purchasing.requests (number, product_id, warehouse_id, qty, needed_on, order_line_id, created_by)
        select meta.next_number('PR', current_date), l.product_id, o.warehouse_id, l.qty - l.reserved_qty - l.shipped_qty,
            o.promised_on, l.id, auth.user_id()
        from sales.orders o
        join sales.order_lines l on l.order_id = o.id
        join catalog.products p on p.id = l.product_id and p.supply = 'buy'
        where o.id = in_order_id and l.state <> 'cancelled' and l.qty > l.reserved_qty + l.shipped_qty
        order by l.line_no
        returning id
    )
    select array_agg(r.id) into v_ids from requested r;
    perform workflow.record_event('purchase_request', x.id, 'create', null, 'open', '', jsonb_build_object('order', o.number))
    from unnest(v_ids) x (id), sales.orders o where o.id = in_order_id;
end $$;
comment on function purchasing.request_for_order(bigint) is 'Requests what the lines of a sales order lack and we buy, needed on the promised day.';

create or replace function purchasing.request_materials(in_work_order_ids bigint[]) returns void
language plpgsql volatile
as $$
declare
    v_ids bigint[];
begin
    with requested as (
        insert into purchasing.requests (number, product_id, warehouse_id, qty, needed_on, work_order_id, created_by)
        select meta.next_number('PR', current_date), m.product_id, w.material_warehouse_id,
            m.required_qty - m.reserved_qty - m.issued_qty, w.starts_on, w.id, auth.user_id()
        from production.work_orders w
        join production.work_order_materials m on m.work_order_id = w.id
        join catalog.products p on p.id = m.product_id and p.supply = 'buy'
        where w.id = any (in_work_order_ids) and m.required_qty > m.reserved_qty + m.issued_qty
        order by w.id, m.line_no
        returning id
    )
    select array_agg(r.id) into v_ids from requested r;
    perform workflow.record_event('purchase_request', r.id, 'create', null, 'open', '', jsonb_build_object('work_order', w.number))
    from purchasing.requests r join production.work_orders w on w.id = r.work_order_id where r.id = any (v_ids);
end $$;
comment on function purchasing.request_materials(bigint[]) is 'Requests what work orders lack and we buy, needed on the day they start.';

create or replace function purchasing.withdraw_requests_of_order(in_order_id bigint) returns void
language plpgsql volatile
as $$
declare
    v_ids bigint[];
begin
    with withdrawn as (
        update purchasing.requests r set state = 'cancelled', version = r.version + 1
        from sales.order_lines l
        where l.order_id = in_order_id and r.order_line_id = l.id and r.state = 'open'
        returning r.id
    )
    select array_agg(w.id) into v_ids from withdrawn w;
    perform workflow.record_event('purchase_request', x.id, 'cancel', 'open', 'cancelled', '', jsonb_build_object('order', o.number))
    from unnest(v_ids) x (id), sales.orders o where o.id = in_order_id;
end $$;
comment on function purchasing.withdraw_requests_of_order(bigint) is 'Cancels the requests of a sales order that nobody has ordered yet.';

create or replace function purchasing.withdraw_requests_of_work(in_work_order_ids bigint[]) returns void
language plpgsql volatile
as $$
declare
    v_ids bigint[];
begin
    with withdrawn as (
        update purchasing.requests r set state = 'cancelled', version = r.version + 1
        where r.work_order_id = any (in_work_order_ids) and r.state = 'open'
        returning r.id
    )
    select array_agg(w.id) into v_ids from withdrawn w;
    perform workflow.record_event('purchase_request', r.id, 'cancel', 'open', 'cancelled', '', jsonb_build_object('work_order', w.number))
    from purchasing.requests r join production.work_orders w on w.id = r.work_order_id where r.id = any (v_ids);
end $$;
comment on function purchasing.withdraw_requests_of_work(bigint[]) is 'Cancels the requests of work orders that nobody has ordered yet.';
