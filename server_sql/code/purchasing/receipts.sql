-- Receipts: purchased goods come into the warehouse, and those who wait for them get them.

create or replace function purchasing.receive_order(in_request_id uuid, in_document jsonb, in_version int) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb := meta.begin_request(in_request_id, 'purchasing.receive_order', in_document);
    v_order purchasing.orders;
    v_receipt purchasing.receipts;
    v_state text;
begin
    if v_result is not null then
        return v_result;
    end if;
    v_order := purchasing.open_order(meta.id_of(in_document, 'id'), 'receive', in_version);
    perform purchasing.refuse_other_warehouse(v_order);
    insert into purchasing.receipts (number, order_id, warehouse_id, supplier_note, received_by)
    values (meta.next_number('GR', current_date), v_order.id, v_order.warehouse_id, meta.text_of(in_document, 'supplier_note', 100), auth.user_id())
    returning * into v_receipt;
    v_state := workflow.take_step('purchase_order', v_order.id, v_order.state, 'receive', v_receipt.supplier_note,
        pg_catalog.jsonb_build_object('receipt', v_receipt.number));
    perform purchasing.read_receipt(v_order, v_receipt, in_document);
    perform purchasing.receive_requests(v_order);
    if not exists (select from purchasing.order_lines l where l.order_id = v_order.id and l.received_qty < l.qty) then
        v_state := workflow.take_step('purchase_order', v_order.id, v_state, 'complete');
    end if;
    update purchasing.orders o set state = v_state, version = o.version + 1 where o.id = v_order.id returning * into v_order;
    perform purchasing.take_in(v_order, v_receipt);
    return meta.end_request(in_request_id, purchasing.order_result(v_order)
        || pg_catalog.jsonb_build_object('receipt_id', v_receipt.id, 'receipt_number', v_receipt.number));
end $$;
comment on function purchasing.receive_order(uuid, jsonb, int) is
    'Receives goods of the sent purchase order {"id", "supplier_note"?, "lines": [{"order_line_id", "qty"}]}, part of them or all: stock rises, the receipt is posted, those who wait get what came. UA001, UN001, UC001, US001, UV001, UV301, UQ401 more than is open, UL601.';
grant execute on function purchasing.receive_order(uuid, jsonb, int) to erp_receipt_enter;

create or replace function purchasing.refuse_other_warehouse(in_order purchasing.orders) returns void
language plpgsql stable
as $$
begin
    if not in_order.warehouse_id = any (auth.warehouse_ids()) then
        perform meta.refuse('UN001', format('purchase order %s is for a warehouse that is not this person''s', in_order.number),
            jsonb_build_object('document_type', 'purchase_order', 'id', in_order.id));
    end if;
end $$;
comment on function purchasing.refuse_other_warehouse(purchasing.orders) is 'Refuses UN001 when a purchase order is not for a warehouse of the person, even if she sees it as a buyer.';

create or replace function purchasing.read_receipt(in_order purchasing.orders, in_receipt purchasing.receipts, in_document jsonb) returns void
language plpgsql volatile
as $$
declare
    v_wanted record;
    v_line purchasing.order_lines;
begin
    for v_wanted in
        select meta.id_of(x.value, 'order_line_id') as id, sum(meta.numeric_of(x.value, 'qty', 0.001, 99999999)) as qty,
            format('lines[%s].qty', min(x.ordinality) - 1) as field
        from jsonb_array_elements(stock.lines_of(in_document)) with ordinality x
        group by 1 order by min(x.ordinality)
    loop
        select * into v_line from purchasing.order_lines l where l.id = v_wanted.id and l.order_id = in_order.id;
        if not found then
            perform meta.refuse('UN001', format('purchase order %s has no line %s', in_order.number, v_wanted.id),
                jsonb_build_object('document_type', 'purchase_order', 'id', in_order.id), v_wanted.field);
        end if;
        perform stock.check_qty(v_line.product_id, v_wanted.qty, v_wanted.field);
        if v_wanted.qty > v_line.qty - v_line.received_qty then
            perform meta.refuse('UQ401', format('line %s of %s has %s open', v_line.line_no, in_order.number, v_line.qty - v_line.received_qty),
                jsonb_build_object('number', in_order.number, 'line', v_line.line_no, 'qty', v_wanted.qty, 'open', v_line.qty - v_line.received_qty,
                    'product', (select p.code from catalog.products p where p.id = v_line.product_id)), v_wanted.field);
        end if;
        update purchasing.order_lines l set received_qty = l.received_qty + v_wanted.qty where l.id = v_line.id;
        insert into purchasing.receipt_lines (receipt_id, line_no, order_line_id, product_id, qty)
        values (in_receipt.id, v_line.line_no, v_line.id, v_line.product_id, v_wanted.qty);
    end loop;
end $$;
comment on function purchasing.read_receipt(purchasing.orders, purchasing.receipts, jsonb) is
    'Writes the lines of a receipt and counts them on the purchase order. UN001, UV001, UV301, UQ401 more than is open.';

create or replace function purchasing.receive_requests(in_order purchasing.orders) returns void
language plpgsql volatile
as $$
declare
    v_ids bigint[];
begin
    -- What came serves the requests of a line in the order in which they are needed.
    with filled as (
        select x.id
        from (
            select r.id, r.state, l.received_qty, sum(r.qty) over (partition by l.id order by r.needed_on, r.id) as needed
            from purchasing.order_lines l join purchasing.requests r on r.purchase_line_id = l.id
            where l.order_id = in_order.id
        ) x
        where x.state = 'ordered' and x.needed <= x.received_qty
    ), locked as (
        select r.id from purchasing.requests r where r.id in (select f.id from filled f) order by r.id for no key update
    ), received as (
        update purchasing.requests r set state = 'received', version = r.version + 1 from locked k where r.id = k.id returning r.id
    )
    select array_agg(r.id) into v_ids from received r;
    perform workflow.take_step('purchase_request', x.id, 'ordered', 'receive') from unnest(v_ids) x (id);
end $$;
comment on function purchasing.receive_requests(purchasing.orders) is 'Marks the requests received that the goods received so far have filled.';

create or replace function purchasing.take_in(in_order purchasing.orders, in_receipt purchasing.receipts) returns void
language plpgsql volatile
as $$
declare
    v_product_ids bigint[];
    v_qtys numeric[];
begin
    select array_agg(x.product_id), array_agg(x.qty) into v_product_ids, v_qtys
    from (
        select l.product_id, sum(l.qty) as qty from purchasing.receipt_lines l where l.receipt_id = in_receipt.id
        group by l.product_id order by l.product_id
    ) x;
    perform stock.lock_balances(v_product_ids, array[in_order.warehouse_id]);
    update stock.balances b set incoming = b.incoming - x.qty
    from unnest(v_product_ids, v_qtys) x (product_id, qty)
    where b.product_id = x.product_id and b.warehouse_id = in_order.warehouse_id;
    perform finance.post_entry('receipt', 'receipt', in_receipt.id, current_date,
        stock.post_moves('receipt', 'receipt', in_receipt.id, in_order.warehouse_id, v_product_ids, v_qtys), null, in_order.supplier_id, in_receipt.number);
    perform stock.allocate_all(v_product_ids, array[in_order.warehouse_id]);
end $$;
comment on function purchasing.take_in(purchasing.orders, purchasing.receipts) is
    'Brings received goods from incoming into stock, posts them and gives them to those who wait.';
