-- People and how they prove who they are.
create table auth.users (
    id bigint generated always as identity primary key,
    login text not null unique,
    role_name name not null generated always as (('erp_u_' || login)::name) stored unique,
    display_name text not null check (length(display_name) between 1 and 100),
    display_name_en text not null default '' check (length(display_name_en) <= 100),
    language text not null default 'zh' check (language in ('zh', 'en')),
    email text check (email ~ '^[^@[:space:]]+@[^@[:space:]]+$' and length(email) <= 200),
    phone text check (length(phone) <= 40),
    is_active boolean not null default true,
    version int not null default 1,
    created_at timestamptz not null default clock_timestamp(),
    created_by bigint references auth.users on delete restrict,
    constraint users_login_check check (
        octet_length(login) between 1 and 57
        and login = lower(normalize(btrim(login), nfkc) collate "C")
        and login !~ '[[:space:];]'
        and login !~ '[\u0001-\u001f\u007f-\u00a0\u00ad\u034f\u0600-\u0605\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\u3164\ue000-\uf8ff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff]')
);
comment on table auth.users is 'People. Each is one login role of PostgreSQL, so that session_user is the person in policies and in the audit.';
comment on column auth.users.login is 'What the person types, in its normal form: NFKC, letters a to z small, no blank, no semicolon, nothing invisible; at most 57 bytes.';
comment on column auth.users.role_name is 'The login role: erp_u_ and the login.';
comment on column auth.users.version is 'Grows with each change; commands name the version they were shown.';
create index users_created_by_idx on auth.users (created_by);
alter table auth.users enable row level security;

create table auth.credentials (
    user_id bigint primary key references auth.users on delete restrict,
    salt bytea not null check (octet_length(salt) = 32),
    iterations int not null check (iterations between 4096 and 10000000),
    stored_key bytea not null check (octet_length(stored_key) = 32),
    server_key bytea not null check (octet_length(server_key) = 32),
    must_change boolean not null default false,
    changed_at timestamptz not null default clock_timestamp()
);
comment on table auth.credentials is 'SCRAM-SHA-256 verifiers (RFC 5802, 7677). No password is here, and none ever reaches the server. Nobody is granted anything.';
comment on column auth.credentials.must_change is 'Somebody else chose this password: the gate lets the person in only with a new one.';
alter table auth.credentials enable row level security;

create table auth.former_credentials (
    id bigint generated always as identity primary key,
    user_id bigint not null references auth.users on delete cascade,
    salt bytea not null,
    iterations int not null,
    stored_key bytea not null,
    replaced_at timestamptz not null default clock_timestamp()
);
comment on table auth.former_credentials is
    'Passwords a person had, as verifiers: a client that sets a new one derives it with these salts too, and the server refuses what it finds here. Nobody is granted anything.';
create index former_credentials_user_id_idx on auth.former_credentials (user_id, id);
alter table auth.former_credentials enable row level security;

create table auth.gate_settings (
    only_row boolean primary key default true check (only_row),
    iterations int not null default 100000 check (iterations between 4096 and 10000000),
    failures_allowed int not null default 5 check (failures_allowed between 1 and 100),
    first_lock interval not null default '5 minutes' check (first_lock between '1 second' and '1 day'),
    longest_lock interval not null default '1 day' check (longest_lock between '1 second' and '31 days'),
    forget_failures_after interval not null default '1 day' check (forget_failures_after between '1 minute' and '31 days'),
    address_failures_allowed int not null default 50 check (address_failures_allowed between 1 and 100000),
    address_forgets_one_in interval not null default '1 minute' check (address_forgets_one_in between '1 second' and '1 day'),
    session_length interval not null default '12 hours' check (session_length between '5 minutes' and '7 days'),
    session_idle interval default '60 minutes' check (session_idle between '5 minutes' and '7 days'),
    password_length int not null default 15 check (password_length between 8 and 64),
    password_length_with_code int not null default 8 check (password_length_with_code between 8 and 64),
    passwords_remembered int not null default 5 check (passwords_remembered between 1 and 24),
    password_valid_for interval check (password_valid_for between '1 day' and '3650 days'),
    version int not null default 1
);
comment on table auth.gate_settings is 'How strict the gate is (one row).';
comment on column auth.gate_settings.iterations is 'Rounds of key derivation that new passwords get; the client does the work.';
comment on column auth.gate_settings.failures_allowed is 'Wrong passwords in a row for one name before it is locked; each further one doubles the time.';
comment on column auth.gate_settings.address_failures_allowed is 'Wrong passwords from one address, whatever the names, before it must wait.';
comment on column auth.gate_settings.address_forgets_one_in is 'One failure of an address is forgotten after each such time.';
comment on column auth.gate_settings.session_length is 'How long the secret of a session opens connections.';
comment on column auth.gate_settings.session_idle is 'A session ends when its person has not been active for so long; null: never.';
comment on column auth.gate_settings.password_length is
    'Fewest characters of a new password (NIST SP 800-63B-4, 3.1.1.2: 15 where it is the only proof). The client checks it: no password comes here.';
comment on column auth.gate_settings.password_length_with_code is 'Fewest characters for who gives a one-time code as well (NIST SP 800-63B-4: 8).';
comment on column auth.gate_settings.passwords_remembered is 'How many of her passwords, the present one among them, a person can''t choose again.';
comment on column auth.gate_settings.password_valid_for is 'After this time a new password is due; null: never, as NIST SP 800-63B-4 advises.';
insert into auth.gate_settings default values;
alter table auth.gate_settings enable row level security;

create table auth.server_secret (
    only_row boolean primary key default true check (only_row),
    secret bytea not null check (octet_length(secret) = 32)
);
comment on table auth.server_secret is 'From this the gate derives what it answers to unknown names (one row). Nobody is granted anything.';
insert into auth.server_secret (secret)
select sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
alter table auth.server_secret enable row level security;
