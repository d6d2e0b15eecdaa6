-- Invoices for what was shipped: drafted from an order, issued with a gap-free number, posted.

create or replace function finance.open_invoice(in_id bigint, in_version int) returns finance.invoices
language plpgsql volatile
as $$
declare
    v_invoice finance.invoices;
begin
    perform auth.require_role('erp_invoice_enter');
    select * into v_invoice from finance.invoices i where i.id = in_id for update;
    if not found then
        perform meta.refuse('UN001', format('invoice %s is not there', in_id), jsonb_build_object('document_type', 'invoice', 'id', in_id));
    end if;
    if in_version is distinct from v_invoice.version then
        perform meta.refuse('UC001', format('invoice %s has version %s, not %s', in_id, v_invoice.version, in_version),
            jsonb_build_object('document_type', 'invoice', 'id', in_id, 'version', v_invoice.version));
    end if;
    return v_invoice;
end $$;
comment on function finance.open_invoice(bigint, int) is
    'The door to an invoice: checks the right, that the invoice is there and unchanged, and locks it. Finance sees the invoices of the whole company. UA001, UN001, UC001.';

create or replace function finance.create_invoice(in_request_id uuid, in_document jsonb, in_version int) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb;
    v_order sales.orders;
    v_invoice finance.invoices;
begin
    v_result := meta.begin_request(in_request_id, 'finance.create_invoice', in_document);
    if v_result is not null then
        return v_result;
    end if;
    perform auth.require_role('erp_invoice_enter');
    select * into v_order from sales.orders o where o.id = meta.id_of(in_document, 'order_id') for update;
    if not found then
        perform meta.refuse('UN001', 'the order is not there',
            pg_catalog.jsonb_build_object('document_type', 'order', 'id', in_document -> 'order_id'), 'order_id');
    end if;
    insert into finance.invoices (customer_id, customer_name, branch_id, order_id, currency, created_by)
    values (v_order.customer_id, v_order.customer_name, v_order.branch_id, v_order.id, v_order.currency, auth.user_id())
    returning * into v_invoice;
    perform finance.fill_invoice(v_invoice.id, v_order.id);
    select * into v_invoice from finance.invoices i where i.id = v_invoice.id;
    if v_invoice.gross_amount = 0 and not exists (select from finance.invoice_lines l where l.invoice_id = v_invoice.id) then
        perform meta.refuse('US602', pg_catalog.format('order %s has nothing shipped that is not invoiced', v_order.number),
            pg_catalog.jsonb_build_object('number', v_order.number));
    end if;
    perform workflow.record_event('invoice', v_invoice.id, 'create', null, 'draft', '',
        pg_catalog.jsonb_build_object('order', v_order.number));
    return meta.end_request(in_request_id, finance.invoice_result(v_invoice));
end $$;
comment on function finance.create_invoice(uuid, jsonb, int) is
    'Drafts the invoice for all that is shipped and not yet invoiced of the order {"order_id"}. US602 when there is nothing to invoice.';
grant execute on function finance.create_invoice(uuid, jsonb, int) to erp_invoice_enter;

create or replace function finance.fill_invoice(in_invoice_id bigint, in_order_id bigint) returns void
language plpgsql volatile
as $$
begin
    -- Each invoice takes what all that is shipped comes to, less what the earlier ones took: they add up to the cent, and none
    -- has to give back what others rounded up.
    with to_bill as (
        select l.*, l.shipped_qty - l.invoiced_qty as bill_qty, d.net as billed_net, d.tax as billed_tax
        from sales.order_lines l
        cross join lateral (
            select coalesce(sum(i.net_amount), 0) as net, coalesce(sum(i.tax_amount), 0) as tax
            from finance.invoice_lines i where i.order_line_id = l.id
        ) d
        where l.order_id = in_order_id and l.shipped_qty > l.invoiced_qty
    ), priced as (
        select b.*,
            round(b.net_amount * b.shipped_qty / b.qty, 2) - b.billed_net as bill_net,
            round(b.tax_amount * b.shipped_qty / b.qty, 2) - b.billed_tax as bill_tax
        from to_bill b
    )
    insert into finance.invoice_lines (invoice_id, line_no, order_line_id, product_id, description, qty, unit_price,
        discount_rate, tax_rate, net_amount, tax_amount, gross_amount)
    select in_invoice_id, row_number() over (order by p.line_no), p.id, p.product_id, p.description, p.bill_qty, p.unit_price,
        p.discount_rate, p.tax_rate, p.bill_net, p.bill_tax, p.bill_net + p.bill_tax
    from priced p;
    update sales.order_lines l set invoiced_qty = l.shipped_qty
    where l.order_id = in_order_id and l.shipped_qty > l.invoiced_qty;
    update finance.invoices i set (net_amount, tax_amount, gross_amount) = (
        select coalesce(sum(l.net_amount), 0), coalesce(sum(l.tax_amount), 0), coalesce(sum(l.gross_amount), 0)
        from finance.invoice_lines l where l.invoice_id = i.id)
    where i.id = in_invoice_id;
end $$;
comment on function finance.fill_invoice(bigint, bigint) is 'Fills a new invoice with what is shipped and not yet invoiced of the order, and its totals.';

create or replace function finance.invoice_result(in_invoice finance.invoices) returns jsonb
language sql stable
as $$
    select jsonb_build_object('id', in_invoice.id, 'number', in_invoice.number, 'state', in_invoice.state,
        'version', in_invoice.version, 'gross_amount', in_invoice.gross_amount)
$$;
comment on function finance.invoice_result(finance.invoices) is 'What a command on an invoice returns.';

create or replace function finance.issue_invoice(in_request_id uuid, in_document jsonb, in_version int) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb;
    v_invoice finance.invoices;
    v_state text;
begin
    v_result := meta.begin_request(in_request_id, 'finance.issue_invoice', in_document);
    if v_result is not null then
        return v_result;
    end if;
    v_invoice := finance.open_invoice(meta.id_of(in_document, 'id'), in_version);
    v_state := workflow.take_step('invoice', v_invoice.id, v_invoice.state, 'issue');
    perform finance.require_open_period(current_date);
    update finance.invoices i set state = v_state, number = meta.next_number('INV', current_date), issued_on = current_date,
        due_on = current_date + (select c.payment_days from crm.customers c where c.id = i.customer_id), version = i.version + 1
    where i.id = v_invoice.id returning * into v_invoice;
    perform finance.post_entry('invoice', 'invoice', v_invoice.id, v_invoice.issued_on,
        pg_catalog.jsonb_build_object('net', v_invoice.net_amount, 'tax', v_invoice.tax_amount, 'gross', v_invoice.gross_amount),
        v_invoice.customer_id, null, v_invoice.number);
    -- Nothing is owed, so no payment will ever come: goods given away (or a cent's rounding) are settled as they are issued.
    if v_invoice.gross_amount = 0 then
        update finance.invoices i set state = workflow.take_step('invoice', i.id, i.state, 'settle')
        where i.id = v_invoice.id returning * into v_invoice;
    end if;
    perform sales.derive_order(v_invoice.order_id);
    return meta.end_request(in_request_id, finance.invoice_result(v_invoice));
end $$;
comment on function finance.issue_invoice(uuid, jsonb, int) is
    'Issues the draft {"id"}: gives the gap-free number, the dates, and posts receivable, revenue and tax; an invoice of nothing posts nothing and is paid at once. UC001 changed meanwhile, US001 wrong state, UL601 period closed.';
grant execute on function finance.issue_invoice(uuid, jsonb, int) to erp_invoice_enter;

create or replace function finance.discard_invoice(in_request_id uuid, in_document jsonb, in_version int) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb;
    v_invoice finance.invoices;
begin
    v_result := meta.begin_request(in_request_id, 'finance.discard_invoice', in_document);
    if v_result is not null then
        return v_result;
    end if;
    v_invoice := finance.open_invoice(meta.id_of(in_document, 'id'), in_version);
    if v_invoice.state <> 'draft' then
        perform meta.refuse('US001', 'only a draft can be discarded',
            pg_catalog.jsonb_build_object('document_type', 'invoice', 'action', 'discard', 'state', v_invoice.state));
    end if;
    update sales.order_lines l set invoiced_qty = l.invoiced_qty - i.qty
    from finance.invoice_lines i where i.invoice_id = v_invoice.id and l.id = i.order_line_id;
    delete from finance.invoices i where i.id = v_invoice.id;
    return meta.end_request(in_request_id, pg_catalog.jsonb_build_object('id', v_invoice.id, 'state', 'discarded'));
end $$;
comment on function finance.discard_invoice(uuid, jsonb, int) is 'Throws the draft {"id"} away; what it would have billed can be invoiced again. US001 when it is issued.';
grant execute on function finance.discard_invoice(uuid, jsonb, int) to erp_invoice_enter;
