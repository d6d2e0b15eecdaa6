-- The menu is a query over grants.
create view meta.my_screens with (security_invoker = true) as
select s.code, s.department, s.ordinal
from meta.screens s
join pg_catalog.pg_roles r on r.rolname = s.action_role
where pg_has_role(session_user, r.oid, 'member');
comment on view meta.my_screens is 'The screens that the person at the other end of this connection may open.';
