-- What every department shares: versions, settings, screens, requests (idempotency), document numbers.
create schema meta;
comment on schema meta is 'Versions of this database, settings, screens, requests, document numbers.';

create table meta.versions (
    only_row boolean primary key default true check (only_row),
    schema_version text not null,
    min_client text not null,
    changed_at timestamptz not null default clock_timestamp()
);
comment on table meta.versions is 'The version of this database and the oldest client that may work with it (one row).';
comment on column meta.versions.schema_version is 'Version of the program whose schema this is.';
comment on column meta.versions.min_client is 'Clients older than this are asked to update before they log in.';
alter table meta.versions enable row level security;

create table meta.changes (
    file text primary key,
    kind text not null check (kind in ('cluster', 'schema', 'code', 'seed', 'upgrade')),
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    was_executed boolean not null default true,
    applied_at timestamptz not null default clock_timestamp(),
    applied_by name not null default session_user
);
comment on table meta.changes is 'Each file of server_sql that made this database what it is.';
comment on column meta.changes.was_executed is 'False for an upgrade file whose effect was already part of the fresh install.';
alter table meta.changes enable row level security;

create table meta.settings (
    name text primary key,
    value jsonb not null,
    description text not null,
    changed_at timestamptz not null default clock_timestamp(),
    changed_by name not null default session_user
);
comment on table meta.settings is 'Settings of the company that everybody may read; no secrets.';
alter table meta.settings enable row level security;

create table meta.screens (
    code text primary key check (code ~ '^[a-z_]+\.[a-z_]+$'),
    department text not null,
    ordinal int not null,
    action_roles name[] not null check (cardinality(action_roles) > 0),
    unique (department, ordinal)
);
comment on table meta.screens is 'The screens of the desktop and the action roles of which any one opens each.';
comment on column meta.screens.ordinal is 'Place in the department''s menu; leave gaps of ten.';
alter table meta.screens enable row level security;

create table meta.requests (
    request_id uuid primary key,
    user_name name not null default session_user,
    command text not null,
    document_md5 text not null,
    result jsonb,
    at timestamptz not null default clock_timestamp()
);
comment on table meta.requests is 'One row for each command that was carried out; a repeated request returns its result.';
comment on column meta.requests.result is 'Null only inside the transaction that is carrying the command out.';
create index requests_at_idx on meta.requests using brin (at);
alter table meta.requests enable row level security;

create table meta.numbers (
    series text not null check (series ~ '^[A-Z]{1,6}$'),
    period text not null,
    last_number bigint not null check (last_number > 0),
    primary key (series, period)
);
comment on table meta.numbers is 'Last number used in each gap-free series and month; its row is locked until the transaction ends.';
alter table meta.numbers enable row level security;
