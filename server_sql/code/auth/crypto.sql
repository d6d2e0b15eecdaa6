-- SCRAM-SHA-256 (RFC 5802, RFC 7677) over the built-in sha256(bytea): no extension is needed.

create or replace function auth.hmac_sha256(in_key bytea, in_message bytea) returns bytea
language plpgsql immutable strict parallel safe
as $$
declare
    v_key bytea := case when length(in_key) > 64 then sha256(in_key) else in_key end;
    v_inner bytea := decode(repeat('36', 64), 'hex');
    v_outer bytea := decode(repeat('5c', 64), 'hex');
    v_byte int;
begin
    for i in 0 .. length(v_key) - 1 loop
        v_byte := get_byte(v_key, i);
        v_inner := set_byte(v_inner, i, v_byte # 54);
        v_outer := set_byte(v_outer, i, v_byte # 92);
    end loop;
    return sha256(v_outer || sha256(v_inner || in_message));
end $$;
comment on function auth.hmac_sha256(bytea, bytea) is 'HMAC with SHA-256 (RFC 2104).';

create or replace function auth.xor_bytes(in_left bytea, in_right bytea) returns bytea
language plpgsql immutable strict parallel safe
as $$
declare
    v_result bytea := in_left;
begin
    for i in 0 .. length(in_left) - 1 loop
        v_result := set_byte(v_result, i, get_byte(in_left, i) # get_byte(in_right, i));
    end loop;
    return v_result;
end $$;
comment on function auth.xor_bytes(bytea, bytea) is 'Two byte strings of the same length, combined bit by bit.';

create or replace function auth.random_bytes() returns bytea
language sql volatile
as $$
    select sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
$$;
comment on function auth.random_bytes() is '32 bytes nobody can guess, from the server''s strong random generator.';

create or replace function auth.scram_verifier(in_secret text) returns text
language plpgsql volatile
as $$
declare
    v_salt bytea := auth.random_bytes();
    -- One round is enough for a random secret of 256 bits: Hi(secret, salt, 1) = HMAC(secret, salt || 00000001).
    v_salted bytea := auth.hmac_sha256(convert_to(in_secret, 'utf8'), v_salt || '\x00000001'::bytea);
begin
    return format('SCRAM-SHA-256$1:%s$%s:%s', encode(v_salt, 'base64'),
        encode(sha256(auth.hmac_sha256(v_salted, 'Client Key')), 'base64'),
        encode(auth.hmac_sha256(v_salted, 'Server Key'), 'base64'));
end $$;
comment on function auth.scram_verifier(text) is
    'What PostgreSQL keeps of a role''s password, made here so that no statement and no log ever holds the secret itself.';
