-- The life of a document is data: which step leads where and who may take it, who must approve, and what has happened.
create schema workflow;
comment on schema workflow is 'Transitions, approval rules and decisions, and the timeline of every document.';

create table workflow.transitions (
    document_type text not null,
    from_state text not null,
    action text not null,
    to_state text not null,
    action_role name,
    unique nulls not distinct (document_type, from_state, action, to_state, action_role)
);
comment on table workflow.transitions is
    'Allowed steps of each document type. action_role is a role that may take the step (one row for each), null when only the system takes it (a derived state).';
alter table workflow.transitions enable row level security;

create sequence workflow.events_id_seq;
create table workflow.events (
    id bigint not null default nextval('workflow.events_id_seq'),
    at timestamptz not null default clock_timestamp(),
    document_type text not null,
    document_id bigint not null,
    action text not null,
    from_state text,
    to_state text,
    user_id bigint,
    note text not null default '',
    details jsonb not null default '{}',
    primary key (id, at)
) partition by range (at);
comment on table workflow.events is 'Timeline of every document: who did what and when, with the reason given. Append-only.';
create index events_document_idx on workflow.events (document_type, document_id, at);
alter table workflow.events enable row level security;
call meta.make_month_partitions('workflow.events', '2025-01-01', 36);

create table workflow.approval_rules (
    id bigint generated always as identity primary key,
    document_type text not null,
    level int not null check (level between 1 and 9),
    branch_id bigint references org.branches on delete cascade,
    min_amount numeric(14,2),
    min_discount numeric(5,4),
    made_to_order boolean,
    action_role name not null,
    is_active boolean not null default true
);
comment on table workflow.approval_rules is
    'Approval matrix. A rule applies when every condition that is not null holds; a level is needed when one of its rules applies.';
create index approval_rules_branch_id_idx on workflow.approval_rules (branch_id);
alter table workflow.approval_rules enable row level security;

create table workflow.approvals (
    id bigint generated always as identity primary key,
    document_type text not null,
    document_id bigint not null,
    document_version int not null,
    level int not null,
    action_role name not null,
    branch_id bigint references org.branches on delete restrict,
    requested_at timestamptz not null default clock_timestamp(),
    requested_by bigint not null references auth.users on delete restrict,
    decision text not null default 'pending' check (decision in ('pending', 'approved', 'returned', 'void')),
    decided_at timestamptz,
    decided_by bigint references auth.users on delete restrict,
    comment text not null default '',
    unique (document_type, document_id, document_version, level)
);
comment on table workflow.approvals is
    'Decisions asked for and made, each bound to the exact version of the document; a changed document voids what is pending and asks again.';
create index approvals_pending_idx on workflow.approvals (action_role, branch_id) where decision = 'pending';
create index approvals_branch_id_idx on workflow.approvals (branch_id);
create index approvals_requested_by_idx on workflow.approvals (requested_by);
create index approvals_decided_by_idx on workflow.approvals (decided_by);
alter table workflow.approvals enable row level security;
