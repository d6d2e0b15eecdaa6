-- How sessions end: by the person, by an administrator, after idle time, at the end of validity. A connection belongs to the
-- session whose tag stands behind the program's name in its application_name. A client can name another session there, but
-- only one of the same person, and a session that is ended on purpose takes the secret with it (docs/adr/0034-sessions-end.md).

create or replace function auth.session_end(in_session auth.sessions) returns timestamptz
language sql stable
as $$
    select least(in_session.valid_until, in_session.last_active_at + g.session_idle) from auth.gate_settings g
$$;
comment on function auth.session_end(auth.sessions) is 'When a session is over if its person is not active until then.';

create or replace function auth.tag_of(in_application text) returns text
language sql immutable parallel safe
as $$
    select substring(in_application from ' ([0-9a-f]{12})$')
$$;
comment on function auth.tag_of(text) is 'The tag of a session at the end of an application_name; null if there is none.';

create or replace function auth.cut_strays() returns int
language sql volatile
as $$
    -- A session is there before its first connection: one that began before this statement and names none has lost it.
    select count(pg_terminate_backend(a.pid))::int
    from pg_stat_activity a join auth.users u on u.role_name = a.usename
    where a.datname = current_database() and a.pid <> pg_backend_pid() and a.backend_start < statement_timestamp()
        and (not u.is_active or not exists (
            select from auth.sessions s where s.user_id = u.id and s.tag = auth.tag_of(a.application_name)))
$$;
comment on function auth.cut_strays() is
    'Ends the connections of people that belong to no session of theirs, or whose person is inactive; how many.';

create or replace function auth.cut_what_is_due() returns int
language plpgsql volatile
as $$
declare
    v_user_id bigint;
    v_ended int := 0;
begin
    -- Nobody takes herself off the list: the connection that asks stays.
    for v_user_id in
        delete from auth.cuts_due d where d.user_id in (
            select x.user_id from auth.cuts_due x where x.user_id is distinct from auth.user_id() for update skip locked)
        returning d.user_id
    loop
        v_ended := v_ended + (
            select count(pg_terminate_backend(a.pid)) from pg_stat_activity a join auth.users u on u.role_name = a.usename
            where u.id = v_user_id and a.pid <> pg_backend_pid() and a.datname = current_database());
    end loop;
    return v_ended;
end $$;
comment on function auth.cut_what_is_due() is
    'Ends once more the connections of people whose rights or account were changed, now that the change is committed; how many.';

create or replace function auth.end_what_is_over() returns int
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_user auth.users;
    v_session auth.sessions;
    v_ended int := 0;
begin
    -- Who is at it already, in whatever way, is left to that.
    for v_user in
        select * from auth.users u where exists (
            select from auth.sessions s where s.user_id = u.id and auth.session_end(s) <= clock_timestamp())
        order by u.id for no key update skip locked
    loop
        for v_session in
            delete from auth.sessions s where s.user_id = v_user.id and auth.session_end(s) <= clock_timestamp() returning s.*
        loop
            perform audit.record('session_end', 'auth.users', v_user.id, jsonb_build_object('computer', v_session.computer,
                'ended_by', case when v_session.valid_until <= clock_timestamp() then 'validity' else 'idle' end), v_user.role_name);
        end loop;
        if not exists (select from auth.sessions s where s.user_id = v_user.id) then
            perform auth.close_sessions(v_user);
        end if;
    end loop;
    v_ended := auth.cut_what_is_due();
    return v_ended + auth.cut_strays();
end $$;
comment on function auth.end_what_is_over() is
    'Ends the sessions whose time is up (idle or end of validity), and connections that should be none any more; how many connections. Called by every login, by all programs each minute and when they hear of a cut.';

grant execute on function auth.end_what_is_over() to erp_worker;

create or replace function auth.keep_session(in_tag text, in_is_active boolean) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_user_id bigint := auth.user_id();
    v_session auth.sessions;
begin
    -- Who was active a moment too late was not active in time.
    perform auth.end_what_is_over();
    if in_is_active then
        update auth.sessions s set last_active_at = clock_timestamp() where s.user_id = v_user_id and s.tag = in_tag;
    end if;
    select * into v_session from auth.sessions s where s.user_id = v_user_id and s.tag = in_tag;
    return jsonb_build_object('is_live', found and auth.session_end(v_session) > clock_timestamp(),
        'seconds_left', greatest(0, floor(extract(epoch from auth.session_end(v_session) - clock_timestamp()))),
        'ends_idle', auth.session_end(v_session) < v_session.valid_until);
end $$;
comment on function auth.keep_session(text, boolean) is
    'The heartbeat of a session of this person, named by its tag: whether it lives, for how many seconds if she is not active from now on, and whether it is idleness that ends it then. in_is_active: she was active since the last time. Ends what is over, too.';

create or replace function auth.rotate_secret(in_user auth.users) returns void
language plpgsql volatile
as $$
declare
    v_secret text := encode(auth.random_bytes(), 'hex');
    v_valid_until timestamptz := (select max(s.valid_until) from auth.sessions s where s.user_id = in_user.id);
begin
    if v_valid_until is null then
        perform auth.close_sessions(in_user);
        return;
    end if;
    insert into auth.session_secrets (user_id, secret, valid_until) values (in_user.id, v_secret, v_valid_until)
    on conflict (user_id) do update set secret = excluded.secret, valid_until = excluded.valid_until;
    execute format('alter role %I password %L valid until %L', in_user.role_name,
        auth.scram_verifier(v_secret), to_char(v_valid_until at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'));
end $$;
comment on function auth.rotate_secret(auth.users) is
    'Gives the sessions that a person still has a new secret, which they fetch at the gate (auth.resume_session); with none left there is no secret either.';

create or replace function auth.resume_session(in_session uuid) returns text
language sql stable security definer set search_path = ''
as $$
    select x.secret
    from auth.sessions s join auth.users u on u.id = s.user_id join auth.session_secrets x on x.user_id = u.id
    where s.id = in_session and u.is_active and auth.session_end(s) > clock_timestamp()
$$;
comment on function auth.resume_session(uuid) is
    'The present secret of the person''s role, for a session of hers that lives; null for any other. The id of a session is known to its program only.';

create or replace function auth.end_own_sessions(in_request_id uuid, in_document jsonb, in_version int default null) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb := meta.begin_request(in_request_id, 'auth.end_own_sessions', in_document);
    v_tag text := meta.text_of(in_document, 'tag', 12);
    v_but text := meta.text_of(in_document, 'but', 12, coalesce(v_tag, '') = '');
    v_user auth.users;
    v_session auth.sessions;
    v_ended int := 0;
begin
    if v_result is not null then
        return v_result;
    end if;
    select * into v_user from auth.users u where u.id = auth.user_id() for no key update;
    for v_session in
        delete from auth.sessions s where s.user_id = v_user.id and case when v_tag <> '' then s.tag = v_tag else s.tag <> v_but end
        returning s.*
    loop
        v_ended := v_ended + 1;
        perform audit.record('session_end', 'auth.users', v_user.id, jsonb_build_object('computer', v_session.computer, 'ended_by', 'person'));
    end loop;
    if v_ended > 0 then
        perform auth.rotate_secret(v_user);
        perform auth.cut_connections(v_user);
    end if;
    return meta.end_request(in_request_id, jsonb_build_object('ended', v_ended));
end $$;
comment on function auth.end_own_sessions(uuid, jsonb, int) is
    'Ends a session of the person herself (tag), or all of them except one (but). All her connections end but this one, and the secret is another: sessions that go on fetch it at the gate. One that is over already is none. UV001 neither is named.';

create or replace function auth.end_sessions(in_request_id uuid, in_document jsonb, in_version int) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb := meta.begin_request(in_request_id, 'auth.end_sessions', in_document);
    v_user auth.users;
begin
    if v_result is not null then
        return v_result;
    end if;
    v_user := auth.open_user(meta.id_of(in_document, 'user_id'), in_version);
    perform audit.record('session_end', 'auth.users', v_user.id, jsonb_build_object('ended_by', 'administrator', 'sessions',
        (select count(*) from auth.sessions s where s.user_id = v_user.id)));
    perform auth.shut_out(v_user);
    return auth.close_user(in_request_id, v_user.id);
end $$;
comment on function auth.end_sessions(uuid, jsonb, int) is
    'Ends all sessions of a person at once, with their connections; she may log in again. Document: user_id. UA001, UN001, UC001.';

create view auth.session_list with (security_invoker = true) as
select s.user_id, s.tag, s.started_at, s.last_active_at, s.valid_until, s.address, s.client, s.computer from auth.sessions s;
comment on view auth.session_list is 'Who is logged in from where: one''s own sessions, those of all people for who manages accounts.';
