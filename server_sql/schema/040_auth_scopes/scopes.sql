-- Which rows people see: branches for sales, warehouses for stock, work centres for the shop floor.
create table auth.user_branches (
    id bigint generated always as identity primary key,
    user_id bigint not null references auth.users on delete cascade,
    branch_id bigint not null references org.branches on delete cascade,
    unique (user_id, branch_id)
);
comment on table auth.user_branches is 'The branches whose customers and orders a person works on.';
create index user_branches_branch_id_idx on auth.user_branches (branch_id);
alter table auth.user_branches enable row level security;

create table auth.user_warehouses (
    id bigint generated always as identity primary key,
    user_id bigint not null references auth.users on delete cascade,
    warehouse_id bigint not null references org.warehouses on delete cascade,
    unique (user_id, warehouse_id)
);
comment on table auth.user_warehouses is 'The warehouses that a person keeps.';
create index user_warehouses_warehouse_id_idx on auth.user_warehouses (warehouse_id);
alter table auth.user_warehouses enable row level security;

create table auth.user_work_centres (
    id bigint generated always as identity primary key,
    user_id bigint not null references auth.users on delete cascade,
    work_centre_id bigint not null references org.work_centres on delete cascade,
    unique (user_id, work_centre_id)
);
comment on table auth.user_work_centres is 'The work centres at which a person works.';
create index user_work_centres_work_centre_id_idx on auth.user_work_centres (work_centre_id);
alter table auth.user_work_centres enable row level security;
