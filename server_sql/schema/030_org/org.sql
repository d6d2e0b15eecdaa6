-- The company: who sells where, which stock lies where, which machines stand where, and in which units and money all is counted.
create schema org;
comment on schema org is 'Company, branches, warehouses, work centres, units, currencies, calendar.';

create table org.currencies (
    code text primary key check (code ~ '^[A-Z]{3}$'),
    name_zh text not null,
    name_en text not null,
    symbol text not null
);
comment on table org.currencies is 'ISO 4217 currencies that documents may use.';
alter table org.currencies enable row level security;

create table org.companies (
    id bigint generated always as identity primary key,
    name_zh text not null,
    name_en text not null,
    address_zh text not null default '',
    address_en text not null default '',
    phone text not null default '',
    tax_number text not null default '',
    bank_name text not null default '',
    bank_account text not null default '',
    currency text not null default 'CNY' references org.currencies on delete restrict,
    only_row boolean not null default true unique check (only_row)
);
comment on table org.companies is 'The company that this database serves (one row); its name and address stand on every document.';
create index companies_currency_idx on org.companies (currency);
alter table org.companies enable row level security;

create table org.branches (
    id bigint generated always as identity primary key,
    code text not null unique,
    name_zh text not null,
    name_en text not null,
    is_active boolean not null default true
);
comment on table org.branches is 'Sales branches; the row scope of sales people.';
alter table org.branches enable row level security;

create table org.warehouses (
    id bigint generated always as identity primary key,
    code text not null unique,
    name_zh text not null,
    name_en text not null,
    kind text not null check (kind in ('raw', 'finished', 'shop')),
    branch_id bigint references org.branches on delete restrict,
    address text not null default '',
    is_active boolean not null default true
);
comment on table org.warehouses is 'Places where stock is kept; the row scope of warehouse people. A raw warehouse feeds production, the others sell.';
create index warehouses_branch_id_idx on org.warehouses (branch_id);
alter table org.warehouses enable row level security;

create table org.work_centres (
    id bigint generated always as identity primary key,
    code text not null unique,
    name_zh text not null,
    name_en text not null,
    minutes_per_day numeric(8,1) not null check (minutes_per_day > 0),
    is_active boolean not null default true
);
comment on table org.work_centres is 'Machines and benches with the minutes they work on a day; the row scope of shop-floor people.';
alter table org.work_centres enable row level security;

create table org.units (
    id bigint generated always as identity primary key,
    code text not null unique,
    name_zh text not null,
    name_en text not null,
    decimals int not null default 0 check (decimals between 0 and 3)
);
comment on table org.units is 'Units of measure with the decimals a quantity may have.';
alter table org.units enable row level security;

create table org.calendar_days (
    day date primary key,
    is_working_day boolean not null,
    name_zh text not null default '',
    name_en text not null default ''
);
comment on table org.calendar_days is 'Days that differ from the plain week: public holidays and make-up working days.';
alter table org.calendar_days enable row level security;
