-- The database itself: who may connect, and its settings. Runs at each install and upgrade, as the installer (a superuser).
do $$
declare
    v_setting text;
begin
    execute format('alter database %I owner to erp_owner', current_database());
    execute format('revoke all on database %I from public', current_database());
    execute format('grant connect on database %I to erp_person, erp_gate, erp_worker', current_database());
    foreach v_setting in array array[
        'jit = off',
        'lock_timeout = ''10s''',
        'idle_in_transaction_session_timeout = ''5min''',
        -- One statement's sorting must not fill the disk for everybody; only a superuser can lift this limit.
        'temp_file_limit = ''4GB'''
    ] loop
        execute format('alter database %I set %s', current_database(), v_setting);
    end loop;
    -- The company's day is that of its database, not of a connection: see meta.begin_request.
    if not exists (select from pg_db_role_setting s join pg_database d on d.oid = s.setdatabase, unnest(s.setconfig) c
            where d.datname = current_database() and s.setrole = 0 and c ilike 'timezone=%') then
        execute format('alter database %I set timezone = %L', current_database(),
            (select reset_val from pg_settings where name = 'TimeZone'));
    end if;
end $$;

revoke all on schema public from public;
alter default privileges for role erp_owner revoke execute on functions from public;
