-- One-time codes (TOTP, RFC 6238: HMAC-SHA-1, steps of 30 seconds, six digits). SHA-1 is what authenticator programs expect;
-- PostgreSQL has it only in pgcrypto, which not every server has, so it stands here (RFC 3174): one way on all servers.

create or replace function auth.word_at(in_bytes bytea, in_offset int) returns bigint
language sql immutable strict parallel safe
as $$
    select get_byte(in_bytes, in_offset)::bigint * 16777216 + get_byte(in_bytes, in_offset + 1) * 65536
        + get_byte(in_bytes, in_offset + 2) * 256 + get_byte(in_bytes, in_offset + 3)
$$;
comment on function auth.word_at(bytea, int) is 'The four bytes from an offset on as one number.';

create or replace function auth.sha1(in_message bytea) returns bytea
language plpgsql immutable strict parallel safe
as $$
declare
    c_mask constant bigint := 4294967295;
    v_padded bytea := in_message || '\x80' || decode(repeat('00', (119 - length(in_message) % 64) % 64), 'hex') || int8send(length(in_message)::bigint * 8);
    w bigint[];
    h0 bigint := 1732584193;
    h1 bigint := 4023233417;
    h2 bigint := 2562383102;
    h3 bigint := 271733878;
    h4 bigint := 3285377520;
    a bigint;
    b bigint;
    c bigint;
    d bigint;
    e bigint;
    v_mixed bigint;
begin
    for v_block in 0 .. length(v_padded) / 64 - 1 loop
        for t in 0 .. 15 loop
            w[t] := auth.word_at(v_padded, v_block * 64 + t * 4);
        end loop;
        for t in 16 .. 79 loop
            v_mixed := w[t - 3] # w[t - 8] # w[t - 14] # w[t - 16];
            w[t] := ((v_mixed << 1) | (v_mixed >> 31)) & c_mask;
        end loop;
        a := h0;
        b := h1;
        c := h2;
        d := h3;
        e := h4;
        for t in 0 .. 79 loop
            v_mixed := case
                when t < 20 then ((b & c) | ((~b) & d)) + 1518500249
                when t < 40 then (b # c # d) + 1859775393
                when t < 60 then ((b & c) | (b & d) | (c & d)) + 2400959708
                else (b # c # d) + 3395469782 end;
            v_mixed := ((((a << 5) | (a >> 27)) & c_mask) + v_mixed + e + w[t]) & c_mask;
            e := d;
            d := c;
            c := ((b << 30) | (b >> 2)) & c_mask;
            b := a;
            a := v_mixed;
        end loop;
        h0 := (h0 + a) & c_mask;
        h1 := (h1 + b) & c_mask;
        h2 := (h2 + c) & c_mask;
        h3 := (h3 + d) & c_mask;
        h4 := (h4 + e) & c_mask;
    end loop;
    return substring(int8send(h0) from 5) || substring(int8send(h1) from 5) || substring(int8send(h2) from 5)
        || substring(int8send(h3) from 5) || substring(int8send(h4) from 5);
end $$;
comment on function auth.sha1(bytea) is 'SHA-1 (RFC 3174), for one-time codes only: nothing else may rest on it.';

create or replace function auth.hmac_sha1(in_key bytea, in_message bytea) returns bytea
language plpgsql immutable strict parallel safe
as $$
declare
    v_key bytea := case when length(in_key) > 64 then auth.sha1(in_key) else in_key end;
    v_inner bytea := decode(repeat('36', 64), 'hex');
    v_outer bytea := decode(repeat('5c', 64), 'hex');
    v_byte int;
begin
    for i in 0 .. length(v_key) - 1 loop
        v_byte := get_byte(v_key, i);
        v_inner := set_byte(v_inner, i, v_byte # 54);
        v_outer := set_byte(v_outer, i, v_byte # 92);
    end loop;
    return auth.sha1(v_outer || auth.sha1(v_inner || in_message));
end $$;
comment on function auth.hmac_sha1(bytea, bytea) is 'HMAC with SHA-1 (RFC 2104), for one-time codes only.';

create or replace function auth.totp(in_secret bytea, in_step bigint) returns text
language plpgsql immutable strict parallel safe
as $$
declare
    v_hash bytea := auth.hmac_sha1(in_secret, int8send(in_step));
    v_offset int := get_byte(v_hash, 19) & 15;
begin
    return lpad(((auth.word_at(v_hash, v_offset) & 2147483647) % 1000000)::text, 6, '0');
end $$;
comment on function auth.totp(bytea, bigint) is 'The six digits of a step (RFC 4226, 6238).';

create or replace function auth.totp_step(in_at timestamptz) returns bigint
language sql immutable parallel safe
as $$
    select floor(extract(epoch from in_at) / 30)::bigint
$$;
comment on function auth.totp_step(timestamptz) is 'The step of 30 seconds in which a moment lies.';

create or replace function auth.matching_step(in_secret bytea, in_code text, in_after bigint) returns bigint
language sql stable
as $$
    select s.step
    from (select auth.totp_step(clock_timestamp()) + n as step from generate_series(-1, 1) n) s
    where auth.totp(in_secret, s.step) = in_code
    order by s.step > in_after desc, s.step limit 1
$$;
comment on function auth.matching_step(bytea, text, bigint) is
    'The step that a code belongs to, of those now valid: this one, the one before and the next; one after in_after if there is such a one; null for a wrong code.';
