-- Roles are roles of PostgreSQL, and bundle only what auth.roles lists.
-- A row names a role of auth.roles that the server lacks (restore the server's roles, or remove it), a single right that does not contain exactly what it shipped with, or something that was given past the screens of the product (take it away by hand, or give it on the screens).
with members as (
    select p.rolname as member, r.rolname as role
    from pg_auth_members m join pg_roles r on r.oid = m.roleid join pg_roles p on p.oid = m.member
    where r.rolname <> 'erp_person' and p.rolname <> 'erp_owner'
)
select r.name::text as role, r.kind, 'is not there' as what, null as given
from auth.roles r where not exists (select from pg_roles p where p.rolname = r.name)
union all
select m.member::text, coalesce(r.kind, 'person'), 'has what is no role of the product', m.role::text
from members m
left join auth.roles r on r.name = m.member
left join auth.users u on u.role_name = m.member
where (r.name is not null or u.id is not null)
    and not exists (select from auth.roles x where x.name = m.role) and m.role !~ '^erp_c_[0-9a-f]{16}$'
union all
select m.member::text, r.kind, 'is a single right and contains what it does not need', m.role::text
from members m join auth.roles r on r.name = m.member and r.kind = 'action' and m.role <> all (r.needs)
union all
select r.name::text, r.kind, 'lacks a right that it needs', n::text
from auth.roles r cross join unnest(r.needs) n
where not exists (select from members m where m.member = r.name and m.role = n)
order by 1, 4
