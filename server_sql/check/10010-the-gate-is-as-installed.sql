-- The gate's role is as it was installed.
-- Somebody connected as erp_gate and changed its password or settings: nobody can log in, or no longer within the gate's limits. `erp-desktop server upgrade` sets it right; the server's log may tell from which address it came.
select a.rolname, a.rolpassword is distinct from 'SCRAM-SHA-256$4096:TJGiIh02Glc1S3f+9HumCA==$gtXGbzLGNuuH3SUxSbdzTIZ37cCD3iFsbqnQejUdTOU=:5XhI5SqvnbhV51lu2MYrWfHSX9zdKnEECK59rEiE1lQ='
        as password_changed, s.setconfig as settings
from pg_authid a
left join (
    select setrole, array_agg(c order by c) as setconfig from pg_db_role_setting, unnest(setconfig) c group by setrole
) s on s.setrole = a.oid
where a.rolname = 'erp_gate' and (
    a.rolpassword is distinct from 'SCRAM-SHA-256$4096:TJGiIh02Glc1S3f+9HumCA==$gtXGbzLGNuuH3SUxSbdzTIZ37cCD3iFsbqnQejUdTOU=:5XhI5SqvnbhV51lu2MYrWfHSX9zdKnEECK59rEiE1lQ='
    or s.setconfig is distinct from array['idle_in_transaction_session_timeout=10s', 'idle_session_timeout=60s',
        'statement_timeout=10s', 'temp_file_limit=0', 'track_activities=off'])
