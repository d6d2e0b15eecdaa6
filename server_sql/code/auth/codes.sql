-- The second factor: who needs one, checking it, setting it up and giving it up. All of it happens at the gate, after the
-- password was proved anew: an open session alone changes nothing here.

create or replace function auth.needs_code(in_user auth.users) returns boolean
language sql stable
as $$
    select exists (select from auth.roles_with_codes c join pg_roles r on r.rolname = c.role_name
        where pg_has_role(in_user.role_name, r.oid, 'usage'))
$$;
comment on function auth.needs_code(auth.users) is 'Whether a role of a person, had through whatever other roles, demands one-time codes.';

create or replace function auth.recovery_mark(in_user_id bigint, in_code text) returns bytea
language plpgsql stable
as $$
begin
    return auth.derived_bytes('recovery', concat(in_user_id, ':', in_code));
end $$;
comment on function auth.recovery_mark(bigint, text) is 'Keyed hash of a recovery code: twelve characters without dashes.';

create or replace function auth.make_recovery_codes(in_user_id bigint) returns text[]
language plpgsql volatile
as $$
declare
    -- Crockford's alphabet: nothing in it looks like something else, and 32 characters leave nothing over of a byte.
    c_alphabet constant text := '0123456789abcdefghjkmnpqrstvwxyz';
    v_codes text[] := '{}';
    v_code text;
begin
    delete from auth.recovery_codes c where c.user_id = in_user_id;
    for n in 1 .. 10 loop
        select string_agg(substring(c_alphabet from get_byte(b.bytes, i) % 32 + 1 for 1), '' order by i) into strict v_code
        from (select auth.random_bytes() as bytes offset 0) b, generate_series(0, 11) i;
        insert into auth.recovery_codes (user_id, mark) values (in_user_id, auth.recovery_mark(in_user_id, v_code));
        v_codes := v_codes || concat_ws('-', left(v_code, 4), substring(v_code from 5 for 4), right(v_code, 4));
    end loop;
    return v_codes;
end $$;
comment on function auth.make_recovery_codes(bigint) is 'Ten new recovery codes (60 bits each); the old ones are void. Only their hashes stay here.';

create or replace function auth.normal_code(in_code text) returns text
language sql immutable parallel safe
as $$
    select translate(regexp_replace(lower(normalize(left(in_code, 100), nfkc)), '[^a-z0-9]', '', 'g'), 'oil', '011')
$$;
comment on function auth.normal_code(text) is 'A code without what people type between its characters, and with digits for letters that look like them.';

create or replace function auth.gives_codes(in_user_id bigint) returns boolean
language sql stable
as $$
    select exists (select from auth.code_secrets s where s.user_id = in_user_id)
$$;
comment on function auth.gives_codes(bigint) is 'Whether a person has set up one-time codes.';

create or replace function auth.check_code(in_user_id bigint, in_code text) returns text
language plpgsql volatile
as $$
declare
    v_code text := auth.normal_code(in_code);
    v_secret auth.code_secrets;
    v_step bigint;
begin
    -- The row stays locked until the transaction ends: one code does not serve two logins at the same moment.
    select * into v_secret from auth.code_secrets s where s.user_id = in_user_id for update;
    if not found then
        return 'code_refused';
    end if;
    if v_code !~ '^[0-9]{6}$' then
        delete from auth.recovery_codes c where c.user_id = in_user_id and c.mark = auth.recovery_mark(in_user_id, v_code);
        return case when found then 'ok' else 'code_refused' end;
    end if;
    v_step := auth.matching_step(v_secret.secret, v_code, v_secret.last_step);
    if v_step > v_secret.last_step then
        update auth.code_secrets s set last_step = v_step where s.user_id = in_user_id;
        return 'ok';
    end if;
    return case when v_step is null then 'code_refused' else 'code_used' end;
end $$;
comment on function auth.check_code(bigint, text) is
    'What comes of a code, and uses it up: six digits of the authenticator program or a recovery code. ok, code_refused, code_used (right, but taken before).';

create or replace function auth.begin_enrolment(in_challenge uuid) returns bytea
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_challenge auth.challenges := auth.open_challenge(in_challenge);
begin
    if auth.next_stage(v_challenge) <> 'code' then
        update auth.challenges c set pending_secret = substring(auth.random_bytes() from 1 for 20)
        where c.id = in_challenge returning * into v_challenge;
        return v_challenge.pending_secret;
    end if;
    return null;
end $$;
comment on function auth.begin_enrolment(uuid) is
    'A new secret for the person''s authenticator program; it counts for nothing until confirm_enrolment. Null unless password and code (if she has one) were proved in this login.';

create or replace function auth.confirm_enrolment(in_challenge uuid, in_code text) returns text[]
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_challenge auth.challenges := auth.open_challenge(in_challenge);
    v_stage text := auth.next_stage(v_challenge);
    v_step bigint;
    v_codes text[];
begin
    if v_stage is null or v_stage = 'code' or v_challenge.pending_secret is null then
        return null;
    end if;
    -- Who was shown the secret can make its codes, so a wrong one is a slip and not a guess: it is not counted, and the
    -- answer may be told at once.
    v_step := auth.matching_step(v_challenge.pending_secret, auth.normal_code(in_code), 0);
    if v_step is null then
        perform auth.keep_verdict(v_challenge, 'code_refused');
        return null;
    end if;
    perform auth.record_own_change(v_challenge.user_id, jsonb_build_object('second_factor', auth.gives_codes(v_challenge.user_id)),
        '{"second_factor": true}');
    insert into auth.code_secrets (user_id, secret, last_step) values (v_challenge.user_id, v_challenge.pending_secret, v_step)
    on conflict (user_id) do update set secret = excluded.secret, last_step = excluded.last_step, enrolled_at = clock_timestamp();
    v_codes := auth.make_recovery_codes(v_challenge.user_id);
    update auth.challenges c set code_passed = true, pending_secret = null where c.id = in_challenge;
    perform auth.keep_verdict(v_challenge, 'ok');
    return v_codes;
end $$;
comment on function auth.confirm_enrolment(uuid, text) is
    'Takes the first code of a new secret; from now on logins need one. Returns ten recovery codes, never to be told again; null if the code is wrong or nothing was begun.';

create or replace function auth.renew_recovery_codes(in_challenge uuid) returns text[]
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_challenge auth.challenges := auth.open_challenge(in_challenge);
begin
    if v_challenge.id is null or not v_challenge.code_passed then
        return null;
    end if;
    perform auth.record_own_change(v_challenge.user_id, jsonb_build_object('recovery_codes',
        (select count(*) from auth.recovery_codes c where c.user_id = v_challenge.user_id)), '{"recovery_codes": 10}');
    return auth.make_recovery_codes(v_challenge.user_id);
end $$;
comment on function auth.renew_recovery_codes(uuid) is
    'Ten new recovery codes, the old ones are void. Null unless the second factor was shown in this login.';

create or replace function auth.give_up_codes(in_challenge uuid) returns boolean
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_challenge auth.challenges := auth.open_challenge(in_challenge);
    v_user auth.users;
begin
    if v_challenge.id is null or not v_challenge.code_passed then
        return false;
    end if;
    select * into strict v_user from auth.users u where u.id = v_challenge.user_id for no key update;
    if auth.needs_code(v_user) then
        perform meta.refuse('UA125', 'a role demands one-time codes');
    end if;
    perform auth.remove_codes(v_user.id);
    perform auth.record_own_change(v_user.id, '{"second_factor": true}', '{"second_factor": false}');
    return true;
end $$;
comment on function auth.give_up_codes(uuid) is
    'Ends the second factor of a person; false unless it was shown in this login. UA125 a role of hers demands it.';

create or replace function auth.remove_codes(in_user_id bigint) returns void
language sql volatile
as $$
    delete from auth.code_secrets s where s.user_id = in_user_id;
    delete from auth.recovery_codes c where c.user_id = in_user_id;
$$;
comment on function auth.remove_codes(bigint) is 'Forgets secret and recovery codes of a person.';

create or replace function auth.record_own_change(in_user_id bigint, in_before jsonb, in_after jsonb) returns void
language plpgsql volatile
as $$
begin
    insert into audit.changes (role_name, table_name, row_id, operation, before, after)
    select u.role_name, 'auth.users', u.id, 'update', in_before, in_after from auth.users u where u.id = in_user_id;
end $$;
comment on function auth.record_own_change(bigint, jsonb, jsonb) is 'Writes into the trail what a person did at the gate, in her own name.';
