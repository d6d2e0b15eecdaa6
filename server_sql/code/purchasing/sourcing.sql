-- From whom a product is bought by default, and requests that nobody needs any more.

create or replace function purchasing.set_preferred_supplier(in_request_id uuid, in_document jsonb, in_version int) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb := meta.begin_request(in_request_id, 'purchasing.set_preferred_supplier', in_document);
    v_product_id bigint := meta.id_of(in_document, 'product_id');
    v_supplier_id bigint := meta.id_of(in_document, 'supplier_id');
    v_price numeric := meta.numeric_of(in_document, 'unit_price', 0, 99999999);
    v_supplier purchasing.suppliers;
    v_id bigint;
begin
    if v_result is not null then
        return v_result;
    end if;
    perform auth.require_role('erp_purchase_enter');
    -- Two buyers who choose for one product wait for each other here.
    perform from catalog.products p where p.id = v_product_id and p.supply = 'buy' for no key update;
    if not found then
        perform meta.refuse('UN001', pg_catalog.format('product %s is not there or not bought', v_product_id),
            pg_catalog.jsonb_build_object('document_type', 'product', 'id', v_product_id), 'product_id');
    end if;
    select * into v_supplier from purchasing.suppliers s where s.id = v_supplier_id;
    if not found then
        perform meta.refuse('UN001', pg_catalog.format('supplier %s is not there', v_supplier_id),
            pg_catalog.jsonb_build_object('document_type', 'supplier', 'id', v_supplier_id), 'supplier_id');
    end if;
    if not v_supplier.is_active then
        perform meta.refuse('UV403', pg_catalog.format('supplier %s is not active', v_supplier.code),
            pg_catalog.jsonb_build_object('supplier', v_supplier.code), 'supplier_id');
    end if;
    update purchasing.supplier_products x set is_preferred = false
    where x.product_id = v_product_id and x.is_preferred and x.supplier_id <> v_supplier_id;
    insert into purchasing.supplier_products as x (supplier_id, product_id, unit_price, is_preferred)
    values (v_supplier_id, v_product_id, v_price, true)
    on conflict (product_id, supplier_id) do update set unit_price = excluded.unit_price, is_preferred = true
    returning x.id into v_id;
    return meta.end_request(in_request_id, pg_catalog.jsonb_build_object('id', v_id, 'supplier', v_supplier.code));
end $$;
comment on function purchasing.set_preferred_supplier(uuid, jsonb, int) is
    'Makes {"supplier_id"} the one preferred supplier of {"product_id"} at {"unit_price"} without tax; least quantity and days of an offer that is there stay. in_version is not used. UA001, UN001, UV001, UV003, UV004, UV403 supplier not active.';
grant execute on function purchasing.set_preferred_supplier(uuid, jsonb, int) to erp_purchase_enter;

create or replace function purchasing.who_waits(in_request purchasing.requests) returns text
language sql stable
as $$
    select o.number from sales.order_lines l join sales.orders o on o.id = l.order_id
    where l.id = in_request.order_line_id and l.state in ('waiting', 'in_production') and l.qty > l.reserved_qty + l.shipped_qty
    union all
    select w.number from production.work_orders w
    where w.id = in_request.work_order_id and w.state in ('planned', 'released', 'in_progress') and exists (
        select from production.work_order_materials m
        where m.work_order_id = w.id and m.product_id = in_request.product_id and m.required_qty > m.reserved_qty + m.issued_qty)
$$;
comment on function purchasing.who_waits(purchasing.requests) is
    'The number of the sales order or work order that still lacks what a request asks for, null if none does.';

create or replace function purchasing.cancel_request(in_request_id uuid, in_document jsonb, in_version int) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb := meta.begin_request(in_request_id, 'purchasing.cancel_request', in_document);
    v_id bigint := meta.id_of(in_document, 'id');
    v_reason text := meta.text_of(in_document, 'reason', 1000, true);
    v_request purchasing.requests;
    v_waiting text;
    v_state text;
begin
    if v_result is not null then
        return v_result;
    end if;
    perform auth.require_role('erp_purchase_enter');
    select * into v_request from purchasing.requests r where r.id = v_id for no key update;
    if not found then
        perform meta.refuse('UN001', pg_catalog.format('purchase request %s is not there', v_id),
            pg_catalog.jsonb_build_object('document_type', 'purchase_request', 'id', v_id));
    end if;
    if in_version is distinct from v_request.version then
        perform sales.refuse_changed('purchase_request', v_id, in_version);
    end if;
    v_state := workflow.take_step('purchase_request', v_id, v_request.state, 'cancel', v_reason);
    v_waiting := purchasing.who_waits(v_request);
    if v_waiting is not null then
        perform meta.refuse('US401', pg_catalog.format('%s waits for what %s requests', v_waiting, v_request.number),
            pg_catalog.jsonb_build_object('number', v_request.number, 'waiting', v_waiting));
    end if;
    update purchasing.requests r set state = v_state, version = r.version + 1 where r.id = v_id returning * into v_request;
    return meta.end_request(in_request_id, pg_catalog.jsonb_build_object(
        'id', v_id, 'number', v_request.number, 'state', v_request.state, 'version', v_request.version));
end $$;
comment on function purchasing.cancel_request(uuid, jsonb, int) is
    'Cancels the open request {"id", "reason"} that nobody needs any more. UA001, UN001, UC001, US001, US401 an order or work order still waits for it, UV001, UV005.';
grant execute on function purchasing.cancel_request(uuid, jsonb, int) to erp_purchase_enter;
