-- Who tried to log in, when, from where, and what came of it.
create sequence auth.attempts_id_seq;
create table auth.attempts (
    id bigint not null default nextval('auth.attempts_id_seq'),
    at timestamptz not null default clock_timestamp(),
    user_id bigint,
    name_mark bytea not null,
    address inet,
    client text not null default current_setting('application_name'),
    verdict text not null check (verdict in ('ok', 'proved', 'refused', 'locked', 'disabled', 'code_refused')),
    primary key (id, at)
) partition by range (at);
comment on table auth.attempts is 'Every attempt to log in. Append-only. An unknown name is kept as a keyed hash only: it may be a password typed into the wrong field.';
comment on column auth.attempts.verdict is
    'ok: everything that was due was given; proved: the answer was right, but a code or a new password is still due; refused: wrong name or password; code_refused: right password, wrong code.';
comment on column auth.attempts.user_id is 'Null for an unknown name. No foreign key: its check would make known names slower than unknown ones.';
create index attempts_user_id_idx on auth.attempts (user_id, at);
create index attempts_at_idx on auth.attempts (at);
alter table auth.attempts enable row level security;
call meta.make_month_partitions('auth.attempts', '2025-01-01', 36);
