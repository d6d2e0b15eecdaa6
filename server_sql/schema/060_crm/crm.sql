-- Customers and what the sales people need to reach them.
create schema crm;
comment on schema crm is 'Customers.';

create table crm.customers (
    id bigint generated always as identity primary key,
    code text not null unique check (code <> ''),
    name text not null check (length(name) between 1 and 200),
    name_en text not null default '',
    pinyin text not null default '',
    initials text not null default '',
    kind text not null default 'company' check (kind in ('company', 'person', 'dealer', 'web')),
    branch_id bigint not null references org.branches on delete restrict,
    owner_id bigint not null references auth.users on delete restrict,
    price_list_id bigint not null,
    currency text not null default 'CNY' references org.currencies on delete restrict,
    credit_limit numeric(14,2) not null default 0 check (credit_limit >= 0),
    payment_days int not null default 0 check (payment_days between 0 and 365),
    contact text not null default '',
    phone text not null default '',
    province text not null default '',
    city text not null default '',
    district text not null default '',
    address text not null default '',
    tax_number text not null default '',
    is_active boolean not null default true,
    version int not null default 1,
    created_at timestamptz not null default clock_timestamp(),
    created_by bigint references auth.users on delete restrict,
    search_text text generated always as
        (lower(code || ' ' || name || ' ' || name_en || ' ' || pinyin || ' ' || initials || ' ' || phone)) stored
);
comment on table crm.customers is 'Customers with their branch and owner (row scope of sales), price list, credit and address. pinyin and initials come from the client that saves the name.';
create index customers_search_idx on crm.customers using gin (meta.grams(search_text)) with (fastupdate = off);
create index customers_owner_id_idx on crm.customers (owner_id, code);
create index customers_branch_id_idx on crm.customers (branch_id, code);
create index customers_price_list_id_idx on crm.customers (price_list_id);
create index customers_currency_idx on crm.customers (currency);
create index customers_created_by_idx on crm.customers (created_by);
create index customers_name_idx on crm.customers (name, id);
alter table crm.customers enable row level security;
