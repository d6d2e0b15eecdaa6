-- Money received, and which invoices it settles.

create or replace function finance.record_payment(in_request_id uuid, in_document jsonb, in_version int) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb;
    v_customer crm.customers;
    v_payment finance.payments;
    v_method text := meta.text_of(in_document, 'method', 20, true);
begin
    v_result := meta.begin_request(in_request_id, 'finance.record_payment', in_document);
    if v_result is not null then
        return v_result;
    end if;
    perform auth.require_role('erp_payment_enter');
    select * into v_customer from crm.customers c where c.id = meta.id_of(in_document, 'customer_id');
    if not found then
        perform meta.refuse('UN001', 'the customer is not there',
            pg_catalog.jsonb_build_object('document_type', 'customer', 'id', in_document -> 'customer_id'), 'customer_id');
    end if;
    if v_method not in ('bank', 'cash', 'platform', 'note') then
        perform meta.refuse('UV601', 'unknown way of payment', pg_catalog.jsonb_build_object('value', v_method), 'method');
    end if;
    insert into finance.payments (number, customer_id, customer_name, received_on, method, reference, currency, amount, note, recorded_by)
    values (meta.next_number('PAY', current_date), v_customer.id, v_customer.name,
        meta.date_of(in_document, 'received_on', true, current_date - 366, current_date), v_method,
        meta.text_of(in_document, 'reference', 80), v_customer.currency,
        pg_catalog.round(meta.numeric_of(in_document, 'amount', 0.01, 999999999999), 2),
        meta.text_of(in_document, 'note', 500), auth.user_id())
    returning * into v_payment;
    perform finance.post_entry(case v_method when 'cash' then 'cash_payment' else 'payment' end, 'payment', v_payment.id,
        v_payment.received_on, pg_catalog.jsonb_build_object('gross', v_payment.amount), v_customer.id, null, v_payment.number);
    perform workflow.record_event('payment', v_payment.id, 'record', null, 'recorded');
    return meta.end_request(in_request_id, pg_catalog.jsonb_build_object('id', v_payment.id, 'number', v_payment.number,
        'state', 'recorded', 'version', v_payment.version));
end $$;
comment on function finance.record_payment(uuid, jsonb, int) is
    'Records money received {"customer_id", "received_on", "method", "reference", "amount", "note"} as the customer''s advance and posts it. UV601 unknown method; the same reference twice is refused by payments_reference_idx.';
grant execute on function finance.record_payment(uuid, jsonb, int) to erp_payment_enter;

create or replace function finance.allocate_payment(in_request_id uuid, in_document jsonb, in_version int) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb;
    v_payment finance.payments;
    v_total numeric;
    v_order_id bigint;
begin
    v_result := meta.begin_request(in_request_id, 'finance.allocate_payment', in_document);
    if v_result is not null then
        return v_result;
    end if;
    v_payment := finance.open_payment(meta.id_of(in_document, 'id'), in_version);
    v_total := finance.allocate_lines(v_payment, in_document);
    update finance.payments p set allocated_amount = p.allocated_amount + v_total, version = p.version + 1
    where p.id = v_payment.id returning * into v_payment;
    perform finance.post_entry('allocation', 'payment', v_payment.id, current_date,
        pg_catalog.jsonb_build_object('gross', v_total), v_payment.customer_id, null, v_payment.number);
    perform workflow.record_event('payment', v_payment.id, 'allocate', 'recorded', 'recorded', '',
        pg_catalog.jsonb_build_object('amount', v_total));
    for v_order_id in
        select distinct i.order_id from pg_catalog.jsonb_array_elements(in_document -> 'lines') x
        join finance.invoices i on i.id = meta.id_of(x.value, 'invoice_id') order by 1
    loop
        perform sales.derive_order(v_order_id);
    end loop;
    return meta.end_request(in_request_id, pg_catalog.jsonb_build_object('id', v_payment.id, 'number', v_payment.number,
        'state', 'recorded', 'version', v_payment.version, 'open_amount', v_payment.amount - v_payment.allocated_amount));
end $$;
comment on function finance.allocate_payment(uuid, jsonb, int) is
    'Settles invoices with the payment {"id", "lines": [{"invoice_id", "amount"}]}, posts it, and completes orders that are delivered and paid.';
grant execute on function finance.allocate_payment(uuid, jsonb, int) to erp_payment_enter;

create or replace function finance.open_payment(in_id bigint, in_version int) returns finance.payments
language plpgsql volatile
as $$
declare
    v_payment finance.payments;
begin
    perform auth.require_role('erp_payment_enter');
    select * into v_payment from finance.payments p where p.id = in_id for update;
    if not found then
        perform meta.refuse('UN001', format('payment %s is not there', in_id), jsonb_build_object('document_type', 'payment', 'id', in_id));
    end if;
    if in_version is distinct from v_payment.version then
        perform meta.refuse('UC001', format('payment %s has version %s, not %s', in_id, v_payment.version, in_version),
            jsonb_build_object('document_type', 'payment', 'id', in_id, 'version', v_payment.version));
    end if;
    return v_payment;
end $$;
comment on function finance.open_payment(bigint, int) is 'The door to a payment: right, there, unchanged, locked. UA001, UN001, UC001.';

create or replace function finance.allocate_lines(in_payment finance.payments, in_document jsonb) returns numeric
language plpgsql volatile
as $$
declare
    v_line record;
    v_invoice finance.invoices;
    v_open numeric := in_payment.amount - in_payment.allocated_amount;
    v_total numeric := 0;
begin
    if coalesce(jsonb_typeof(in_document -> 'lines'), '') <> 'array' or jsonb_array_length(in_document -> 'lines') = 0 then
        perform meta.refuse('UV001', 'no invoice chosen', '{"field": "lines"}', 'lines');
    end if;
    for v_line in
        select x.value as line, x.ordinality - 1 as position from jsonb_array_elements(in_document -> 'lines') with ordinality x
        order by x.value ->> 'invoice_id'
    loop
        select * into v_invoice from finance.invoices i where i.id = meta.id_of(v_line.line, 'invoice_id') for update;
        if not found or v_invoice.customer_id <> in_payment.customer_id then
            perform meta.refuse('UN001', 'the invoice is not there, or is another customer''s',
                jsonb_build_object('document_type', 'invoice', 'id', v_line.line -> 'invoice_id'), format('lines[%s].invoice_id', v_line.position));
        end if;
        v_total := v_total + finance.settle_invoice(in_payment.id, v_invoice,
            round(meta.numeric_of(v_line.line, 'amount', 0.01, 999999999999), 2), format('lines[%s].amount', v_line.position));
    end loop;
    if v_total > v_open then
        perform meta.refuse('UV602', 'more allocated than the payment has left',
            jsonb_build_object('amount', v_total, 'open', v_open), 'lines');
    end if;
    return v_total;
end $$;
comment on function finance.allocate_lines(finance.payments, jsonb) is 'Settles the invoices that the document names; returns the sum. UN001, UV602 more than the payment has left, UV603 more than the invoice has open.';

create or replace function finance.settle_invoice(in_payment_id bigint, in_invoice finance.invoices, in_amount numeric, in_field text)
returns numeric
language plpgsql volatile
as $$
begin
    if in_invoice.state <> 'issued' then
        perform meta.refuse('US001', format('invoice %s is %s', in_invoice.id, in_invoice.state),
            jsonb_build_object('document_type', 'invoice', 'action', 'settle', 'state', in_invoice.state), in_field);
    end if;
    if in_amount > in_invoice.gross_amount - in_invoice.allocated_amount then
        perform meta.refuse('UV603', format('invoice %s has less open', in_invoice.number), jsonb_build_object('number', in_invoice.number,
            'amount', in_amount, 'open', in_invoice.gross_amount - in_invoice.allocated_amount), in_field);
    end if;
    insert into finance.allocations (payment_id, invoice_id, amount, allocated_by)
    values (in_payment_id, in_invoice.id, in_amount, auth.user_id());
    update finance.invoices i set allocated_amount = i.allocated_amount + in_amount, version = i.version + 1,
        state = case when i.allocated_amount + in_amount = i.gross_amount
            then workflow.take_step('invoice', i.id, i.state, 'settle') else i.state end
    where i.id = in_invoice.id;
    return in_amount;
end $$;
comment on function finance.settle_invoice(bigint, finance.invoices, numeric, text) is 'Settles an amount of an issued invoice; the invoice is paid when nothing is left. Returns the amount. US001, UV603.';
