-- Counted stock that differs from the books.

create or replace function stock.open_balance(in_product_id bigint, in_warehouse_id bigint) returns stock.balances
language plpgsql volatile
as $$
declare
    v_balance stock.balances;
begin
    perform auth.require_role('erp_stock_adjust');
    if not in_warehouse_id = any (auth.warehouse_ids()) then
        perform meta.refuse('UN001', format('warehouse %s is not one of this person''s', in_warehouse_id),
            jsonb_build_object('document_type', 'warehouse', 'id', in_warehouse_id), 'warehouse_id');
    end if;
    if not exists (select from catalog.products p where p.id = in_product_id and p.supply <> 'none') then
        perform meta.refuse('UN001', format('product %s is not there or not kept in stock', in_product_id),
            jsonb_build_object('document_type', 'product', 'id', in_product_id), 'product_id');
    end if;
    perform stock.lock_balances(array[in_product_id], array[in_warehouse_id]);
    select * into strict v_balance from stock.balances b where b.product_id = in_product_id and b.warehouse_id = in_warehouse_id;
    return v_balance;
end $$;
comment on function stock.open_balance(bigint, bigint) is
    'The door to the stock of a product in a warehouse: checks the right to adjust and that the warehouse is the person''s; locks it. UA001, UN001.';

create or replace function stock.holders_of(in_product_id bigint, in_warehouse_id bigint) returns text
language sql stable
as $$
    select string_agg(coalesce(o.number, w.number) || ' ×' || trim_scale(r.qty), ', ' order by r.reserved_at, r.id)
    from stock.reservations r
    left join sales.order_lines l on l.id = r.order_line_id
    left join sales.orders o on o.id = l.order_id
    left join production.work_order_materials m on m.id = r.work_order_material_id
    left join production.work_orders w on w.id = m.work_order_id
    where r.product_id = in_product_id and r.warehouse_id = in_warehouse_id
$$;
comment on function stock.holders_of(bigint, bigint) is 'The orders and work orders that hold stock of a product in a warehouse, with their quantities, as text.';

create or replace function stock.adjust_stock(in_request_id uuid, in_document jsonb, in_version int) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb := meta.begin_request(in_request_id, 'stock.adjust_stock', in_document);
    v_reason text := meta.text_of(in_document, 'reason', 200, true);
    v_counted numeric := meta.numeric_of(in_document, 'counted_qty', 0, 99999999999);
    v_balance stock.balances;
    v_adjustment stock.adjustments;
    v_touched bigint[];
begin
    if v_result is not null then
        return v_result;
    end if;
    v_balance := stock.open_balance(meta.id_of(in_document, 'product_id'), meta.id_of(in_document, 'warehouse_id'));
    perform stock.check_qty(v_balance.product_id, v_counted, 'counted_qty');
    perform stock.check_count(v_balance, v_counted, meta.numeric_of(in_document, 'book_qty', 0, 99999999999, false));
    insert into stock.adjustments (number, warehouse_id, product_id, counted_qty, difference, reason, adjusted_by)
    values (meta.next_number('ADJ', current_date), v_balance.warehouse_id, v_balance.product_id, v_counted, v_counted - v_balance.on_hand,
        v_reason, auth.user_id())
    returning * into v_adjustment;
    perform finance.post_entry('adjustment', 'adjustment', v_adjustment.id, current_date, stock.post_moves('adjustment', 'adjustment',
        v_adjustment.id, v_balance.warehouse_id, array[v_balance.product_id], array[v_adjustment.difference]), null, null, v_adjustment.number);
    perform stock.allocate(v_balance.product_id, v_balance.warehouse_id);
    return meta.end_request(in_request_id, pg_catalog.jsonb_build_object('id', v_adjustment.id, 'number', v_adjustment.number,
        'state', 'posted', 'version', 1, 'on_hand', v_counted, 'difference', v_adjustment.difference));
end $$;
comment on function stock.adjust_stock(uuid, jsonb, int) is
    'Makes the books agree with the count {"warehouse_id", "product_id", "counted_qty", "reason", "book_qty"?}; book_qty is what the counter saw in the books. Posts the difference; what is found goes to those who wait. in_version is not used. UA001, UN001, UV001, UV301, UV303 no difference, UC301 the books moved since, UQ303 less than reserved, UL601.';
grant execute on function stock.adjust_stock(uuid, jsonb, int) to erp_stock_adjust;

create or replace function stock.check_count(in_balance stock.balances, in_counted numeric, in_book_qty numeric) returns void
language plpgsql stable
as $$
declare
    v_product text := (select p.code from catalog.products p where p.id = in_balance.product_id);
    v_warehouse text := (select w.code from org.warehouses w where w.id = in_balance.warehouse_id);
    v_where jsonb := (select jsonb_build_object('warehouse', w.code, 'warehouse_zh', w.name_zh, 'warehouse_en', w.name_en)
        from org.warehouses w where w.id = in_balance.warehouse_id);
begin
    if in_book_qty <> in_balance.on_hand then
        perform meta.refuse('UC301', format('%s in %s: the books say %s by now', v_product, v_warehouse, in_balance.on_hand),
            v_where || jsonb_build_object('product', v_product, 'on_hand', in_balance.on_hand, 'book_qty', in_book_qty), 'counted_qty');
    end if;
    if in_counted = in_balance.on_hand then
        perform meta.refuse('UV303', format('%s in %s: the count agrees with the books', v_product, v_warehouse),
            v_where || jsonb_build_object('product', v_product, 'on_hand', in_balance.on_hand), 'counted_qty');
    end if;
    if in_counted < in_balance.reserved then
        perform meta.refuse('UQ303', format('%s in %s: %s is reserved', v_product, v_warehouse, in_balance.reserved),
            v_where || jsonb_build_object('product', v_product, 'counted', in_counted, 'reserved', in_balance.reserved,
                'documents', stock.holders_of(in_balance.product_id, in_balance.warehouse_id)), 'counted_qty');
    end if;
end $$;
comment on function stock.check_count(stock.balances, numeric, numeric) is
    'Refuses a count that cannot be booked: UC301 the books moved since, UV303 no difference, UQ303 less than reserved (names who holds it).';
