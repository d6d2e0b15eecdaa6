-- The accounts as administrators list them.

create or replace function auth.account_states()
returns table (user_id bigint, locked_until timestamptz, last_login_at timestamptz, session_until timestamptz, has_codes boolean, roles text[])
language sql stable security definer set search_path = ''
as $$
    select u.id,
        (select n.locked_until from auth.name_failures n
            where n.name_mark = auth.name_mark(u.login) and n.locked_until > clock_timestamp()),
        (select max(a.at) from auth.attempts a where a.user_id = u.id and a.verdict = 'ok'),
        (select max(s.valid_until) from auth.sessions s where s.user_id = u.id and s.valid_until > clock_timestamp()),
        auth.gives_codes(u.id),
        auth.direct_roles(u)
    from auth.users u
$$;
comment on function auth.account_states() is
    'For each person: until when the account is locked (null: it is not), when she last logged in, until when a session of hers lasts, whether she gives one-time codes, and the roles given to her herself.';
grant execute on function auth.account_states() to erp_user_manage;

create or replace function auth.titles_of(in_roles text[], out titles_zh text, out titles_en text)
language sql stable
as $$
    select coalesce(string_agg(r.title_zh, '、' order by r.kind desc, r.name), ''), coalesce(string_agg(r.title_en, ', ' order by r.kind desc, r.name), '')
    from auth.roles r where r.name::text = any (in_roles)
$$;
comment on function auth.titles_of(text[]) is 'The titles of roles, job roles first.';
grant execute on function auth.titles_of(text[]) to erp_user_manage;

create view auth.person_list with (security_invoker = true) as
select u.id, u.login, u.display_name as name_zh, coalesce(nullif(u.display_name_en, ''), u.display_name) as name_en,
    case when not u.is_active then 'disabled' when s.locked_until is not null then 'locked' else 'enabled' end as state,
    s.locked_until, s.last_login_at, s.session_until is not null as has_session, s.has_codes, s.roles, t.titles_zh as roles_zh, t.titles_en as roles_en,
    array(select b.branch_id from auth.user_branches b where b.user_id = u.id order by 1) as branches,
    array(select w.warehouse_id from auth.user_warehouses w where w.user_id = u.id order by 1) as warehouses,
    array(select c.work_centre_id from auth.user_work_centres c where c.user_id = u.id order by 1) as work_centres,
    array_to_string(array(
        select p.name_zh from auth.user_branches b join org.branches p on p.id = b.branch_id where b.user_id = u.id
        union all
        select p.name_zh from auth.user_warehouses w join org.warehouses p on p.id = w.warehouse_id where w.user_id = u.id
        union all
        select p.name_zh from auth.user_work_centres c join org.work_centres p on p.id = c.work_centre_id where c.user_id = u.id), '、') as scopes_zh,
    array_to_string(array(
        select p.name_en from auth.user_branches b join org.branches p on p.id = b.branch_id where b.user_id = u.id
        union all
        select p.name_en from auth.user_warehouses w join org.warehouses p on p.id = w.warehouse_id where w.user_id = u.id
        union all
        select p.name_en from auth.user_work_centres c join org.work_centres p on p.id = c.work_centre_id where c.user_id = u.id), ', ') as scopes_en,
    u.language, u.email, u.phone, u.created_at, u.version
from auth.users u
left join auth.account_states() s on s.user_id = u.id
left join lateral auth.titles_of(s.roles) t on true;
comment on view auth.person_list is 'Accounts with their state (enabled, locked, disabled), last login, roles and scopes. People are few: the sub-selects run once for each.';
grant select on auth.person_list to erp_user_manage;
