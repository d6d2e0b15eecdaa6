-- The roles that exist before any table does. Runs at each install and upgrade, as the installer (a superuser).
do $$
begin
    if not exists (select from pg_roles where rolname = 'erp_owner') then
        create role erp_owner nologin createrole;
    end if;
    -- Roles are made by erp_owner itself: from PostgreSQL 16 on only their maker may grant them.
    set local role erp_owner;
    if not exists (select from pg_roles where rolname = 'erp_person') then
        create role erp_person nologin;
    end if;
    if not exists (select from pg_roles where rolname = 'erp_gate') then
        create role erp_gate login;
    end if;
    if not exists (select from pg_roles where rolname = 'erp_worker') then
        create role erp_worker nologin;
    end if;
    reset role;
end $$;

comment on role erp_owner is 'Owns every object; nobody logs in as it.';
comment on role erp_person is 'Every person is a member: what everybody may read.';
comment on role erp_gate is 'May only try to log people in; its password is public (docs/adr/0004-the-gate.md).';
comment on role erp_worker is 'Runs background jobs; it may log in once `erp-desktop server add-worker` gave it a password.';

-- To end the sessions of an account that was disabled.
grant pg_signal_backend to erp_owner;
-- To see which transactions hold up others: meta.end_stalled_transactions.
grant pg_read_all_stats to erp_owner;

-- The password `gate` as its verifier, always with the same salt, so that a check can tell whether somebody changed it:
-- PostgreSQL lets every role change its own password and settings. Each run of this file sets them right again.
alter role erp_gate connection limit 50
    password 'SCRAM-SHA-256$4096:TJGiIh02Glc1S3f+9HumCA==$gtXGbzLGNuuH3SUxSbdzTIZ37cCD3iFsbqnQejUdTOU=:5XhI5SqvnbhV51lu2MYrWfHSX9zdKnEECK59rEiE1lQ=';
alter role erp_gate reset all;
alter role erp_gate set statement_timeout = '10s';
alter role erp_gate set idle_in_transaction_session_timeout = '10s';
alter role erp_gate set idle_session_timeout = '60s';
-- All who log in are this one role, and a role sees the statements of its other connections: there it would read the answers
-- and challenges of others, and take their sessions.
alter role erp_gate set track_activities = off;
alter role erp_gate set temp_file_limit = 0;
