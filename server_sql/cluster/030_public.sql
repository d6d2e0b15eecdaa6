-- What PostgreSQL leaves to everybody and nobody here needs: large objects, with which the gate's role could fill the disk.
revoke execute on function lo_creat(integer), lo_create(oid), lo_from_bytea(oid, bytea) from public;

-- Locks of one's own invention fill the table of locks that all share; ending other connections of one's role ends, at the
-- gate, other people's logins.
do $$
declare
    v_function regprocedure;
begin
    for v_function in
        select p.oid from pg_proc p
        where p.pronamespace = 'pg_catalog'::regnamespace
            and (p.proname ~ '^pg_(try_)?advisory_' or p.proname in ('pg_terminate_backend', 'pg_cancel_backend'))
    loop
        execute format('revoke execute on function %s from public', v_function);
    end loop;
end $$;
grant execute on function pg_terminate_backend(integer, bigint) to erp_owner;
