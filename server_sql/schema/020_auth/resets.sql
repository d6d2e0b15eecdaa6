-- Forgotten passwords.
create table auth.resets (
    id bigint generated always as identity primary key,
    user_id bigint,
    requested_at timestamptz not null default clock_timestamp(),
    mark bytea unique check (octet_length(mark) = 32),
    sent_to text,
    expires_at timestamptz,
    check ((mark is null) = (expires_at is null) and (mark is null) = (sent_to is null))
);
comment on table auth.resets is
    'Requests for a new password by e-mail, and the codes that were sent. Unknown names have a row, too: nothing may differ for them. Nobody is granted anything.';
comment on column auth.resets.user_id is 'Null for an unknown name. No foreign key: its check would make known names slower than unknown ones.';
comment on column auth.resets.mark is 'Keyed hash of the code; null until the worker has it sent.';
comment on column auth.resets.sent_to is 'The address that got the code: it is void when the person''s address changes.';
create index resets_user_id_idx on auth.resets (user_id);
create index resets_requested_at_idx on auth.resets (requested_at);
alter table auth.resets enable row level security;
