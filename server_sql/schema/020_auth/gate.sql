-- What the gate remembers between the steps of a login.
create unlogged table auth.challenges (
    id uuid primary key default gen_random_uuid(),
    login text not null,
    user_id bigint,
    client_first text not null,
    server_first text not null,
    expires_at timestamptz not null default clock_timestamp() + interval '60 seconds',
    answered_in xid8,
    verdict text check (verdict in ('ok', 'refused', 'locked', 'disabled', 'code_refused', 'code_used', 'password_used')),
    server_final text,
    locked_until timestamptz,
    code_passed boolean not null default false,
    by_mail boolean not null default false,
    pending_secret bytea check (octet_length(pending_secret) = 20),
    proved_at timestamptz,
    check ((answered_in is null) = (verdict is null))
);
comment on table auth.challenges is
    'Logins under way. A verdict is told only in a later transaction than the one that answered: who rolls the count back learns nothing.';
comment on column auth.challenges.user_id is 'Null for an unknown name.';
comment on column auth.challenges.answered_in is 'The transaction that checked the last answer and counted the failure.';
comment on column auth.challenges.verdict is 'What came of the last answer; with refused, locked and disabled the login is over.';
comment on column auth.challenges.code_passed is 'The second factor was shown in this login.';
comment on column auth.challenges.by_mail is 'A mailed code stood in for the password: a new password is due.';
comment on column auth.challenges.proved_at is 'When a person who only confirms who she is was told that nothing is due; written into the trail once.';
comment on column auth.challenges.pending_secret is 'The secret of an enrolment that has not been confirmed by a code yet.';
create index challenges_expires_at_idx on auth.challenges (expires_at);
alter table auth.challenges enable row level security;

create table auth.name_failures (
    name_mark bytea primary key,
    failures int not null default 0,
    last_at timestamptz not null default clock_timestamp(),
    locked_until timestamptz
);
comment on table auth.name_failures is 'Wrong passwords in a row for each name, whether the name exists or not.';
comment on column auth.name_failures.name_mark is 'Keyed hash of the name: people type passwords into the wrong field.';
create index name_failures_last_at_idx on auth.name_failures (last_at);
alter table auth.name_failures enable row level security;

create table auth.address_failures (
    address inet primary key,
    failures numeric not null default 0,
    last_at timestamptz not null default clock_timestamp()
);
comment on table auth.address_failures is 'Wrong passwords from each address, whatever the names; a bucket that drains with time.';
comment on column auth.address_failures.address is 'IPv4 address or IPv6 network of 64 bits; 0.0.0.0 for local sockets.';
comment on column auth.address_failures.failures is 'Level of the bucket at last_at.';
create index address_failures_last_at_idx on auth.address_failures (last_at);
alter table auth.address_failures enable row level security;

create unlogged table auth.session_secrets (
    user_id bigint primary key references auth.users on delete cascade,
    secret text not null,
    valid_until timestamptz not null
);
comment on table auth.session_secrets is
    'The random password of a person''s role while she is logged in. Unlogged: in no backup, on no replica, gone after a crash. Nobody is granted anything.';
alter table auth.session_secrets enable row level security;

create unlogged table auth.sessions (
    id uuid primary key default gen_random_uuid(),
    user_id bigint not null references auth.users on delete cascade,
    started_at timestamptz not null default clock_timestamp(),
    valid_until timestamptz not null,
    address inet default inet_client_addr(),
    client text not null default current_setting('application_name'),
    computer text not null default '',
    tag text not null default encode(substring(uuid_send(gen_random_uuid()) from 1 for 6), 'hex'),
    last_active_at timestamptz not null default clock_timestamp(),
    unique (user_id, tag)
);
comment on table auth.sessions is 'Logins that have not ended; several of one person share one secret.';
comment on column auth.sessions.id is
    'Known to the session''s own program only: with it the gate gives the present secret, see auth.resume_session. Nobody is granted it.';
comment on column auth.sessions.tag is 'Stands in the application_name of the session''s connections, where everybody may see it.';
comment on column auth.sessions.last_active_at is 'When the program last told that its person was active.';
alter table auth.sessions enable row level security;

create unlogged table auth.cuts_due (
    user_id bigint primary key references auth.users on delete cascade,
    ordered_at timestamptz not null default clock_timestamp()
);
comment on table auth.cuts_due is
    'People whose connections are ended once more after the commit of what ended them: one that was being made meanwhile still got in by the old rights.';
alter table auth.cuts_due enable row level security;
