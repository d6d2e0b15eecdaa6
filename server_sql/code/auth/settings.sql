-- How strict the gate is: locks, sessions, rules for passwords, and which roles need one-time codes.

create view auth.gate_rules with (security_invoker = true) as
select g.failures_allowed, extract(epoch from g.first_lock)::int / 60 as first_lock_minutes,
    extract(epoch from g.longest_lock)::int / 3600 as longest_lock_hours, g.address_failures_allowed,
    extract(epoch from g.session_length)::int / 3600 as session_hours,
    extract(epoch from g.session_idle)::int / 60 as session_idle_minutes, g.password_length, g.password_length_with_code,
    g.passwords_remembered, extract(epoch from g.password_valid_for)::int / 86400 as password_valid_days,
    array(select c.role_name::text from auth.roles_with_codes c order by 1) as roles_with_codes, g.version
from auth.gate_settings g;
comment on view auth.gate_rules is 'The settings of the gate (one row), in the units in which auth.save_gate_rules takes them.';
create policy select_all on auth.roles_with_codes for select to erp_user_manage, erp_settings_manage using (true);
grant select on auth.roles_with_codes, auth.gate_rules to erp_user_manage, erp_settings_manage;

create or replace function auth.whole_of(in_document jsonb, in_field text, in_min int, in_max int, in_required boolean default true) returns int
language plpgsql immutable
as $$
declare
    v_number numeric := meta.numeric_of(in_document, in_field, in_min, in_max, in_required);
begin
    if v_number <> trunc(v_number) then
        perform meta.refuse('UV003', 'a number is not whole', jsonb_build_object('field', in_field, 'value', v_number::text), in_field);
    end if;
    return v_number::int;
end $$;
comment on function auth.whole_of(jsonb, text, int, int, boolean) is 'A whole number of a document. UV001, UV003, UV004.';

create or replace function auth.demand_codes(in_roles jsonb) returns void
language plpgsql volatile
as $$
declare
    v_roles text[];
    v_unknown text;
begin
    if jsonb_typeof(in_roles) is distinct from 'array' then
        perform meta.refuse('UV102', 'roles are not a list', '{"role": ""}', 'roles_with_codes');
    end if;
    v_roles := array(select jsonb_array_elements_text(in_roles));
    select e into v_unknown from unnest(v_roles) e where not exists (select from auth.roles r where r.name::text = e) limit 1;
    if found then
        perform meta.refuse('UV102', 'a role that is not there', jsonb_build_object('role', left(coalesce(v_unknown, ''), 100)), 'roles_with_codes');
    end if;
    delete from auth.roles_with_codes c where c.role_name::text <> all (v_roles);
    insert into auth.roles_with_codes (role_name) select unnest(v_roles)::name on conflict do nothing;
end $$;
comment on function auth.demand_codes(jsonb) is 'Makes the roles that need one-time codes exactly those named. UV102 a role that auth.roles does not list.';

create or replace function auth.save_gate_rules(in_request_id uuid, in_document jsonb, in_version int) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb := meta.begin_request(in_request_id, 'auth.save_gate_rules', in_document);
    v_settings auth.gate_settings;
    v_before jsonb;
    v_after jsonb;
begin
    if v_result is not null then
        return v_result;
    end if;
    if not auth.has_role('erp_settings_manage') then
        perform auth.require_role('erp_user_manage');
    end if;
    select * into strict v_settings from auth.gate_settings for no key update;
    if in_version is distinct from v_settings.version then
        perform meta.refuse('UC001', format('the settings are at version %s, not %s', v_settings.version, in_version));
    end if;
    select to_jsonb(r) into strict v_before from auth.gate_rules r;
    update auth.gate_settings
    set failures_allowed = auth.whole_of(in_document, 'failures_allowed', 1, 100),
        first_lock = make_interval(mins => auth.whole_of(in_document, 'first_lock_minutes', 1, 1440)),
        longest_lock = make_interval(hours => auth.whole_of(in_document, 'longest_lock_hours', 1, 744)),
        address_failures_allowed = auth.whole_of(in_document, 'address_failures_allowed', 1, 100000),
        session_length = make_interval(hours => auth.whole_of(in_document, 'session_hours', 1, 168)),
        session_idle = make_interval(mins => auth.whole_of(in_document, 'session_idle_minutes', 5, 1440, false)),
        password_length = auth.whole_of(in_document, 'password_length', 8, 64),
        password_length_with_code = auth.whole_of(in_document, 'password_length_with_code', 8, 64),
        passwords_remembered = auth.whole_of(in_document, 'passwords_remembered', 1, 24),
        password_valid_for = make_interval(days => auth.whole_of(in_document, 'password_valid_days', 1, 3650, false)),
        version = version + 1
    returning * into v_settings;
    perform auth.demand_codes(in_document -> 'roles_with_codes');
    select to_jsonb(r) into strict v_after from auth.gate_rules r;
    insert into audit.changes (table_name, row_id, operation, before, after)
    select 'auth.gate_settings', 1, 'update', jsonb_object_agg(b.key, b.value), jsonb_object_agg(b.key, v_after -> b.key)
    from jsonb_each(v_before) b where b.value is distinct from v_after -> b.key;
    return meta.end_request(in_request_id, jsonb_build_object('version', v_settings.version));
end $$;
comment on function auth.save_gate_rules(uuid, jsonb, int) is
    'Sets how strict the gate is. Document: failures_allowed, first_lock_minutes, longest_lock_hours, address_failures_allowed, session_hours, session_idle_minutes (null: never), password_length, password_length_with_code, passwords_remembered, password_valid_days (null: no end), roles_with_codes (names). UA001, UC001, UV001, UV003, UV004, UV102.';
grant execute on function auth.save_gate_rules(uuid, jsonb, int) to erp_user_manage, erp_settings_manage;

create or replace function auth.reset_codes(in_request_id uuid, in_document jsonb, in_version int) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb := meta.begin_request(in_request_id, 'auth.reset_codes', in_document);
    v_user auth.users;
begin
    if v_result is not null then
        return v_result;
    end if;
    v_user := auth.open_user(meta.id_of(in_document, 'user_id'), in_version);
    insert into audit.changes (table_name, row_id, operation, before, after)
    values ('auth.users', v_user.id, 'update', jsonb_build_object('second_factor', auth.gives_codes(v_user.id)), '{"second_factor": false}');
    perform auth.remove_codes(v_user.id);
    perform auth.drop_logins(v_user);
    return auth.close_user(in_request_id, v_user.id);
end $$;
comment on function auth.reset_codes(uuid, jsonb, int) is
    'Forgets the second factor of somebody who lost it: where a role demands one, the next login sets up a new one. Document: user_id. UA001, UN001, UC001.';
grant execute on function auth.reset_codes(uuid, jsonb, int) to erp_user_manage;
