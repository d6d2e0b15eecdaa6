-- Idempotency: a client that lost its connection repeats the request with the same id and gets the first result.
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
    'Null for a new request, else the result of the first one. UV001 no id, UV002 id used by another person, command or document.';

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
