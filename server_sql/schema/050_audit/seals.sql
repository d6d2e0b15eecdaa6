-- The seals of the trail: batches of changes, each with the hashes of its rows and a hash over the batch before it.
create table audit.seals (
    number bigint primary key check (number > 0),
    sealed_at timestamptz not null default clock_timestamp(),
    first_id bigint not null,
    last_id bigint not null,
    row_ids bigint[] not null,
    row_hashes bytea[] not null,
    hash bytea not null check (octet_length(hash) = 32),
    check (last_id >= first_id),
    check (cardinality(row_ids) = cardinality(row_hashes))
);
comment on table audit.seals is 'The chain that shows whether somebody altered, removed or inserted changes of the trail afterwards. Append-only.';
comment on column audit.seals.first_id is 'The batch covers all changes from this id on; it follows on the last_id of the seal before.';
comment on column audit.seals.row_ids is 'The changes that were there when the batch was sealed, in their order: ids of transactions that failed are missing.';
comment on column audit.seals.row_hashes is 'SHA-256 of each of these changes: tells which one was touched.';
comment on column audit.seals.hash is 'SHA-256 over the hash of the seal before and everything of this one; the newest is the head of the chain.';
alter table audit.seals enable row level security;
