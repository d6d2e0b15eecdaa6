-- What administrators do: create people, give and take roles and scopes, disable, unlock, reset. Role names are built
-- with %I and come from auth.users and auth.roles only, never from the document.

create or replace function auth.bytes_of(in_document jsonb, in_field text) returns bytea
language plpgsql immutable
as $$
declare
    v_text text := in_document ->> in_field;
begin
    -- 32 bytes are 43 characters of base64 and one sign of padding.
    if v_text is null or v_text !~ '^[A-Za-z0-9+/]{43}=$' then
        perform meta.refuse('UV103', format('%s is not 32 bytes in base64', in_field), in_field => in_field);
    end if;
    return decode(v_text, 'base64');
end $$;
comment on function auth.bytes_of(jsonb, text) is '32 bytes that a document gives in base64. UV103 anything else.';

create or replace function auth.set_credentials(in_user_id bigint, in_document jsonb, in_must_change boolean) returns void
language plpgsql volatile
as $$
declare
    v_iterations int := (select g.iterations from auth.gate_settings g);
    v_had_one boolean;
begin
    if in_document ->> 'iterations' is distinct from v_iterations::text then
        perform meta.refuse('UV103', format('this server wants %s iterations', v_iterations), in_field => 'iterations');
    end if;
    insert into auth.former_credentials (user_id, salt, iterations, stored_key)
    select c.user_id, c.salt, c.iterations, c.stored_key from auth.credentials c where c.user_id = in_user_id;
    v_had_one := found;
    delete from auth.former_credentials f where f.user_id = in_user_id and f.id not in (
        select x.id from auth.former_credentials x where x.user_id = in_user_id order by x.id desc limit 24);
    insert into auth.credentials (user_id, salt, iterations, stored_key, server_key, must_change)
    values (in_user_id, auth.bytes_of(in_document, 'salt'), v_iterations,
        auth.bytes_of(in_document, 'stored_key'), auth.bytes_of(in_document, 'server_key'), in_must_change)
    on conflict (user_id) do update set salt = excluded.salt, iterations = excluded.iterations, stored_key = excluded.stored_key,
        server_key = excluded.server_key, must_change = excluded.must_change, changed_at = clock_timestamp();
    if v_had_one then
        perform audit.record('password', 'auth.users', in_user_id, jsonb_build_object('must_change', in_must_change),
            case when session_user = 'erp_gate' then (select u.role_name from auth.users u where u.id = in_user_id) else session_user end);
    end if;
end $$;
comment on function auth.set_credentials(bigint, jsonb, boolean) is
    'Keeps the verifiers of a new password, and those of the old one among the former. UV103 when they are not 32 bytes each or the iterations are not those of the gate.';

create or replace function auth.direct_roles(in_user auth.users) returns text[]
language sql stable
as $$
    select coalesce(array_agg(r.name::text order by r.name), '{}')
    from auth.roles r
    join pg_roles g on g.rolname = r.name
    join pg_auth_members m on m.roleid = g.oid
    join pg_roles p on p.oid = m.member and p.rolname = in_user.role_name
$$;
comment on function auth.direct_roles(auth.users) is 'The roles given to a person herself, without those that they bring along.';

create or replace function auth.is_administrator(in_user auth.users) returns boolean
language sql stable
as $$
    select in_user.is_active and pg_has_role(in_user.role_name, 'erp_user_manage', 'usage')
$$;
comment on function auth.is_administrator(auth.users) is 'Whether a person is active and may manage accounts.';

create or replace function auth.require_administrators() returns void
language plpgsql stable
as $$
begin
    if not exists (select from auth.users u where auth.is_administrator(u)) then
        perform meta.refuse('UL101', 'nobody would be left who may manage accounts');
    end if;
end $$;
comment on function auth.require_administrators() is 'Refuses UL101 when the last administrator would go.';

create or replace function auth.open_user(in_id bigint, in_version int) returns auth.users
language plpgsql volatile
as $$
declare
    v_user auth.users;
begin
    perform auth.require_role('erp_user_manage');
    -- One change of accounts at a time, so that two administrators can't remove each other.
    perform from auth.gate_settings for no key update;
    select * into v_user from auth.users u where u.id = in_id for no key update;
    if not found then
        perform meta.refuse('UN001', format('user %s is not there', in_id));
    end if;
    if in_version is distinct from v_user.version then
        perform meta.refuse('UC001', format('user %s is at version %s, not %s', in_id, v_user.version, in_version));
    end if;
    return v_user;
end $$;
comment on function auth.open_user(bigint, int) is
    'The door of accounts: the right erp_user_manage, the row locked, its version as the caller saw it. UA001, UN001, UC001.';

create or replace function auth.close_user(in_request_id uuid, in_user_id bigint) returns jsonb
language plpgsql volatile
as $$
declare
    v_user auth.users;
begin
    update auth.users u set version = u.version + 1 where u.id = in_user_id returning * into strict v_user;
    return meta.end_request(in_request_id, jsonb_build_object(
        'id', v_user.id, 'login', v_user.login, 'is_active', v_user.is_active, 'version', v_user.version));
end $$;
comment on function auth.close_user(uuid, bigint) is 'The end of a command on an account: a new version, and the result that the client gets.';

create or replace function auth.give_roles(in_user auth.users, in_roles jsonb) returns boolean
language plpgsql volatile
as $$
declare
    v_before text[] := auth.direct_roles(in_user);
    v_after text[];
    v_role text;
begin
    -- One change of accounts and roles at a time: see auth.open_user.
    perform from auth.gate_settings for no key update;
    select coalesce(array_agg(distinct e order by e), '{}') into v_after
    from jsonb_array_elements_text(case jsonb_typeof(in_roles) when 'array' then in_roles else '[]' end) e;
    select e into v_role from unnest(v_after) e where not exists (select from auth.roles r where r.name::text = e) limit 1;
    if found or jsonb_typeof(in_roles) is distinct from 'array' then
        perform meta.refuse('UV102', 'a role that cannot be given', jsonb_build_object('role', left(coalesce(v_role, ''), 100)), 'roles');
    end if;
    for v_role in select unnest(v_before) except select unnest(v_after) loop
        execute format('revoke %I from %I', v_role, in_user.role_name);
    end loop;
    for v_role in select unnest(v_after) except select unnest(v_before) loop
        execute format('grant %I to %I', v_role, in_user.role_name);
    end loop;
    if v_before <> v_after then
        insert into audit.changes (table_name, row_id, operation, before, after)
        values ('auth.users', in_user.id, 'update', jsonb_build_object('roles', v_before), jsonb_build_object('roles', v_after));
    end if;
    return not v_before <@ v_after;
end $$;
comment on function auth.give_roles(auth.users, jsonb) is
    'Makes the roles of a person exactly those named; whether one was taken away. UV102 a role that auth.roles does not list.';

create or replace function auth.ids_of(in_document jsonb, in_field text) returns bigint[]
language plpgsql immutable
as $$
declare
    v_ids jsonb := coalesce(in_document -> in_field, '[]');
begin
    if jsonb_typeof(v_ids) <> 'array' then
        perform meta.refuse('UV003', 'a field is not a list', jsonb_build_object('field', in_field, 'value', left(v_ids::text, 40)), in_field);
    end if;
    return (select coalesce(array_agg(distinct meta.id_of(jsonb_build_object(in_field, e), in_field)), '{}') from jsonb_array_elements(v_ids) e);
end $$;
comment on function auth.ids_of(jsonb, text) is 'The list of ids in a field of a document, none if it is absent. UV003, UV004.';

create or replace function auth.give_scopes(in_user auth.users, in_document jsonb) returns void
language plpgsql volatile
as $$
declare
    v_branches bigint[] := auth.ids_of(in_document, 'branches');
    v_warehouses bigint[] := auth.ids_of(in_document, 'warehouses');
    v_work_centres bigint[] := auth.ids_of(in_document, 'work_centres');
begin
    delete from auth.user_branches s where s.user_id = in_user.id and s.branch_id <> all (v_branches);
    delete from auth.user_warehouses s where s.user_id = in_user.id and s.warehouse_id <> all (v_warehouses);
    delete from auth.user_work_centres s where s.user_id = in_user.id and s.work_centre_id <> all (v_work_centres);
    insert into auth.user_branches (user_id, branch_id) select in_user.id, unnest(v_branches) on conflict do nothing;
    insert into auth.user_warehouses (user_id, warehouse_id) select in_user.id, unnest(v_warehouses) on conflict do nothing;
    insert into auth.user_work_centres (user_id, work_centre_id) select in_user.id, unnest(v_work_centres) on conflict do nothing;
end $$;
comment on function auth.give_scopes(auth.users, jsonb) is 'Makes the branches, warehouses and work centres of a person exactly those named by id.';

create or replace function auth.ensure_person_role(in_user auth.users) returns void
language plpgsql volatile
as $$
declare
    v_role text;
begin
    if exists (select from pg_roles where rolname = in_user.role_name) then
        -- Left behind by a database that is gone: it starts again with nothing.
        foreach v_role in array auth.direct_roles(in_user) loop
            execute format('revoke %I from %I', v_role, in_user.role_name);
        end loop;
        execute format('alter role %I login password null', in_user.role_name);
    else
        execute format('create role %I login connection limit 30', in_user.role_name);
    end if;
    execute format('grant erp_person to %I', in_user.role_name);
    execute format('comment on role %I is %L', in_user.role_name, 'A person of the program; see auth.users.');
end $$;
comment on function auth.ensure_person_role(auth.users) is 'Makes the login role of a new person, a member of erp_person only, without a password.';

create or replace function auth.language_of(in_document jsonb) returns text
language plpgsql immutable
as $$
declare
    v_language text := coalesce(nullif(meta.text_of(in_document, 'language', 10), ''), 'zh');
begin
    if v_language not in ('zh', 'en') then
        perform meta.refuse('UV003', 'an unknown language', jsonb_build_object('field', 'language', 'value', v_language), 'language');
    end if;
    return v_language;
end $$;
comment on function auth.language_of(jsonb) is 'The language that a document gives a person: zh (also when it is absent) or en. UV003.';

create or replace function auth.email_of(in_document jsonb) returns text
language plpgsql immutable
as $$
declare
    v_email text := nullif(meta.text_of(in_document, 'email', 200), '');
begin
    if v_email !~ '^[^@[:space:]]+@[^@[:space:]]+$' then
        perform meta.refuse('UV108', 'not an e-mail address', jsonb_build_object('value', v_email), 'email');
    end if;
    return v_email;
end $$;
comment on function auth.email_of(jsonb) is 'The e-mail address that a document gives a person, null if it is absent. UV108.';

create or replace function auth.create_user(in_request_id uuid, in_document jsonb, in_version int default null) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb := meta.begin_request(in_request_id, 'auth.create_user', in_document);
    v_login text := auth.normal_login(meta.text_of(in_document, 'login', 57, true));
    v_user auth.users;
begin
    if v_result is not null then
        return v_result;
    end if;
    perform auth.require_role('erp_user_manage');
    begin
        insert into auth.users (login, display_name, display_name_en, language, email, phone, created_by)
        values (v_login, meta.text_of(in_document, 'display_name', 100, true), meta.text_of(in_document, 'display_name_en', 100),
            auth.language_of(in_document), auth.email_of(in_document),
            nullif(meta.text_of(in_document, 'phone', 40), ''), auth.user_id())
        on conflict (login) do nothing returning * into v_user;
    exception when check_violation then
        if sqlerrm not like '%users_login_check%' then
            raise;
        end if;
        perform meta.refuse('UV101', 'a login that cannot be used', jsonb_build_object('login', v_login), 'login');
    end;
    if v_user.id is null then
        perform meta.refuse('UV104', 'the login is taken', jsonb_build_object('login', v_login), 'login');
    end if;
    perform auth.ensure_person_role(v_user);
    perform auth.set_credentials(v_user.id, in_document, coalesce(in_document -> 'must_change' <> 'false', true));
    perform auth.give_roles(v_user, coalesce(in_document -> 'roles', '[]'));
    perform auth.give_scopes(v_user, in_document);
    return meta.end_request(in_request_id, jsonb_build_object('id', v_user.id, 'login', v_user.login, 'is_active', true, 'version', v_user.version));
end $$;
comment on function auth.create_user(uuid, jsonb, int) is
    'Creates a person. Document: login, display_name, display_name_en, language (zh, en), email, phone; salt, iterations, stored_key, server_key (base64; the password stays with the client), must_change (default true); roles (names), branches, warehouses, work_centres (ids). UA001, UV101 login unusable, UV102, UV103, UV104 login taken.';

create or replace function auth.set_user_roles(in_request_id uuid, in_document jsonb, in_version int) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb := meta.begin_request(in_request_id, 'auth.set_user_roles', in_document);
    v_user auth.users;
    v_was_administrator boolean;
begin
    if v_result is not null then
        return v_result;
    end if;
    v_user := auth.open_user(meta.id_of(in_document, 'user_id'), in_version);
    v_was_administrator := auth.is_administrator(v_user);
    if auth.give_roles(v_user, in_document -> 'roles') then
        perform auth.cut_connections(v_user);
    end if;
    if v_was_administrator then
        perform auth.require_administrators();
    end if;
    return auth.close_user(in_request_id, v_user.id);
end $$;
comment on function auth.set_user_roles(uuid, jsonb, int) is
    'Makes the roles of a person exactly those named. Document: user_id, roles. When one is taken away her connections end and open again with what is left. UA001, UN001, UC001, UV102, UL101 last administrator.';

create or replace function auth.set_user_scopes(in_request_id uuid, in_document jsonb, in_version int) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb := meta.begin_request(in_request_id, 'auth.set_user_scopes', in_document);
    v_user auth.users;
begin
    if v_result is not null then
        return v_result;
    end if;
    v_user := auth.open_user(meta.id_of(in_document, 'user_id'), in_version);
    perform auth.give_scopes(v_user, in_document);
    return auth.close_user(in_request_id, v_user.id);
end $$;
comment on function auth.set_user_scopes(uuid, jsonb, int) is
    'Makes the scopes of a person exactly those named. Document: user_id, branches, warehouses, work_centres (ids). UA001, UN001, UC001.';

create or replace function auth.save_user(in_request_id uuid, in_document jsonb, in_version int) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb := meta.begin_request(in_request_id, 'auth.save_user', in_document);
    v_user auth.users;
    v_was_administrator boolean;
begin
    if v_result is not null then
        return v_result;
    end if;
    v_user := auth.open_user(meta.id_of(in_document, 'user_id'), in_version);
    v_was_administrator := auth.is_administrator(v_user);
    update auth.users u set display_name = meta.text_of(in_document, 'display_name', 100, true),
        display_name_en = meta.text_of(in_document, 'display_name_en', 100), language = auth.language_of(in_document),
        email = auth.email_of(in_document), phone = nullif(meta.text_of(in_document, 'phone', 40), '')
    where u.id = v_user.id;
    if auth.give_roles(v_user, in_document -> 'roles') then
        perform auth.cut_connections(v_user);
    end if;
    perform auth.give_scopes(v_user, in_document);
    if v_was_administrator then
        perform auth.require_administrators();
    end if;
    return auth.close_user(in_request_id, v_user.id);
end $$;
comment on function auth.save_user(uuid, jsonb, int) is
    'Makes names, language, contact, roles and scopes of a person exactly those of the document: user_id, display_name, display_name_en, language (zh, en), email, phone, roles (names), branches, warehouses, work_centres (ids). When a role is taken away her connections end and open again with what is left. UA001, UN001, UC001, UV003, UV102, UV108, UL101 last administrator.';

create or replace function auth.disable_user(in_request_id uuid, in_document jsonb, in_version int) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb := meta.begin_request(in_request_id, 'auth.disable_user', in_document);
    v_user auth.users;
    v_was_administrator boolean;
begin
    if v_result is not null then
        return v_result;
    end if;
    v_user := auth.open_user(meta.id_of(in_document, 'user_id'), in_version);
    if v_user.role_name = session_user then
        perform meta.refuse('US101', 'nobody disables her own account');
    end if;
    v_was_administrator := auth.is_administrator(v_user);
    update auth.users u set is_active = false where u.id = v_user.id;
    if v_was_administrator then
        perform auth.require_administrators();
    end if;
    execute format('alter role %I nologin', v_user.role_name);
    perform auth.shut_out(v_user);
    return auth.close_user(in_request_id, v_user.id);
end $$;
comment on function auth.disable_user(uuid, jsonb, int) is
    'Shuts an account at once: no login, open connections end. Document: user_id. UA001, UN001, UC001, US101 own account, UL101 last administrator.';

create or replace function auth.enable_user(in_request_id uuid, in_document jsonb, in_version int) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb := meta.begin_request(in_request_id, 'auth.enable_user', in_document);
    v_user auth.users;
begin
    if v_result is not null then
        return v_result;
    end if;
    v_user := auth.open_user(meta.id_of(in_document, 'user_id'), in_version);
    update auth.users u set is_active = true where u.id = v_user.id;
    execute format('alter role %I login', v_user.role_name);
    return auth.close_user(in_request_id, v_user.id);
end $$;
comment on function auth.enable_user(uuid, jsonb, int) is 'Opens a disabled account again. Document: user_id. UA001, UN001, UC001.';

create or replace function auth.unlock_user(in_request_id uuid, in_document jsonb, in_version int) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb := meta.begin_request(in_request_id, 'auth.unlock_user', in_document);
    v_user auth.users;
begin
    if v_result is not null then
        return v_result;
    end if;
    v_user := auth.open_user(meta.id_of(in_document, 'user_id'), in_version);
    perform auth.forget_failures(v_user.login);
    perform audit.record('unlock', 'auth.users', v_user.id);
    return auth.close_user(in_request_id, v_user.id);
end $$;
comment on function auth.unlock_user(uuid, jsonb, int) is
    'Forgets the wrong passwords of an account, so that the person may try again at once. Document: user_id. UA001, UN001, UC001.';

create or replace function auth.reset_password(in_request_id uuid, in_document jsonb, in_version int) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb := meta.begin_request(in_request_id, 'auth.reset_password', in_document);
    v_user auth.users;
begin
    if v_result is not null then
        return v_result;
    end if;
    v_user := auth.open_user(meta.id_of(in_document, 'user_id'), in_version);
    perform auth.set_credentials(v_user.id, in_document, true);
    perform auth.shut_out(v_user);
    perform auth.forget_failures(v_user.login);
    return auth.close_user(in_request_id, v_user.id);
end $$;
comment on function auth.reset_password(uuid, jsonb, int) is
    'Gives an account a new password, to be changed at the next login, unlocks it and ends its sessions. Document: user_id, salt, iterations, stored_key, server_key. UA001, UN001, UC001, UV103.';
