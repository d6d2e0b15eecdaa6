-- What is sold, bought and made, and for how much.
create schema catalog;
comment on schema catalog is 'Categories, products, price lists and standard costs.';

create table catalog.categories (
    id bigint generated always as identity primary key,
    code text not null unique,
    name_zh text not null,
    name_en text not null,
    parent_id bigint references catalog.categories on delete restrict
);
comment on table catalog.categories is 'Product categories, a tree.';
create index categories_parent_id_idx on catalog.categories (parent_id);
alter table catalog.categories enable row level security;

create table catalog.products (
    id bigint generated always as identity primary key,
    code text not null unique check (code <> ''),
    name_zh text not null,
    name_en text not null default '',
    pinyin text not null default '',
    initials text not null default '',
    specification text not null default '',
    category_id bigint not null references catalog.categories on delete restrict,
    kind text not null check (kind in ('raw', 'semi', 'finished', 'service', 'set')),
    supply text not null check (supply in ('make', 'buy', 'none')),
    unit_id bigint not null references org.units on delete restrict,
    tax_rate numeric(5,4) not null default 0.13 check (tax_rate between 0 and 1),
    weight_kg numeric(14,3) not null default 0 check (weight_kg >= 0),
    volume_m3 numeric(14,3) not null default 0 check (volume_m3 >= 0),
    is_sold boolean not null default false,
    is_active boolean not null default true,
    version int not null default 1,
    search_text text generated always as
        (lower(code || ' ' || name_zh || ' ' || name_en || ' ' || pinyin || ' ' || initials)) stored
);
comment on table catalog.products is 'Products. supply says how a shortage is covered: make (work order), buy (purchase request) or none (a service).';
create index products_search_idx on catalog.products using gin (meta.grams(search_text)) with (fastupdate = off);
create index products_category_id_idx on catalog.products (category_id);
create index products_unit_id_idx on catalog.products (unit_id);
alter table catalog.products enable row level security;

create table catalog.price_lists (
    id bigint generated always as identity primary key,
    code text not null unique,
    name_zh text not null,
    name_en text not null,
    currency text not null default 'CNY' references org.currencies on delete restrict
);
comment on table catalog.price_lists is 'Price lists: retail, dealer, web.';
create index price_lists_currency_idx on catalog.price_lists (currency);
alter table catalog.price_lists enable row level security;

create table catalog.prices (
    id bigint generated always as identity primary key,
    price_list_id bigint not null references catalog.price_lists on delete cascade,
    product_id bigint not null references catalog.products on delete cascade,
    valid_from date not null,
    unit_price numeric(14,4) not null check (unit_price >= 0),
    unique (product_id, price_list_id, valid_from)
);
comment on table catalog.prices is 'Unit price without tax of a product in a price list from a date on; the newest that has begun is valid.';
create index prices_price_list_id_idx on catalog.prices (price_list_id);
alter table catalog.prices enable row level security;

create table catalog.product_costs (
    product_id bigint primary key references catalog.products on delete cascade,
    standard_cost numeric(14,4) not null check (standard_cost >= 0),
    updated_at timestamptz not null default clock_timestamp()
);
comment on table catalog.product_costs is 'Standard cost per unit; a table of its own so that cost stays invisible to those who may see products.';
alter table catalog.product_costs enable row level security;

alter table crm.customers add foreign key (price_list_id) references catalog.price_lists on delete restrict;
