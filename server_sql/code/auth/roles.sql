-- The company's own roles: bundles of action roles, job roles and each other, made and changed by administrators; and who
-- has which right through which roles. What a role contains is membership in PostgreSQL. Names of roles in statements are
-- built with %I and come from auth.roles and auth.users only, never from the document.

create view auth.memberships with (security_invoker = true) as
select distinct p.rolname::text as member, r.rolname::text as role
from pg_auth_members m join pg_roles r on r.oid = m.roleid join pg_roles p on p.oid = m.member
where p.rolname like 'erp\_%' and p.rolname <> 'erp_owner' and r.rolname <> 'erp_person';
comment on view auth.memberships is
    'Which roles are given to each person, and which each role contains, as PostgreSQL has it: also those given by hand or by another database of this server.';

create or replace function auth.reached(in_starts text[], in_subject text, in_contents text[]) returns table (start text, role text)
language sql stable
as $$
    with recursive edges as (
        select m.member, m.role from auth.memberships m
        where m.member is distinct from in_subject and (in_contents is not null or m.role is distinct from in_subject)
        union
        select in_subject, c from unnest(in_contents) c where in_subject is not null
    ),
    found as (
        select s collate "C" as start, s collate "C" as role from unnest(in_starts) s
        union
        select f.start, e.role from found f join edges e on e.member = f.role
    )
    select f.start, f.role from found f
$$;
comment on function auth.reached(text[], text, text[]) is
    'All roles that persons or roles have, themselves included, if in_subject contained exactly in_contents (null: if it did not exist). in_subject null: as it is.';

create or replace function auth.differences(in_starts text[], in_subject text, in_contents text[])
returns table (start text, role text, is_gain boolean)
language sql stable
as $$
    select d.start, d.role, d.is_gain
    from (
        select coalesce(a.start, b.start) as start, coalesce(a.role, b.role) as role, b.role is null as is_gain
        from auth.reached(in_starts, in_subject, in_contents) a
        full join auth.reached(in_starts, null, null) b on b.start = a.start and b.role = a.role
        where a.role is null or b.role is null
    ) d
    join auth.roles r on r.name::text = d.role and r.kind = 'action'
$$;
comment on function auth.differences(text[], text, text[]) is
    'The rights that persons would gain or lose by a change (see auth.reached), taking into account what they have through other roles.';

create or replace function auth.people_with(in_role text) returns text[]
language sql stable
as $$
    select coalesce(array_agg(u.role_name::text), '{}') from auth.users u
    where u.role_name::text in (
        select r.start from auth.reached(array(select p.role_name::text from auth.users p), null, null) r where r.role = in_role)
$$;
comment on function auth.people_with(text) is 'The login roles of the people who have a role, through whatever other roles.';

create or replace function auth.preview_role(in_role text, in_contents text[])
returns table (user_id bigint, login text, name_zh text, name_en text, is_active boolean, gained text[], lost text[])
language sql stable
as $$
    select u.id, u.login, u.display_name, coalesce(nullif(u.display_name_en, ''), u.display_name), u.is_active,
        coalesce(array_agg(d.role order by d.role) filter (where d.is_gain), '{}'),
        coalesce(array_agg(d.role order by d.role) filter (where not d.is_gain), '{}')
    from auth.differences(auth.people_with(in_role), in_role, in_contents) d
    join auth.users u on u.role_name::text = d.start
    group by u.id
    order by u.login
$$;
comment on function auth.preview_role(text, text[]) is
    'Whose rights would change if a role contained exactly these roles (null: if it were removed): the rights that each person gains and loses.';

create or replace function auth.preview_person(in_user_id bigint, in_roles text[]) returns table (gained text[], lost text[])
language sql stable
as $$
    select coalesce(array_agg(d.role order by d.role) filter (where d.is_gain), '{}'),
        coalesce(array_agg(d.role order by d.role) filter (where not d.is_gain), '{}')
    from (select coalesce((select u.role_name::text from auth.users u where u.id = in_user_id), '') as name) p
    cross join lateral auth.differences(array[p.name], p.name, coalesce(in_roles, '{}')) d
$$;
comment on function auth.preview_person(bigint, text[]) is
    'The rights that a person would gain and lose if exactly these roles were given to her; null for a person who is not there yet.';

create or replace function auth.is_detour(in_path text[], in_shorter text[]) returns boolean
language sql stable
as $$
    select cardinality(in_shorter) < cardinality(in_path) and in_shorter = in_path[1:cardinality(in_shorter)]
        and not exists (
            select from unnest(in_path[cardinality(in_shorter) + 1:]) x (role)
            where not exists (select from auth.roles r where r.name::text = x.role and r.kind = 'action'))
$$;
comment on function auth.is_detour(text[], text[]) is
    'Whether a way only goes on, over rights that need what it leads to, where a shorter way has already arrived.';

create or replace function auth.rights_of(in_user_id bigint) returns table (role text, path text[])
language sql stable
as $$
    with recursive paths as (
        select m.role, array[]::text[] collate "C" as path
        from auth.users u join auth.memberships m on m.member = u.role_name::text where u.id = in_user_id
        union all
        select m.role, p.path || p.role from paths p join auth.memberships m on m.member = p.role where m.role <> all (p.path)
    )
    select p.role, p.path
    from paths p join auth.roles r on r.name::text = p.role and r.kind = 'action'
    where not exists (select from paths s where s.role = p.role and auth.is_detour(p.path, s.path))
    order by p.role, cardinality(p.path), p.path
$$;
comment on function auth.rights_of(bigint) is
    'What a person can do, and through which roles: each right once for each way that leads to it; the way is empty for a right given to her herself.';

create or replace function auth.holders_of(in_role text)
returns table (user_id bigint, login text, name_zh text, name_en text, is_active boolean, path text[])
language sql stable
as $$
    with recursive ways as (
        select m.member, array[]::text[] collate "C" as path from auth.memberships m where m.role = in_role
        union all
        select m.member, w.member || w.path from ways w join auth.memberships m on m.role = w.member where m.member <> all (w.path)
    )
    select u.id, u.login, u.display_name, coalesce(nullif(u.display_name_en, ''), u.display_name), u.is_active, w.path
    from ways w join auth.users u on u.role_name::text = w.member
    where not exists (select from ways s where s.member = w.member and auth.is_detour(w.path, s.path))
    order by u.login, cardinality(w.path), w.path
$$;
comment on function auth.holders_of(text) is
    'Who has a role, and through which roles: each person once for each way that leads to it; the way is empty for whom it is given to.';

create view auth.role_list with (security_invoker = true) as
with had as (
    select r.role, count(*)::int as people
    from auth.reached(array(select u.role_name::text from auth.users u), null, null) r
    group by r.role
),
contents as (
    select m.member, array_agg(m.role order by r.kind desc, r.id) as roles,
        string_agg(r.title_zh, '、' order by r.kind desc, r.id) as titles_zh,
        string_agg(r.title_en, ', ' order by r.kind desc, r.id) as titles_en
    from auth.memberships m join auth.roles r on r.name::text = m.role
    group by m.member
)
select r.id, r.name::text as name, r.kind, r.department, r.title_zh, r.title_en, r.description_zh, r.description_en,
    coalesce(h.people, 0) as people, coalesce(c.roles, '{}') as contents,
    coalesce(c.titles_zh, '') as contents_zh, coalesce(c.titles_en, '') as contents_en,
    (case r.kind when 'custom' then 1 when 'job' then 2 else 3 end * 1000 + least(min(r.id) over (partition by r.department), 999))::int as place,
    r.created_at, u.display_name as author_zh, coalesce(nullif(u.display_name_en, ''), u.display_name) as author_en, r.version
from auth.roles r
left join had h on h.role = r.name::text
left join contents c on c.member = r.name::text
left join auth.users u on u.id = r.created_by;
comment on view auth.role_list is
    'All roles with what they contain themselves, and how many people have them through whatever other roles; place orders them by kind and department. People and roles are few.';

create or replace function auth.open_role(in_id bigint, in_version int) returns auth.roles
language plpgsql volatile
as $$
declare
    v_role auth.roles;
begin
    perform auth.require_role('erp_user_manage');
    -- One change of accounts and roles at a time: see auth.open_user.
    perform from auth.gate_settings for no key update;
    select * into v_role from auth.roles r where r.id = in_id for no key update;
    if not found then
        perform meta.refuse('UN001', format('role %s is not there', in_id));
    end if;
    if v_role.kind <> 'custom' then
        perform meta.refuse('US110', 'the role ships with the product',
            jsonb_build_object('title_zh', v_role.title_zh, 'title_en', v_role.title_en));
    end if;
    if in_version is distinct from v_role.version then
        perform meta.refuse('UC001', format('role %s is at version %s, not %s', in_id, v_role.version, in_version));
    end if;
    return v_role;
end $$;
comment on function auth.open_role(bigint, int) is
    'The door of roles: the right erp_user_manage, a role of the company''s own, its row locked, its version as the caller saw it. UA001, UN001, US110, UC001.';

create or replace function auth.contents_of(in_role auth.roles) returns text[]
language sql stable
as $$
    select coalesce(array_agg(m.role order by m.role), '{}')
    from auth.memberships m join auth.roles r on r.name::text = m.role
    where m.member = in_role.name::text
$$;
comment on function auth.contents_of(auth.roles) is 'The roles that a role contains itself.';

create or replace function auth.roles_of(in_document jsonb, in_field text) returns text[]
language plpgsql stable
as $$
declare
    v_roles text[];
    v_unknown text;
begin
    if jsonb_typeof(in_document -> in_field) is distinct from 'array' then
        perform meta.refuse('UV102', 'roles are not a list', '{"role": ""}', in_field);
    end if;
    select coalesce(array_agg(distinct e order by e), '{}') into v_roles from jsonb_array_elements_text(in_document -> in_field) e;
    select coalesce(e, '') into v_unknown from unnest(v_roles) e where not exists (select from auth.roles r where r.name::text = e) limit 1;
    if found then
        perform meta.refuse('UV102', 'a role that cannot be given', jsonb_build_object('role', left(v_unknown, 100)), in_field);
    end if;
    return v_roles;
end $$;
comment on function auth.roles_of(jsonb, text) is 'The roles that a document lists, each of them in auth.roles. UV102.';

create or replace function auth.set_contents(in_role auth.roles, in_roles text[]) returns void
language plpgsql volatile
as $$
declare
    v_before text[] := auth.contents_of(in_role);
    v_role auth.roles;
begin
    select r.* into v_role from auth.roles r
    where r.name::text = any (in_roles) and (r.id = in_role.id
        or exists (select from auth.reached(array[r.name::text], null, null) d where d.role = in_role.name::text))
    order by r.id limit 1;
    if found then
        perform meta.refuse('UV110', 'a role would contain itself',
            jsonb_build_object('title_zh', v_role.title_zh, 'title_en', v_role.title_en), 'roles');
    end if;
    for v_role in select * from auth.roles r where r.name::text = any (v_before) and r.name::text <> all (in_roles) loop
        execute format('revoke %I from %I', v_role.name, in_role.name);
    end loop;
    for v_role in select * from auth.roles r where r.name::text = any (in_roles) and r.name::text <> all (v_before) loop
        execute format('grant %I to %I', v_role.name, in_role.name);
    end loop;
    if v_before <> in_roles then
        insert into audit.changes (table_name, row_id, operation, before, after)
        values ('auth.roles', in_role.id, 'update', jsonb_build_object('roles', v_before), jsonb_build_object('roles', in_roles));
    end if;
end $$;
comment on function auth.set_contents(auth.roles, text[]) is
    'Makes a role contain exactly these, which auth.roles lists, and writes it into the trail. UV110 it would contain itself.';

create or replace function auth.cut_losers(in_people text[]) returns void
language plpgsql volatile
as $$
declare
    v_user auth.users;
begin
    for v_user in select * from auth.users u where u.role_name::text = any (in_people) order by u.id loop
        perform auth.cut_connections(v_user);
    end loop;
end $$;
comment on function auth.cut_losers(text[]) is 'Ends the connections of people who lost a right; they open again with what is left.';

create or replace function auth.title_of(in_document jsonb, in_field text, in_role_id bigint) returns text
language plpgsql stable
as $$
declare
    v_title text := coalesce(nullif(meta.text_of(in_document, in_field, 100), ''), meta.text_of(in_document, 'title_zh', 100, true));
begin
    if exists (
        select from auth.roles r where r.id is distinct from in_role_id
        and lower(v_title) in (lower(r.title_zh), lower(r.title_en))
    ) then
        perform meta.refuse('UV111', 'another role has this title', jsonb_build_object('title', v_title), in_field);
    end if;
    return v_title;
end $$;
comment on function auth.title_of(jsonb, text, bigint) is
    'A title of a role; without an English one the Chinese one serves. UV001, UV003, UV005, UV111 another role has it.';

create or replace function auth.department_of(in_document jsonb) returns text
language plpgsql stable
as $$
declare
    v_department text := meta.text_of(in_document, 'department', 40, true);
begin
    if not exists (select from auth.roles r where r.department = v_department and r.kind <> 'custom') then
        perform meta.refuse('UV003', 'an unknown department', jsonb_build_object('field', 'department', 'value', v_department), 'department');
    end if;
    return v_department;
end $$;
comment on function auth.department_of(jsonb) is 'The department of a role: one that has roles of the product. UV001, UV003.';

create or replace function auth.create_role(in_request_id uuid, in_document jsonb, in_version int default null) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb := meta.begin_request(in_request_id, 'auth.create_role', in_document);
    v_roles text[];
    v_role auth.roles;
begin
    if v_result is not null then
        return v_result;
    end if;
    perform auth.require_role('erp_user_manage');
    perform from auth.gate_settings for no key update;
    v_roles := auth.roles_of(in_document, 'roles');
    insert into auth.roles (name, kind, department, title_zh, title_en, description_zh, description_en, created_by)
    values ('erp_c_' || left(replace(gen_random_uuid()::text, '-', ''), 16), 'custom', auth.department_of(in_document),
        auth.title_of(in_document, 'title_zh', null), auth.title_of(in_document, 'title_en', null),
        meta.text_of(in_document, 'description_zh', 400), meta.text_of(in_document, 'description_en', 400), auth.user_id())
    returning * into v_role;
    execute format('create role %I nologin', v_role.name);
    execute format('comment on role %I is %L', v_role.name, 'A role of a company''s own; see auth.roles.');
    perform auth.set_contents(v_role, v_roles);
    return meta.end_request(in_request_id, jsonb_build_object('id', v_role.id, 'name', v_role.name, 'version', v_role.version));
end $$;
comment on function auth.create_role(uuid, jsonb, int) is
    'Makes a role of the company''s own. Document: title_zh, title_en, description_zh, description_en, department, roles (names of what it contains). UA001, UV001, UV003, UV005, UV102, UV111 title taken.';

create or replace function auth.save_role(in_request_id uuid, in_document jsonb, in_version int) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb := meta.begin_request(in_request_id, 'auth.save_role', in_document);
    v_role auth.roles;
    v_roles text[];
    v_losers text[];
begin
    if v_result is not null then
        return v_result;
    end if;
    v_role := auth.open_role(meta.id_of(in_document, 'id'), in_version);
    v_roles := auth.roles_of(in_document, 'roles');
    select array_agg(d.start) into v_losers
    from auth.differences(auth.people_with(v_role.name::text), v_role.name::text, v_roles) d where not d.is_gain;
    perform auth.set_contents(v_role, v_roles);
    update auth.roles r set title_zh = auth.title_of(in_document, 'title_zh', v_role.id), title_en = auth.title_of(in_document, 'title_en', v_role.id),
        description_zh = meta.text_of(in_document, 'description_zh', 400), description_en = meta.text_of(in_document, 'description_en', 400),
        department = auth.department_of(in_document), version = r.version + 1
    where r.id = v_role.id returning * into v_role;
    perform auth.require_administrators();
    perform auth.cut_losers(v_losers);
    return meta.end_request(in_request_id, jsonb_build_object('id', v_role.id, 'name', v_role.name, 'version', v_role.version));
end $$;
comment on function auth.save_role(uuid, jsonb, int) is
    'Makes titles, descriptions, department and contents of a role of the company''s own exactly those of the document: id and the fields of auth.create_role. Connections of people who lose a right end and open again with what is left. UA001, UN001, UC001, US110 ships with the product, UV001, UV003, UV005, UV102, UV110 contains itself, UV111 title taken, UL101 last administrator.';

create or replace function auth.take_role_away(in_role auth.roles) returns void
language plpgsql volatile
as $$
declare
    v_user auth.users;
    v_container auth.roles;
begin
    for v_user in select u.* from auth.users u join auth.memberships m on m.member = u.role_name::text where m.role = in_role.name::text order by u.id loop
        perform auth.give_roles(v_user, to_jsonb(array_remove(auth.direct_roles(v_user), in_role.name::text)));
        update auth.users u set version = u.version + 1 where u.id = v_user.id;
    end loop;
    for v_container in select r.* from auth.roles r join auth.memberships m on m.member = r.name::text where m.role = in_role.name::text order by r.id loop
        perform auth.set_contents(v_container, array_remove(auth.contents_of(v_container), in_role.name::text));
        update auth.roles r set version = r.version + 1 where r.id = v_container.id;
    end loop;
end $$;
comment on function auth.take_role_away(auth.roles) is 'Takes a role from all people to whom it is given and out of all roles that contain it, each with its line in the trail.';

create or replace function auth.remove_role(in_request_id uuid, in_document jsonb, in_version int) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb := meta.begin_request(in_request_id, 'auth.remove_role', in_document);
    v_role auth.roles;
    v_losers text[];
    v_holders int;
begin
    if v_result is not null then
        return v_result;
    end if;
    v_role := auth.open_role(meta.id_of(in_document, 'id'), in_version);
    select count(*) into v_holders from auth.memberships m where m.role = v_role.name::text
        and (exists (select from auth.users u where u.role_name::text = m.member) or exists (select from auth.roles r where r.name::text = m.member));
    if v_holders > 0 and in_document -> 'take_away' is distinct from 'true' then
        perform meta.refuse('US111', 'people or roles have this role',
            jsonb_build_object('title_zh', v_role.title_zh, 'title_en', v_role.title_en, 'holders', v_holders));
    end if;
    select array_agg(d.start) into v_losers
    from auth.differences(auth.people_with(v_role.name::text), v_role.name::text, null) d where not d.is_gain;
    perform auth.take_role_away(v_role);
    perform auth.set_contents(v_role, '{}');
    delete from auth.roles r where r.id = v_role.id;
    execute format('drop role %I', v_role.name);
    perform auth.require_administrators();
    perform auth.cut_losers(v_losers);
    return meta.end_request(in_request_id, jsonb_build_object('id', v_role.id, 'name', v_role.name));
end $$;
comment on function auth.remove_role(uuid, jsonb, int) is
    'Removes a role of the company''s own. Document: id, take_away (true: also from those who have it). Connections of people who lose a right end. UA001, UN001, UC001, US110 ships with the product, US111 somebody has it, UL101 last administrator.';

grant select on auth.memberships, auth.role_list to erp_user_manage;
grant execute on function auth.reached(text[], text, text[]), auth.differences(text[], text, text[]), auth.people_with(text),
    auth.preview_role(text, text[]), auth.preview_person(bigint, text[]), auth.is_detour(text[], text[]), auth.rights_of(bigint), auth.holders_of(text),
    auth.create_role(uuid, jsonb, int), auth.save_role(uuid, jsonb, int), auth.remove_role(uuid, jsonb, int) to erp_user_manage;
