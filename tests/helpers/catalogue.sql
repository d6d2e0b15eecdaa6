-- The definition of every object of our schemas, one text a row. Nothing in it depends on object ids or on the order of
-- creation. A line `-- name: <kind>` begins each query; ACL(x) stands for a sorted list of grants, OURS for our schemas.

-- name: schemas
select format('%s owner=%s acl=%s comment=%s', nspname, nspowner::regrole, ACL(nspacl), obj_description(n.oid, 'pg_namespace'))
from pg_namespace n where OURS

-- name: relations
select format('%s kind=%s owner=%s rls=%s/%s acl=%s options=%s persistence=%s bound=%s key=%s comment=%s',
    c.oid::regclass, relkind, relowner::regrole, relrowsecurity, relforcerowsecurity, ACL(relacl), reloptions,
    relpersistence, pg_get_expr(relpartbound, c.oid), pg_get_partkeydef(c.oid), obj_description(c.oid, 'pg_class'))
from pg_class c join pg_namespace n on n.oid = relnamespace where OURS

-- name: columns
select format('%s.%s type=%s null=%s default=%s identity=%s generated=%s collation=%s acl=%s comment=%s',
    c.oid::regclass, attname, format_type(atttypid, atttypmod), not attnotnull, pg_get_expr(adbin, adrelid),
    attidentity, attgenerated, attcollation::regcollation, ACL(attacl), col_description(c.oid, attnum))
from pg_attribute a join pg_class c on c.oid = attrelid join pg_namespace n on n.oid = relnamespace
left join pg_attrdef d on adrelid = attrelid and adnum = attnum
where OURS and attnum > 0 and not attisdropped

-- name: constraints
select format('%s on %s %s valid=%s', conname, conrelid::regclass, pg_get_constraintdef(o.oid), convalidated)
from pg_constraint o join pg_namespace n on n.oid = connamespace where OURS

-- name: indexes
select indexdef from pg_indexes join pg_namespace n on n.nspname = schemaname where OURS

-- name: views
select format('%s: %s', c.oid::regclass, pg_get_viewdef(c.oid))
from pg_class c join pg_namespace n on n.oid = relnamespace where OURS and relkind in ('v', 'm')

-- name: triggers
select format('%s enabled=%s', pg_get_triggerdef(t.oid), tgenabled)
from pg_trigger t join pg_class c on c.oid = tgrelid join pg_namespace n on n.oid = relnamespace
where OURS and not tgisinternal

-- name: policies
select format('%s on %s.%s %s %s to %s using %s check %s', policyname, schemaname, tablename, permissive, cmd, roles, qual, with_check)
from pg_policies join pg_namespace n on n.nspname = schemaname where OURS

-- name: functions
select format('%s owner=%s acl=%s comment=%s %s', p.oid::regprocedure, proowner::regrole, ACL(proacl),
    obj_description(p.oid, 'pg_proc'), case when prokind in ('f', 'p') then pg_get_functiondef(p.oid) end)
from pg_proc p join pg_namespace n on n.oid = pronamespace where OURS

-- name: types
select format('%s kind=%s labels=%s', t.oid::regtype, typtype,
    (select string_agg(enumlabel, ',' order by enumsortorder) from pg_enum e where enumtypid = t.oid))
from pg_type t join pg_namespace n on n.oid = typnamespace where OURS and typtype in ('e', 'd', 'r')

-- name: sequences
select format('%s %s %s %s %s %s', sequencename, data_type, start_value, increment_by, cycle, cache_size)
from pg_sequences join pg_namespace n on n.nspname = schemaname where OURS

-- name: default rights
select format('%s %s %s %s', defaclrole::regrole, coalesce(nspname, '-'), defaclobjtype, ACL(defaclacl))
from pg_default_acl left join pg_namespace n on n.oid = defaclnamespace

-- name: extensions
select format('%s %s', extname, extversion) from pg_extension

-- name: settings of the database
select format('%s %s', setrole::regrole, setting)
from pg_db_role_setting cross join unnest(setconfig) setting
where setdatabase in (0, (select oid from pg_database where datname = current_database()))
