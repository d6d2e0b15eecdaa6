-- Every change of every business row, written by triggers, also for plain SQL; and what people take out of the program.
create schema audit;
comment on schema audit is 'Who changed which row when, from which client, before and after.';

create sequence audit.changes_id_seq;
create table audit.changes (
    id bigint not null default nextval('audit.changes_id_seq'),
    at timestamptz not null default clock_timestamp(),
    role_name name not null default session_user,
    client text not null default current_setting('application_name'),
    address inet default inet_client_addr(),
    transaction_id xid8 not null default pg_current_xact_id(),
    table_name text not null,
    row_id bigint not null,
    operation text not null check (operation in ('insert', 'update', 'delete', 'print', 'export', 'mismatch',
        'login', 'refusal', 'lockout', 'logout', 'unlock', 'password', 'forgotten', 'proof', 'session_end')),
    before jsonb,
    after jsonb,
    primary key (id, at)
) partition by range (at);
comment on table audit.changes is 'One row for each changed row; an update holds only the columns that changed. Also one for each event that is no change: what is printed and exported, logins and what happens to passwords, and a computer that remembers another chain of seals. Append-only.';
create index changes_row_idx on audit.changes (table_name, row_id, at);
-- What administrators see among the changes of all others: the predicate is that of their policy.
create index changes_setup_idx on audit.changes (id)
    where split_part(table_name, '.', 1) in ('auth', 'org', 'meta', 'audit') or table_name = 'workflow.approval_rules';
create index changes_role_name_idx on audit.changes (role_name, at);
alter table audit.changes enable row level security;
call meta.make_month_partitions('audit.changes', '2025-01-01', 36);
