-- Sealing the trail. The chain can be recomputed by who owns the database; therefore its heads are also remembered outside
-- (every client that logs in, and on paper), see docs/adr/0024-the-trail-is-sealed.md.

create or replace function audit.row_hash(in_change audit.changes) returns bytea
language sql immutable parallel safe
as $$
    select sha256(convert_to(jsonb_build_array(
        in_change.id, to_char(in_change.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), in_change.role_name,
        in_change.client, host(in_change.address), in_change.transaction_id::text, in_change.table_name, in_change.row_id,
        in_change.operation, in_change.before, in_change.after)::text, 'utf8'))
$$;
comment on function audit.row_hash(audit.changes) is 'SHA-256 over all columns of a change, the same on every server.';

create or replace function audit.seal_hash(in_previous bytea, in_seal audit.seals) returns bytea
language sql immutable parallel safe
as $$
    select sha256(coalesce(in_previous, '') || convert_to(jsonb_build_array(
        in_seal.number, to_char(in_seal.sealed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
        in_seal.first_id, in_seal.last_id, in_seal.row_ids)::text, 'utf8') || array_send(in_seal.row_hashes))
$$;
comment on function audit.seal_hash(bytea, audit.seals) is 'The hash of a seal that follows on one with the hash in_previous (null for the first).';

create or replace function audit.settled_id(in_patience interval) returns bigint
language plpgsql volatile
as $$
declare
    v_last bigint := (select case when s.is_called then s.last_value else s.last_value - 1 end from audit.changes_id_seq s);
    -- Who drew an id and has not ended yet holds this lock. Nobody is blocked: those who come later draw later ids.
    v_writers text[] := array(
        select l.virtualtransaction from pg_locks l
        where l.relation = 'audit.changes'::regclass and l.mode = 'RowExclusiveLock' and l.pid <> pg_backend_pid()
            and l.database = (select d.oid from pg_database d where d.datname = current_database()));
    v_end timestamptz := clock_timestamp() + in_patience;
begin
    while exists (select from pg_locks l
        where l.relation = 'audit.changes'::regclass and l.virtualtransaction = any (v_writers)) loop
        if clock_timestamp() > v_end then
            return null;
        end if;
        perform pg_sleep(0.02);
    end loop;
    return v_last;
end $$;
comment on function audit.settled_id(interval) is
    'An id up to which the trail will not grow any more: those that may still write below it have ended. Null if one of them did not within in_patience.';

create or replace function audit.seal_batch(in_head audit.seals, in_last_id bigint) returns audit.seals
language plpgsql volatile
as $$
declare
    c_rows constant int := 10000;
    v_seal audit.seals;
begin
    v_seal.number := coalesce(in_head.number, 0) + 1;
    v_seal.sealed_at := clock_timestamp();
    v_seal.first_id := coalesce(in_head.last_id, 0) + 1;
    select coalesce(array_agg(c.id order by c.id), '{}'), coalesce(array_agg(audit.row_hash(c) order by c.id), '{}')
    into v_seal.row_ids, v_seal.row_hashes
    from (select * from audit.changes x where x.id between v_seal.first_id and in_last_id order by x.id limit c_rows) c;
    v_seal.last_id := case when cardinality(v_seal.row_ids) = c_rows then v_seal.row_ids[c_rows] else in_last_id end;
    v_seal.hash := audit.seal_hash(in_head.hash, v_seal);
    insert into audit.seals select v_seal.*;
    return v_seal;
end $$;
comment on function audit.seal_batch(audit.seals, bigint) is 'Seals what follows on the head of the chain, up to an id, at most 10,000 changes; the new head.';

create or replace function audit.seal_changes() returns int
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_head audit.seals;
    v_last_id bigint;
    v_made int := 0;
begin
    -- A transaction that sees only what was there when it began would leave out changes.
    if current_setting('transaction_isolation') <> 'read committed' then
        return 0;
    end if;
    begin
        lock table audit.seals in share row exclusive mode nowait;
    exception when lock_not_available then
        return 0;
    end;
    select * into v_head from audit.seals s order by s.number desc limit 1;
    v_last_id := audit.settled_id(interval '2 seconds');
    while v_last_id > coalesce(v_head.last_id, 0) loop
        v_head := audit.seal_batch(v_head, v_last_id);
        v_made := v_made + 1;
    end loop;
    return v_made;
end $$;
comment on function audit.seal_changes() is
    'Seals the changes that no seal covers yet; how many seals were made. None while another session seals, or while a transaction that writes to the trail goes on for more than two seconds.';

create or replace function audit.seal_if_due() returns int
language sql volatile security definer set search_path = ''
as $$
    select case when exists (select from audit.seals s where s.sealed_at > clock_timestamp() - interval '5 minutes') then 0
        else audit.seal_changes() end
$$;
comment on function audit.seal_if_due() is
    'Seals like audit.seal_changes unless that was done in the last five minutes. Every client calls it, so a server without a worker is sealed, too.';

call meta.make_append_only('audit.seals');

grant usage on schema audit to erp_worker;
grant execute on function audit.seal_changes() to erp_worker;

grant usage on schema audit to erp_person;
grant execute on function audit.seal_if_due() to erp_person;
grant select (number, sealed_at, hash) on audit.seals to erp_person;
create policy select_all on audit.seals for select to erp_person using (true);

create or replace function audit.report_head(in_request_id uuid, in_document jsonb, in_version int default null) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb := meta.begin_request(in_request_id, 'audit.report_head', in_document);
    v_number bigint := meta.id_of(in_document, 'number');
    v_hash text := meta.text_of(in_document, 'hash', 64, true);
begin
    if v_result is not null then
        return v_result;
    end if;
    perform audit.record('mismatch', 'audit.seals', v_number, jsonb_build_object(
        'remembered', v_hash, 'found', (select encode(s.hash, 'hex') from audit.seals s where s.number = v_number)));
    return meta.end_request(in_request_id, '{}');
end $$;
comment on function audit.report_head(uuid, jsonb, int) is
    'Records that a computer remembers another head of the chain than the one that is there now. Document: number of the seal, hash as the computer remembers it (hexadecimal).';
grant execute on function audit.report_head(uuid, jsonb, int) to erp_person;
