-- New passwords, set by the person herself at the gate. The server sees verifiers only: the length of a password is the
-- client's to check; that it was not used before is proved to the server with the salts of the former ones.

create or replace function auth.remembered_passwords(in_user_id bigint)
returns table (salt bytea, iterations int, stored_key bytea)
language sql stable
as $$
    select c.salt, c.iterations, c.stored_key from auth.credentials c where c.user_id = in_user_id
    union all
    (select f.salt, f.iterations, f.stored_key from auth.former_credentials f where f.user_id = in_user_id
        order by f.id desc limit (select g.passwords_remembered - 1 from auth.gate_settings g))
$$;
comment on function auth.remembered_passwords(bigint) is 'The verifiers of the passwords that a person can''t choose again, the present one first.';

create or replace function auth.password_rules(in_user_id bigint) returns jsonb
language sql stable
as $$
    select jsonb_build_object(
        'iterations', g.iterations, 'remembered', g.passwords_remembered,
        'length', case when auth.gives_codes(in_user_id) then g.password_length_with_code else g.password_length end,
        'former', (select coalesce(jsonb_agg(jsonb_build_object('salt', encode(f.salt, 'base64'), 'iterations', f.iterations)), '[]')
            from auth.remembered_passwords(in_user_id) f))
    from auth.gate_settings g
$$;
comment on function auth.password_rules(bigint) is
    'What a client needs for a new password: rounds, fewest characters, how many former ones count, and their salts.';

create or replace function auth.password_due(in_user_id bigint) returns text
language sql stable
as $$
    select case when c.must_change then 'given' when c.changed_at < clock_timestamp() - g.password_valid_for then 'expired' end
    from auth.credentials c cross join auth.gate_settings g where c.user_id = in_user_id
$$;
comment on function auth.password_due(bigint) is 'Why a new password is due: given (somebody else chose the present one) or expired; null if none is.';

create or replace function auth.renew_password(in_challenge uuid, in_document jsonb) returns void
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_challenge auth.challenges := auth.open_challenge(in_challenge);
    v_stage text := auth.next_stage(v_challenge);
    v_user auth.users;
begin
    if v_stage is null or v_stage not in ('renew', 'ok') then
        return;
    end if;
    select * into strict v_user from auth.users u where u.id = v_challenge.user_id for no key update;
    if exists (
        select from jsonb_array_elements_text(case jsonb_typeof(in_document -> 'former') when 'array' then in_document -> 'former' else '[]' end) f
        join auth.remembered_passwords(v_user.id) p on encode(p.stored_key, 'base64') = f)
    then
        perform auth.keep_verdict(v_challenge, 'password_used');
        return;
    end if;
    perform auth.record_own_change(v_user.id,
        (select jsonb_build_object('password_changed_at', c.changed_at) from auth.credentials c where c.user_id = v_user.id),
        jsonb_build_object('password_changed_at', clock_timestamp()));
    perform auth.set_credentials(v_user.id, in_document, false);
    perform auth.shut_out(v_user, in_challenge);
    if v_challenge.by_mail then
        perform auth.end_reset(v_challenge);
    end if;
    perform auth.keep_verdict(v_challenge, 'ok');
end $$;
comment on function auth.renew_password(uuid, jsonb) is
    'Sets the person''s own password, after the present one (or a mailed code) and the code of her phone were proved in this login; all her sessions end. Document: salt, iterations, stored_key, server_key; former: the stored keys of the new password under each salt that password_rules told. Says nothing, finish_login does. UV103.';
