-- Idempotency: a client that lost its connection repeats the request with the same id and gets the first result.
create or replace function meta.enter_company_time() returns void
language sql volatile
as $$
    select set_config('TimeZone', split_part(c, '=', 2), true)
    from pg_db_role_setting s join pg_database d on d.oid = s.setdatabase, unnest(s.setconfig) c
    where d.datname = current_database() and s.setrole = 0 and c ilike 'timezone=%'
$$;
comment on function meta.enter_company_time() is
    'Until the transaction ends the day is that of the company''s database, whatever time zone the connection has set.';

create or replace function meta.begin_request(in_request_id uuid, in_command text, in_document jsonb) returns jsonb
language plpgsql volatile
as $$
declare
    v_md5 text := md5(coalesce(in_document, 'null')::text);
    v_request meta.requests;
begin
    if in_request_id is null then
        perform meta.refuse('UV001', 'a request has no id', '{"field": "request_id"}', 'request_id');
    end if;
    -- A transaction that sees only what was there when it began would check limits and states against the past.
    if current_setting('transaction_isolation') <> 'read committed' then
        perform meta.refuse('UV007', 'a command needs the isolation level read committed',
            jsonb_build_object('isolation', current_setting('transaction_isolation')));
    end if;
    perform meta.enter_company_time();
    -- A twin that is under way holds the key: this insert waits for its end.
    insert into meta.requests (request_id, command, document_md5) values (in_request_id, in_command, v_md5)
    on conflict (request_id) do nothing;
    if found then
        return null;
    end if;
    select * into strict v_request from meta.requests where request_id = in_request_id;
    if v_request.user_name <> session_user or v_request.command <> in_command or v_request.document_md5 <> v_md5 then
        perform meta.refuse('UV002', 'a request id was used for something else', jsonb_build_object('command', in_command));
    end if;
    return v_request.result;
end $$;
comment on function meta.begin_request(uuid, text, jsonb) is
    'Null for a new request, else the result of the first one. UV001 no id, UV002 id used by another person, command or document, UV007 isolation level. Every command begins here, on the company''s day.';

create or replace function meta.end_request(in_request_id uuid, in_result jsonb) returns jsonb
language plpgsql volatile
as $$
begin
    update meta.requests set result = in_result where request_id = in_request_id and result is null;
    if not found or in_result is null then
        raise exception 'meta.end_request(%) without meta.begin_request, or without a result', in_request_id;
    end if;
    return in_result;
end $$;
comment on function meta.end_request(uuid, jsonb) is 'Keeps the result of a request for its repetitions and returns it.';
