-- Events that are no change of a row. Here: what people take out of the program, exported lists and printed documents.
-- The desktop records them before the file or the paper leaves it. Reading by plain SQL leaves no such line; what is read there is no more than the screens show.

create or replace function audit.record(
    in_operation text, in_table text, in_row_id bigint, in_details jsonb default null, in_role name default session_user) returns void
language sql volatile
as $$
    insert into audit.changes (table_name, row_id, operation, after, role_name) values (in_table, in_row_id, in_operation, in_details, in_role)
$$;
comment on function audit.record(text, text, bigint, jsonb, name) is
    'Writes an event that is no change of a row into the trail; in_role is the person who did it, where that is not the one connected.';

create or replace function audit.printed_table(in_document_type text) returns text
language sql immutable
as $$
    select t.name from (values
        ('order', 'sales.orders'), ('shipment', 'stock.shipments'), ('work_order', 'production.work_orders'),
        ('purchase_order', 'purchasing.orders'), ('invoice', 'finance.invoices'), ('customer', 'crm.customers'), ('seal', 'audit.seals')
    ) t (document_type, name) where t.document_type = in_document_type
$$;
comment on function audit.printed_table(text) is 'The table whose rows a kind of printed document shows; null for a kind that is not printed.';

create or replace function audit.record_print(in_request_id uuid, in_document jsonb, in_version int default null) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb := meta.begin_request(in_request_id, 'audit.record_print', in_document);
    v_type text := meta.text_of(in_document, 'document_type', 40, true);
    v_medium text := meta.text_of(in_document, 'medium', 10, true);
begin
    if v_result is not null then
        return v_result;
    end if;
    if audit.printed_table(v_type) is null then
        perform meta.refuse('UV003', 'a kind that is not printed', jsonb_build_object('field', 'document_type', 'value', v_type), 'document_type');
    end if;
    if v_medium not in ('paper', 'file') then
        perform meta.refuse('UV003', 'an unknown medium', jsonb_build_object('field', 'medium', 'value', v_medium), 'medium');
    end if;
    perform audit.record('print', audit.printed_table(v_type), meta.id_of(in_document, 'document_id'), jsonb_build_object('medium', v_medium));
    return meta.end_request(in_request_id, '{}');
end $$;
comment on function audit.record_print(uuid, jsonb, int) is
    'Records that the person prints a document or saves it as a file. Document: document_type (order, shipment, work_order, purchase_order, invoice, customer, seal), document_id, medium (paper, file). UV003.';

create or replace function audit.record_export(in_request_id uuid, in_document jsonb, in_version int default null) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb := meta.begin_request(in_request_id, 'audit.record_export', in_document);
begin
    if v_result is not null then
        return v_result;
    end if;
    perform audit.record('export', 'audit.exports', auth.user_id(), jsonb_build_object(
        'list', meta.text_of(in_document, 'list', 100, true), 'file', meta.text_of(in_document, 'file', 200, true),
        'rows', meta.numeric_of(in_document, 'rows', 0, 1e12)));
    return meta.end_request(in_request_id, '{}');
end $$;
comment on function audit.record_export(uuid, jsonb, int) is
    'Records that the person writes a list to a file. Document: list (its title as the person saw it), file (the file''s name without its folder), rows.';

grant execute on function audit.record_print(uuid, jsonb, int), audit.record_export(uuid, jsonb, int) to erp_person;
