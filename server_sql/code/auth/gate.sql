-- The login: SCRAM-SHA-256, and then what else is due, each call in a transaction of its own. begin_login hands out a
-- challenge, answer_login checks the proof and counts the failure but says nothing, finish_login tells the verdict once the
-- count is committed: a guesser who rolls back learns nothing, and one who commits is counted. Unknown names walk the same
-- way as known ones, statement by statement. After a right password finish_login names the next stage (code, enrolment, new
-- password) until nothing is due; only then is there a session.

create or replace function auth.normal_login(in_login text) returns text
language sql immutable parallel safe
as $$
    select lower(normalize(btrim(in_login), nfkc) collate "C")
$$;
comment on function auth.normal_login(text) is 'The form in which logins are kept and compared.';

create or replace function auth.derived_bytes(in_purpose text, in_login text) returns bytea
language sql stable
as $$
    select auth.hmac_sha256(s.secret, convert_to(concat(in_purpose, ':', in_login), 'utf8')) from auth.server_secret s
$$;
comment on function auth.derived_bytes(text, text) is 'Bytes that belong to a login, whether it exists or not, and that only this server knows.';

create or replace function auth.name_mark(in_login text) returns bytea
language sql stable
as $$
    select auth.derived_bytes('name', in_login)
$$;
comment on function auth.name_mark(text) is 'Keyed hash of a login.';

create or replace function auth.client_network() returns inet
language sql stable
as $$
    select case
        when inet_client_addr() is null then '0.0.0.0'
        when family(inet_client_addr()) = 6 then network(set_masklen(inet_client_addr(), 64))
        else inet_client_addr()
    end
$$;
comment on function auth.client_network() is 'What counts as one address: IPv4 address or IPv6 network of 64 bits, 0.0.0.0 for local sockets.';

create or replace function auth.begin_login(in_client_first text, out challenge uuid, out server_first text)
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_parts text[] := regexp_match(left(in_client_first, 1000), '^n=([^,]+),r=([\u0021-\u002b\u002d-\u007e]{16,200})$');
    v_login text;
    v_user_id bigint;
    v_salt bytea;
    v_iterations int;
    v_derived_salt bytea;
begin
    if v_parts is null or length(in_client_first) > 1000 then
        perform meta.refuse('UV107', 'malformed first message');
    end if;
    v_login := auth.normal_login(replace(replace(v_parts[1], '=2C', ','), '=3D', '='));
    v_derived_salt := auth.derived_bytes('salt', v_login);
    select u.id, coalesce(c.salt, v_derived_salt), coalesce(c.iterations, g.iterations)
    into v_user_id, v_salt, v_iterations
    from auth.gate_settings g
    left join auth.users u on u.login = v_login
    left join auth.credentials c on c.user_id = u.id;
    server_first := format('r=%s%s,s=%s,i=%s',
        v_parts[2], encode(auth.random_bytes(), 'hex'), encode(v_salt, 'base64'), v_iterations);
    delete from auth.challenges where id in (
        select c.id from auth.challenges c where c.expires_at < clock_timestamp() limit 20 for update skip locked);
    insert into auth.challenges (login, user_id, client_first, server_first)
    values (v_login, v_user_id, in_client_first, server_first) returning id into challenge;
end $$;
comment on function auth.begin_login(text) is
    'First call of a login: the client''s first message without its header, answered with a challenge and the server''s first message. UV107 malformed.';

create or replace function auth.lock_counters(in_name_mark bytea, in_address inet, out locked_until timestamptz)
language plpgsql volatile
as $$
declare
    v_settings auth.gate_settings;
    v_name auth.name_failures;
    v_level numeric;
begin
    select * into strict v_settings from auth.gate_settings;
    -- Both rows are locked until the transaction ends, so guesses at the same time count one after the other.
    insert into auth.address_failures (address) values (in_address) on conflict do nothing;
    update auth.address_failures a
    set failures = greatest(0, a.failures - extract(epoch from clock_timestamp() - a.last_at) / extract(epoch from v_settings.address_forgets_one_in)),
        last_at = clock_timestamp()
    where a.address = in_address returning a.failures into v_level;
    locked_until := clock_timestamp() + (v_level + 1 - v_settings.address_failures_allowed) * v_settings.address_forgets_one_in;
    if locked_until > clock_timestamp() then
        -- Who has to wait leaves no trace for each name she thinks of.
        return;
    end if;
    insert into auth.name_failures (name_mark) values (in_name_mark) on conflict do nothing;
    update auth.name_failures n
    set failures = case when n.last_at < clock_timestamp() - v_settings.forget_failures_after then 0 else n.failures end,
        last_at = clock_timestamp()
    where n.name_mark = in_name_mark returning * into v_name;
    locked_until := case when v_name.locked_until > clock_timestamp() then v_name.locked_until end;
end $$;
comment on function auth.lock_counters(bytea, inet) is
    'Locks the counters of a name and an address and forgets what is old; until when either is locked, or null.';

create or replace function auth.count_attempt(in_name_mark bytea, in_address inet, in_is_right boolean) returns void
language plpgsql volatile
as $$
declare
    v_settings auth.gate_settings;
begin
    select * into strict v_settings from auth.gate_settings;
    update auth.address_failures set failures = failures + (not in_is_right)::int where address = in_address;
    update auth.name_failures n
    set failures = case when in_is_right then 0 else n.failures + 1 end,
        locked_until = case when not in_is_right and n.failures + 1 >= v_settings.failures_allowed then clock_timestamp()
            + least(v_settings.first_lock * 2 ^ least(n.failures + 1 - v_settings.failures_allowed, 20), v_settings.longest_lock) end
    where n.name_mark = in_name_mark;
    delete from auth.name_failures where name_mark in (
        select n.name_mark from auth.name_failures n
        where n.last_at < clock_timestamp() - v_settings.forget_failures_after
            and coalesce(n.locked_until, '-infinity') < clock_timestamp() limit 20 for update skip locked);
    delete from auth.address_failures where address in (
        select a.address from auth.address_failures a
        where a.last_at < clock_timestamp() - a.failures * v_settings.address_forgets_one_in - interval '1 day' limit 20 for update skip locked);
end $$;
comment on function auth.count_attempt(bytea, inet, boolean) is 'Counts one checked proof against its name and its address; a right one clears the name.';

create or replace function auth.check_proof(
    in_challenge auth.challenges, in_client_final text, out is_right boolean, out server_final text)
language plpgsql stable
as $$
declare
    v_parts text[] := regexp_match(in_client_final, '^(c=biws,r=([^,]+)),p=([A-Za-z0-9+/]{43}=)$');
    v_message bytea := convert_to(concat_ws(',', in_challenge.client_first, in_challenge.server_first, v_parts[1]), 'utf8');
    v_proof bytea := coalesce(decode(v_parts[3], 'base64'), auth.random_bytes());
    -- Derived for known names too, so that nothing is quicker for them.
    v_stored_key bytea := auth.derived_bytes('stored', in_challenge.login);
    v_server_key bytea := auth.derived_bytes('server', in_challenge.login);
begin
    select coalesce(c.stored_key, v_stored_key), coalesce(c.server_key, v_server_key) into v_stored_key, v_server_key
    from (values (in_challenge.user_id)) u (id) left join auth.credentials c on c.user_id = u.id;
    is_right := sha256(auth.xor_bytes(v_proof, auth.hmac_sha256(v_stored_key, v_message))) = v_stored_key
        and v_parts[2] = substring(in_challenge.server_first from '^r=([^,]+)')
        and in_challenge.user_id is not null;
    is_right := coalesce(is_right, false);
    server_final := 'v=' || encode(auth.hmac_sha256(v_server_key, v_message), 'base64');
end $$;
comment on function auth.check_proof(auth.challenges, text) is
    'Whether the client''s final message proves the password, and the server''s proof in return. Takes the same steps for unknown names.';

create or replace function auth.next_stage(in_challenge auth.challenges) returns text
language sql stable
as $$
    select case
        when s.user_id is not null and not in_challenge.code_passed then 'code'
        when s.user_id is null and auth.needs_code(u) then 'enrol'
        when in_challenge.by_mail or auth.password_due(u.id) is not null then 'renew'
        else 'ok' end
    from auth.users u left join auth.code_secrets s on s.user_id = u.id where u.id = in_challenge.user_id and u.is_active
$$;
comment on function auth.next_stage(auth.challenges) is
    'What a person whose password was proved still has to give: code, enrol (a role demands codes and she has none), renew (a new password is due, or the present one is forgotten), ok (nothing); null without an active person.';

create or replace function auth.open_challenge(in_challenge uuid) returns auth.challenges
language sql volatile
as $$
    select * from auth.challenges c
    where c.id = in_challenge and c.expires_at > clock_timestamp() and c.answered_in <> pg_current_xact_id()
        and c.verdict not in ('refused', 'locked', 'disabled')
    for update
$$;
comment on function auth.open_challenge(uuid) is
    'A login whose password was proved, locked; all null if it is over, or was answered in this very transaction.';

create or replace function auth.drop_logins(in_user auth.users, in_but uuid default null) returns void
language sql volatile
as $$
    delete from auth.challenges c where c.user_id = in_user.id and c.id is distinct from in_but;
    delete from auth.resets r where r.user_id = in_user.id;
$$;
comment on function auth.drop_logins(auth.users, uuid) is
    'Ends the logins of a person that are under way, and voids codes that were mailed: they rest on what has just changed. in_but may name one that goes on.';

create or replace function auth.keep_verdict(in_challenge auth.challenges, in_verdict text) returns auth.challenges
language sql volatile
as $$
    update auth.challenges c
    set answered_in = pg_current_xact_id(), verdict = in_verdict, server_final = in_challenge.server_final, locked_until = in_challenge.locked_until
    where c.id = in_challenge.id returning *
$$;
comment on function auth.keep_verdict(auth.challenges, text) is 'Ends an answer: its verdict is kept for finish_login, which tells it in a later transaction.';

create or replace function auth.record_attempt(in_challenge auth.challenges) returns void
language sql volatile
as $$
    insert into auth.attempts (user_id, name_mark, address, verdict)
    values (in_challenge.user_id, auth.name_mark(in_challenge.login), inet_client_addr(), case
        when in_challenge.verdict = 'code_used' then 'code_refused'
        when in_challenge.verdict = 'ok' then 'proved'
        else in_challenge.verdict end)
$$;
comment on function auth.record_attempt(auth.challenges) is
    'Writes down what came of an answer, before it is told; that a session was opened is written down by finish_login.';

create or replace function auth.answer_login(in_challenge uuid, in_client_final text) returns void
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_challenge auth.challenges;
    v_address inet := auth.client_network();
    v_name_mark bytea;
    v_is_right boolean;
begin
    select * into v_challenge from auth.challenges c
    where c.id = in_challenge and c.answered_in is null and c.expires_at > clock_timestamp() for update;
    if not found then
        return;
    end if;
    v_name_mark := auth.name_mark(v_challenge.login);
    v_challenge.locked_until := auth.lock_counters(v_name_mark, v_address);
    if v_challenge.locked_until is not null then
        v_challenge.verdict := 'locked';
    else
        select p.is_right, p.server_final into v_is_right, v_challenge.server_final
        from auth.check_proof(v_challenge, in_client_final) p;
        -- Where a code is due, too, the password alone clears no failures: else each login would set guesses of codes free.
        if not v_is_right or auth.next_stage(v_challenge) <> 'code' then
            perform auth.count_attempt(v_name_mark, v_address, v_is_right);
        end if;
        v_challenge.verdict := case when not v_is_right then 'refused'
            when (select u.is_active from auth.users u where u.id = v_challenge.user_id) then 'ok' else 'disabled' end;
    end if;
    perform auth.record_attempt(auth.keep_verdict(v_challenge, v_challenge.verdict));
end $$;
comment on function auth.answer_login(uuid, text) is
    'Second call of a login: takes the client''s final message, once for each challenge, counts and records; says nothing.';

create or replace function auth.answer_code(in_challenge uuid, in_code text) returns void
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_challenge auth.challenges := auth.open_challenge(in_challenge);
    v_address inet := auth.client_network();
    v_name_mark bytea;
begin
    if v_challenge.id is null or v_challenge.code_passed then
        return;
    end if;
    v_name_mark := auth.name_mark(v_challenge.login);
    v_challenge.locked_until := auth.lock_counters(v_name_mark, v_address);
    if v_challenge.locked_until is not null then
        v_challenge.verdict := 'locked';
    else
        v_challenge.verdict := auth.check_code(v_challenge.user_id, in_code);
        perform auth.count_attempt(v_name_mark, v_address, v_challenge.verdict = 'ok');
        update auth.challenges c set code_passed = (v_challenge.verdict = 'ok') where c.id = in_challenge;
    end if;
    perform auth.record_attempt(auth.keep_verdict(v_challenge, v_challenge.verdict));
end $$;
comment on function auth.answer_code(uuid, text) is
    'Takes the code of a login whose password was proved: wrong ones count and lock like wrong passwords; says nothing, finish_login does. After a wrong one the same login may try another.';

create or replace function auth.open_session(in_user auth.users, in_computer text, out session_id uuid, out secret text, out valid_until timestamptz)
language plpgsql volatile
as $$
declare
    v_length interval := (select g.session_length from auth.gate_settings g);
begin
    -- The caller holds the lock on the user's row: logins at the same time get the same secret.
    select s.secret, s.valid_until into secret, valid_until
    from auth.session_secrets s where s.user_id = in_user.id and s.valid_until > clock_timestamp() + v_length / 12;
    if not found then
        secret := encode(auth.random_bytes(), 'hex');
        valid_until := date_trunc('second', clock_timestamp() + v_length);
        insert into auth.session_secrets (user_id, secret, valid_until) values (in_user.id, secret, valid_until)
        on conflict (user_id) do update set secret = excluded.secret, valid_until = excluded.valid_until;
    end if;
    -- Each time: PostgreSQL lets everybody change her own role's password, which would shut her out and the gate's lock-out, too.
    execute format('alter role %I password %L valid until %L', in_user.role_name,
        auth.scram_verifier(secret), to_char(valid_until at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'));
    delete from auth.sessions s where s.user_id = in_user.id and s.valid_until < clock_timestamp();
    insert into auth.sessions (user_id, valid_until, computer) values (in_user.id, valid_until, in_computer) returning id into session_id;
end $$;
comment on function auth.open_session(auth.users, text) is
    'Opens a session: the live secret of the person''s role, or a new one when less than a twelfth of its time is left.';

create or replace function auth.stage_details(in_user_id bigint, in_stage text) returns jsonb
language sql stable
as $$
    select case
        when in_stage in ('renew', 'proved') then jsonb_build_object('reason', auth.password_due(in_user_id), 'rules', auth.password_rules(in_user_id))
        when in_stage = 'ok' then (
            select jsonb_build_object('password_until', c.changed_at + g.password_valid_for, 'recovery_codes_left', case
                when auth.gives_codes(in_user_id) then (select count(*) from auth.recovery_codes r where r.user_id = in_user_id) end)
            from auth.credentials c cross join auth.gate_settings g where c.user_id = in_user_id)
        else '{}' end
$$;
comment on function auth.stage_details(bigint, text) is
    'What the client needs at a stage. renew, proved: why a password is due and the rules; ok: until when the password is good, recovery codes left (both null where there is no such thing).';

create or replace function auth.finish_login(
    in_challenge uuid, in_client jsonb, out verdict text, out server_final text, out role_name text, out secret text,
    out session_id uuid, out valid_until timestamptz, out locked_seconds int, out details jsonb)
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_challenge auth.challenges;
    v_user auth.users;
begin
    select * into v_challenge from auth.challenges c
    where c.id = in_challenge and c.expires_at > clock_timestamp() and c.answered_in <> pg_current_xact_id() for update;
    verdict := coalesce(v_challenge.verdict, 'expired');
    if verdict = 'locked' then
        locked_seconds := greatest(1, ceil(extract(epoch from v_challenge.locked_until - clock_timestamp())));
    elsif verdict = 'ok' then
        select * into strict v_user from auth.users u where u.id = v_challenge.user_id for no key update;
        verdict := case when v_user.is_active then auth.next_stage(v_challenge) else 'disabled' end;
    end if;
    if verdict in ('refused', 'locked', 'disabled') then
        delete from auth.challenges c where c.id = in_challenge;
    elsif verdict in ('code', 'enrol', 'renew', 'ok') then
        server_final := v_challenge.server_final;
        verdict := case when verdict = 'ok' and in_client -> 'hold' = 'true' then 'proved' else verdict end;
        details := auth.stage_details(v_user.id, verdict);
        if verdict = 'renew' and v_challenge.by_mail then
            details := jsonb_set(details, '{reason}', '"forgotten"');
        end if;
        if verdict = 'proved' and v_challenge.proved_at is null then
            perform audit.record('proof', 'auth.users', v_user.id, in_role => v_user.role_name);
        end if;
        update auth.challenges c
        set expires_at = clock_timestamp() + interval '10 minutes',
            proved_at = case when finish_login.verdict = 'proved' then coalesce(c.proved_at, clock_timestamp()) else c.proved_at end
        where c.id = in_challenge;
    end if;
    if verdict = 'ok' then
        delete from auth.challenges c where c.id = in_challenge;
        select s.session_id, s.secret, s.valid_until into session_id, secret, valid_until
        from auth.open_session(v_user, left(coalesce(in_client ->> 'computer', ''), 100)) s;
        role_name := v_user.role_name;
        insert into auth.attempts (user_id, name_mark, address, verdict)
        values (v_user.id, auth.name_mark(v_challenge.login), inet_client_addr(), 'ok');
        details := details || jsonb_build_object('tag', (select x.tag from auth.sessions x where x.id = finish_login.session_id));
        perform auth.end_what_is_over();
    end if;
end $$;
comment on function auth.finish_login(uuid, jsonb) is
    'Tells what came of the last answer. The login is over with refused, locked (for locked_seconds), disabled, expired; it goes on for ten minutes with code, enrol, renew (what is due), code_refused, code_used, password_used (try again), proved (in_client said hold: nothing is due, the person changes something of her account first). ok: the person''s role and the secret that opens its connections until valid_until, the session''s id and, among the details, its tag. server_final is the server''s proof; in_client may name the computer.';

create or replace function auth.server_info() returns jsonb
language sql stable security definer set search_path = ''
as $$
    select jsonb_build_object(
        'schema_version', v.schema_version, 'min_client', v.min_client, 'iterations', g.iterations, 'now', clock_timestamp(), 'mail', meta.sends_mail(),
        'company_zh', coalesce(c.name_zh, ''), 'company_en', coalesce(c.name_en, ''))
    from meta.versions v cross join auth.gate_settings g left join org.companies c on true
$$;
comment on function auth.server_info() is
    'What a client may know before anybody logs in: versions, rounds of key derivation, the time, whether forgotten passwords are helped by mail, whose server this is.';
