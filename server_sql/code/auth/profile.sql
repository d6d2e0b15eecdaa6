-- What a logged-in person may ask and do about herself.

create or replace view auth.people with (security_invoker = true) as
select u.id, u.display_name, u.display_name_en, u.is_active from auth.users u;
comment on view auth.people is 'The names of people, for everybody: documents say who did what.';

create or replace function auth.my_profile() returns jsonb
language sql stable security definer set search_path = ''
as $$
    select jsonb_build_object(
        'id', u.id, 'login', u.login, 'role_name', u.role_name, 'display_name', u.display_name, 'display_name_en', u.display_name_en,
        'language', u.language, 'email', u.email, 'phone', u.phone, 'version', u.version,
        'roles', (select coalesce(jsonb_agg(r.name order by r.name), '[]') from auth.roles r
            where pg_has_role(session_user, r.name, 'usage')),
        'branches', (select coalesce(jsonb_agg(jsonb_build_object('id', b.id, 'code', b.code, 'name_zh', b.name_zh, 'name_en', b.name_en)
            order by b.code), '[]') from auth.user_branches s join org.branches b on b.id = s.branch_id where s.user_id = u.id),
        'warehouses', (select coalesce(jsonb_agg(jsonb_build_object('id', w.id, 'code', w.code, 'name_zh', w.name_zh, 'name_en', w.name_en)
            order by w.code), '[]') from auth.user_warehouses s join org.warehouses w on w.id = s.warehouse_id where s.user_id = u.id),
        'work_centres', (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'code', c.code, 'name_zh', c.name_zh, 'name_en', c.name_en)
            order by c.code), '[]') from auth.user_work_centres s join org.work_centres c on c.id = s.work_centre_id where s.user_id = u.id),
        'screens', (select coalesce(jsonb_agg(s.code order by s.department, s.ordinal), '[]') from meta.my_screens s))
    from auth.users u where u.role_name = session_user and u.is_active
$$;
comment on function auth.my_profile() is
    'The person of this session: names, roles (through whatever other roles), branches, warehouses, work centres, screens; null for anybody else.';

create or replace function auth.close_sessions(in_user auth.users) returns void
language plpgsql volatile
as $$
begin
    delete from auth.sessions s where s.user_id = in_user.id;
    delete from auth.session_secrets s where s.user_id = in_user.id;
    execute format('alter role %I password null', in_user.role_name);
end $$;
comment on function auth.close_sessions(auth.users) is 'Ends all sessions of a person: her secret opens no further connection. Open ones stay; see auth.cut_connections.';

create or replace function auth.cut_connections(in_user auth.users) returns void
language sql volatile
as $$
    -- What is being connected at this moment is not to be seen yet and gets in by what was so before the commit. Whoever hears
    -- of the cut once it is committed calls auth.end_what_is_over, as all programs do now and then.
    insert into auth.cuts_due (user_id) values (in_user.id) on conflict (user_id) do update set ordered_at = excluded.ordered_at;
    select pg_notify('erp_changes', 'cut:' || in_user.id);
    select pg_terminate_backend(a.pid) from pg_stat_activity a
    where a.usename = in_user.role_name and a.pid <> pg_backend_pid()
$$;
comment on function auth.cut_connections(auth.users) is 'Ends the open connections of a person, except the one that asks, now and once more after the commit.';

create or replace function auth.shut_out(in_user auth.users, in_but uuid default null) returns void
language sql volatile
as $$
    select auth.drop_logins(in_user, in_but), auth.close_sessions(in_user), auth.cut_connections(in_user)
$$;
comment on function auth.shut_out(auth.users, uuid) is
    'Ends all that a person has open: logins under way (except in_but), sessions and connections. Whether she may log in again is not decided here.';

create or replace function auth.end_session(in_session uuid) returns void
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_user auth.users;
begin
    select * into v_user from auth.users u where u.id = auth.user_id() for no key update;
    if not found then
        return;
    end if;
    perform audit.record('logout', 'auth.users', v_user.id);
    delete from auth.sessions s where s.user_id = v_user.id and (s.id = in_session or s.valid_until < clock_timestamp());
    if not exists (select from auth.sessions s where s.user_id = v_user.id) then
        perform auth.close_sessions(v_user);
    end if;
end $$;
comment on function auth.end_session(uuid) is 'Logs out: ends one session of the person; with the last one her secret opens no further connection.';

create or replace function auth.my_account() returns jsonb
language sql stable security definer set search_path = ''
as $$
    select jsonb_build_object(
        'password_changed_at', c.changed_at, 'password_until', c.changed_at + g.password_valid_for, 'rules', auth.password_rules(u.id),
        'codes_since', s.enrolled_at, 'codes_needed', auth.needs_code(u),
        'recovery_codes_left', (select count(*) from auth.recovery_codes r where r.user_id = u.id))
    from auth.users u join auth.credentials c on c.user_id = u.id cross join auth.gate_settings g
    left join auth.code_secrets s on s.user_id = u.id
    where u.role_name = session_user and u.is_active
$$;
comment on function auth.my_account() is
    'How the person of this session logs in: age of her password and until when it is good (null: no end), rules for a new one, since when she gives codes (null: she does not), whether a role demands them, recovery codes left.';
