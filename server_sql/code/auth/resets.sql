-- A forgotten password. The gate takes a name and says nothing: known, unknown, disabled and mail-less names walk the same way,
-- each leaves a request and a job (who connects as the gate can listen to the queue's notices). The worker has a code made and
-- sends it. The code stands in for the password in a login of its own kind, after which codes of the phone are asked for as
-- ever, and then a new password. See docs/adr/0040-jobs-and-mail.md.

create or replace function auth.request_reset(in_login text) returns int
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_login text := auth.normal_login(left(in_login, 200));
    -- Counters of its own: whose name was locked by wrong passwords may ask, and asking locks nobody out.
    v_mark bytea := auth.derived_bytes('reset-request', v_login);
    v_address inet := auth.client_network();
    v_locked_until timestamptz;
    v_user_id bigint;
    v_id bigint;
begin
    if not meta.sends_mail() then
        perform meta.refuse('US104', 'no worker sends mail');
    end if;
    v_locked_until := auth.lock_counters(v_mark, v_address);
    if v_locked_until is not null then
        return greatest(1, ceil(extract(epoch from v_locked_until - clock_timestamp())));
    end if;
    perform auth.count_attempt(v_mark, v_address, false);
    select u.id into v_user_id from (values (v_login)) l (login) left join auth.users u on u.login = l.login;
    insert into auth.resets (user_id) values (v_user_id) returning id into v_id;
    perform meta.defer_job('mail', 'send_reset_code', jsonb_build_object('reset_id', v_id));
    perform audit.record('forgotten', 'auth.users', coalesce(v_user_id, 0));
    return 0;
end $$;
comment on function auth.request_reset(text) is
    'Asks for a code by e-mail for a name, whether it exists or not; 0, or how many seconds to wait: too many requests for this name or from this address. US104 nobody sends mail here.';

create or replace function auth.reset_mark(in_user_id bigint, in_code text) returns bytea
language plpgsql stable
as $$
begin
    return auth.derived_bytes('reset', concat(in_user_id, ':', in_code));
end $$;
comment on function auth.reset_mark(bigint, text) is 'Keyed hash of a mailed code: ten characters without dashes.';

create or replace function auth.issue_reset_code(in_id bigint) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    -- Crockford's alphabet: nothing in it looks like something else, and 32 characters leave nothing over of a byte.
    c_alphabet constant text := '0123456789abcdefghjkmnpqrstvwxyz';
    c_minutes constant int := 15;
    v_user auth.users;
    v_code text;
begin
    select u.* into v_user from auth.resets r join auth.users u on u.id = r.user_id
    where r.id = in_id and r.requested_at > clock_timestamp() - interval '30 minutes' and u.is_active and u.email is not null
    for update of r;
    if not found then
        return null;
    end if;
    select string_agg(substring(c_alphabet from get_byte(b.bytes, i) % 32 + 1 for 1), '' order by i) into strict v_code
    from (select auth.random_bytes() as bytes offset 0) b, generate_series(0, 9) i;
    update auth.resets r
    set mark = auth.reset_mark(v_user.id, v_code), sent_to = v_user.email, expires_at = clock_timestamp() + make_interval(mins => c_minutes)
    where r.id = in_id;
    return jsonb_build_object(
        'address', v_user.email, 'language', v_user.language, 'login', v_user.login,
        'name_zh', v_user.display_name, 'name_en', coalesce(nullif(v_user.display_name_en, ''), v_user.display_name),
        'code', left(v_code, 5) || '-' || right(v_code, 5), 'minutes', c_minutes,
        'company_zh', coalesce((select c.name_zh from org.companies c limit 1), ''),
        'company_en', coalesce((select c.name_en from org.companies c limit 1), ''));
end $$;
comment on function auth.issue_reset_code(bigint) is
    'A new code for a request, and to whom it goes; only its hash stays here, an earlier one of the same request is void. Null where there is nobody to write to, or the request is older than half an hour.';

create or replace function auth.begin_reset(in_login text, in_code text, out challenge uuid)
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_login text := auth.normal_login(left(in_login, 200));
    v_mark bytea := auth.derived_bytes('reset-code', v_login);
    v_address inet := auth.client_network();
    v_challenge auth.challenges;
    v_code_mark bytea;
    v_is_right boolean := false;
begin
    v_challenge.locked_until := auth.lock_counters(v_mark, v_address);
    v_challenge.verdict := 'locked';
    select u.id into v_challenge.user_id from (values (v_login)) l (login) left join auth.users u on u.login = l.login;
    if v_challenge.locked_until is null then
        v_code_mark := auth.reset_mark(v_challenge.user_id, auth.normal_code(in_code));
        delete from auth.resets r using auth.users u
        where r.mark = v_code_mark and r.expires_at > clock_timestamp() and u.id = r.user_id and u.is_active and u.email = r.sent_to;
        v_is_right := found;
        perform auth.count_attempt(v_mark, v_address, v_is_right);
        v_challenge.verdict := case when v_is_right then 'ok' else 'refused' end;
    end if;
    delete from auth.challenges where id in (
        select c.id from auth.challenges c where c.expires_at < clock_timestamp() limit 20 for update skip locked);
    insert into auth.challenges (login, user_id, client_first, server_first, answered_in, verdict, locked_until, by_mail)
    values (v_login, v_challenge.user_id, '', '', pg_current_xact_id(), v_challenge.verdict, v_challenge.locked_until, v_is_right)
    returning * into v_challenge;
    perform auth.record_attempt(v_challenge);
    challenge := v_challenge.id;
end $$;
comment on function auth.begin_reset(text, text) is
    'Begins a login with a mailed code in place of the password. A code is good once; wrong ones count and lock like wrong passwords. Says nothing, finish_login does: refused, locked, or what is due, at last a new password.';

create or replace function auth.forget_failures(in_login text) returns void
language sql volatile
as $$
    delete from auth.name_failures n where n.name_mark in (auth.name_mark(in_login),
        auth.derived_bytes('reset-request', in_login), auth.derived_bytes('reset-code', in_login))
$$;
comment on function auth.forget_failures(text) is 'Unlocks a name: forgets wrong passwords, wrong codes, and how often codes were asked for by mail.';

create or replace function auth.end_reset(in_challenge auth.challenges) returns void
language sql volatile
as $$
    update auth.challenges c set by_mail = false where c.id = in_challenge.id;
    select auth.forget_failures(in_challenge.login);
$$;
comment on function auth.end_reset(auth.challenges) is 'The new password is set: the name is unlocked.';

create or replace function auth.forget_resets() returns int
language sql volatile security definer set search_path = ''
as $$
    with gone as (
        delete from auth.resets r where coalesce(r.expires_at, r.requested_at + interval '30 minutes') < clock_timestamp() returning 1)
    select count(*)::int from gone
$$;
comment on function auth.forget_resets() is 'Removes requests and codes that are over; how many.';

grant usage on schema auth to erp_worker;
grant execute on function auth.issue_reset_code(bigint), auth.forget_resets() to erp_worker;
