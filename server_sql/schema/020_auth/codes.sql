-- The second factor: one-time codes from an authenticator program, and recovery codes for who lost it.
create table auth.code_secrets (
    user_id bigint primary key references auth.users on delete cascade,
    secret bytea not null check (octet_length(secret) = 20),
    last_step bigint not null,
    enrolled_at timestamptz not null default clock_timestamp()
);
comment on table auth.code_secrets is 'What a person''s authenticator program makes her codes from. Nobody is granted anything.';
comment on column auth.code_secrets.last_step is 'The step of the last code that was taken: no code of it or of an earlier one is taken again.';
alter table auth.code_secrets enable row level security;

create table auth.recovery_codes (
    user_id bigint not null references auth.users on delete cascade,
    mark bytea not null check (octet_length(mark) = 32),
    primary key (user_id, mark)
);
comment on table auth.recovery_codes is 'Recovery codes that were not used yet, as keyed hashes. Nobody is granted anything.';
alter table auth.recovery_codes enable row level security;

create table auth.roles_with_codes (
    role_name name primary key references auth.roles on delete cascade
);
comment on table auth.roles_with_codes is 'Who has one of these roles, through whatever other roles, needs a one-time code to log in.';
alter table auth.roles_with_codes enable row level security;
