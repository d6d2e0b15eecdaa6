-- Transactions that hold rows and go on for no good reason: PostgreSQL lets people stay in one as long as they like, and its
-- time-outs are theirs to change. So those who wait end them (docs/adr/0033-transactions-that-hold-up-others.md).
create or replace function meta.stalled_transactions(in_idle interval, in_longest interval)
returns table (pid int, role_name name, state text, since timestamptz)
language sql stable security definer set search_path = ''
as $$
    select a.pid, a.usename, a.state, a.xact_start from pg_catalog.pg_stat_activity a
    where a.datname = current_database() and a.usename like 'erp\_u\_%' and a.pid <> pg_backend_pid() and a.backend_xid is not null
        and (a.state like 'idle in transaction%' and a.state_change < clock_timestamp() - in_idle
            or a.xact_start < clock_timestamp() - in_longest)
$$;
comment on function meta.stalled_transactions(interval, interval) is
    'People''s transactions that have written and have been idle for longer than in_idle, or last longer than in_longest.';

create or replace function meta.end_stalled_transactions() returns int
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_stalled record;
    v_ended int := 0;
begin
    for v_stalled in select * from meta.stalled_transactions(interval '5 seconds', interval '60 seconds') loop
        if pg_terminate_backend(v_stalled.pid, 5000) then
            raise log 'ended the transaction of % (process %, %, since %), which held up others',
                v_stalled.role_name, v_stalled.pid, v_stalled.state, v_stalled.since;
            v_ended := v_ended + 1;
        end if;
    end loop;
    return v_ended;
end $$;
comment on function meta.end_stalled_transactions() is
    'Ends the connections of people whose transaction has written and has since been idle for 5 seconds, or is 60 seconds old; how many. For whoever waited for a lock in vain. What they did is undone; a client may send it again by its request id.';
