-- Who is at the other end of this connection, which rows are hers and what she may do. Policies call these as
-- `(select auth.user_id())`, never bare, so that each runs once a statement.

create or replace function auth.user_id() returns bigint
language sql stable security definer set search_path = ''
as $$
    select id from auth.users where role_name = session_user and is_active
$$;
comment on function auth.user_id() is 'The id of the person of this session; null for anybody else.';

create or replace function auth.branch_ids() returns bigint[]
language sql stable security definer set search_path = ''
as $$
    select coalesce(array_agg(s.branch_id), '{}')
    from auth.users u join auth.user_branches s on s.user_id = u.id where u.role_name = session_user and u.is_active
$$;
comment on function auth.branch_ids() is 'The branches of the person of this session.';

create or replace function auth.warehouse_ids() returns bigint[]
language sql stable security definer set search_path = ''
as $$
    select coalesce(array_agg(s.warehouse_id), '{}')
    from auth.users u join auth.user_warehouses s on s.user_id = u.id where u.role_name = session_user and u.is_active
$$;
comment on function auth.warehouse_ids() is 'The warehouses of the person of this session.';

create or replace function auth.work_centre_ids() returns bigint[]
language sql stable security definer set search_path = ''
as $$
    select coalesce(array_agg(s.work_centre_id), '{}')
    from auth.users u join auth.user_work_centres s on s.user_id = u.id where u.role_name = session_user and u.is_active
$$;
comment on function auth.work_centre_ids() is 'The work centres of the person of this session.';

create or replace function auth.has_role(in_role name) returns boolean
language sql stable security definer set search_path = ''
as $$
    select coalesce((select pg_has_role(session_user, r.oid, 'usage') from pg_roles r where r.rolname = in_role), false)
        and not exists (select from auth.users u where u.role_name = session_user and not u.is_active)
$$;
comment on function auth.has_role(name) is
    'Whether the person of this session has a role, through whatever other roles; false for a role that does not exist and for a disabled person.';

create or replace function auth.require_role(in_role name) returns void
language plpgsql stable
as $$
begin
    if not auth.has_role(in_role) then
        perform meta.refuse('UA001', format('the action role %s is missing', in_role), jsonb_build_object('role', in_role)
            || coalesce((select jsonb_build_object('title_zh', r.title_zh, 'title_en', r.title_en) from auth.roles r where r.name = in_role), '{}'));
    end if;
end $$;
comment on function auth.require_role(name) is 'Refuses UA001 unless the person of this session has the role.';
