-- A reload begins here: views, triggers, policies and grants are dropped, and the files that follow make them anew.
-- Functions stay (generated columns and indexes may use them) and are replaced; a removed function goes by an upgrade file.
do $$
declare
    v_statement text;
begin
    for v_statement in
        select format('drop view if exists %I.%I cascade', n.nspname, c.relname)
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind = 'v' and pg_get_userbyid(n.nspowner) = 'erp_owner'
    loop
        execute v_statement;
    end loop;

    for v_statement in
        select format('drop trigger %I on %s', t.tgname, c.oid::regclass)
        from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
        where not t.tgisinternal and t.tgparentid = 0 and pg_get_userbyid(n.nspowner) = 'erp_owner'
        union all
        select format('drop policy %I on %I.%I', policyname, schemaname, tablename)
        from pg_policies join pg_namespace n on n.nspname = schemaname
        where pg_get_userbyid(n.nspowner) = 'erp_owner'
    loop
        execute v_statement;
    end loop;

    -- `revoke all` on a table takes the grants on its columns with it.
    for v_statement in
        select distinct format('revoke all on %s %s from %I cascade',
            case c.relkind when 'S' then 'sequence' else 'table' end, c.oid::regclass, pg_get_userbyid(a.grantee))
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        left join pg_attribute t on t.attrelid = c.oid and t.attacl is not null
        cross join lateral (select * from aclexplode(c.relacl) union all select * from aclexplode(t.attacl)) a
        where c.relkind in ('r', 'p', 'm', 'S') and pg_get_userbyid(n.nspowner) = 'erp_owner' and a.grantee not in (0, c.relowner)
        union all
        select distinct format('revoke all on routine %s from %I cascade', p.oid::regprocedure, pg_get_userbyid(a.grantee))
        from pg_proc p join pg_namespace n on n.oid = p.pronamespace cross join lateral aclexplode(p.proacl) a
        where pg_get_userbyid(n.nspowner) = 'erp_owner' and a.grantee not in (0, p.proowner)
        union all
        select distinct format('revoke all on schema %I from %I cascade', n.nspname, pg_get_userbyid(a.grantee))
        from pg_namespace n cross join lateral aclexplode(n.nspacl) a
        where pg_get_userbyid(n.nspowner) = 'erp_owner' and a.grantee not in (0, n.nspowner)
    loop
        execute v_statement;
    end loop;
end $$;
