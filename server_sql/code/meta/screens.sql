-- The menu is a query over grants.
create or replace view meta.my_screens with (security_invoker = true) as
select s.code, s.department, s.ordinal
from meta.screens s
where exists (
    select from unnest(s.action_roles) n (role_name)
    join pg_catalog.pg_roles r on r.rolname = n.role_name
    where pg_has_role(session_user, r.oid, 'member')
);
comment on view meta.my_screens is 'The screens that the person at the other end of this connection may open.';
