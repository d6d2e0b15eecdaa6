-- Changes of accounts are recorded and announced; attempts to log in are never changed.
call audit.watch('auth.roles');
call audit.watch('auth.users');
call audit.watch('auth.user_branches');
call audit.watch('auth.user_warehouses');
call audit.watch('auth.user_work_centres');
call meta.announce_changes('auth.roles', 'role');
call meta.announce_changes('auth.users', 'user');
call meta.make_append_only('auth.attempts');

create or replace function auth.tg_attempts__limit() returns trigger
language plpgsql volatile
as $$
declare
    v_network inet := auth.client_network();
    v_count int;
begin
    -- Attempts from one address come one after the other: the gate holds its counter.
    select count(*) into v_count from auth.attempts a
    where a.at > now() - interval '1 minute' and a.verdict = new.verdict
        and (new.verdict = 'locked' or coalesce(a.user_id, 0) = coalesce(new.user_id, 0))
        and coalesce(a.address, '0.0.0.0') <<= v_network;
    return case when v_count < 10 then new end;
end $$;
comment on function auth.tg_attempts__limit() is
    'Keeps at most ten attempts a minute from one address with one account and verdict (unknown names count as one account), and ten that were locked out: nobody fills the table by trying.';
create trigger _100_limit before insert on auth.attempts for each row execute function auth.tg_attempts__limit();

create or replace function auth.tg_attempts__record() returns trigger
language plpgsql volatile
as $$
begin
    -- The same for known and unknown names: nothing may be quicker for either. A login that still needs a code is not over.
    if new.verdict <> 'proved' then
        perform audit.record(
            case new.verdict when 'ok' then 'login' when 'locked' then 'lockout' else 'refusal' end, 'auth.users', coalesce(new.user_id, 0),
            jsonb_build_object('verdict', new.verdict),
            case new.verdict when 'ok' then (select u.role_name from auth.users u where u.id = new.user_id) else session_user end);
    end if;
    return null;
end $$;
comment on function auth.tg_attempts__record() is 'Puts each attempt to log in into the trail of changes; an unknown name is the account 0.';
create trigger _810_record after insert on auth.attempts for each row execute function auth.tg_attempts__record();
