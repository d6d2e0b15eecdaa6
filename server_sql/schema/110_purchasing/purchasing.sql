-- What is bought: from the request that names who waits to the receipt in the warehouse.
create schema purchasing;
comment on schema purchasing is 'Suppliers, purchase requests, purchase orders, receipts.';

create table purchasing.suppliers (
    id bigint generated always as identity primary key,
    code text not null unique check (code <> ''),
    name text not null,
    name_en text not null default '',
    pinyin text not null default '',
    initials text not null default '',
    currency text not null default 'CNY' references org.currencies on delete restrict,
    payment_days int not null default 30 check (payment_days between 0 and 365),
    contact text not null default '',
    phone text not null default '',
    email text not null default '',
    address text not null default '',
    is_active boolean not null default true,
    version int not null default 1,
    search_text text generated always as
        (lower(code || ' ' || name || ' ' || name_en || ' ' || pinyin || ' ' || initials)) stored
);
comment on table purchasing.suppliers is 'Suppliers.';
create index suppliers_search_idx on purchasing.suppliers using gin (meta.grams(search_text)) with (fastupdate = off);
create index suppliers_currency_idx on purchasing.suppliers (currency);
alter table purchasing.suppliers enable row level security;

create table purchasing.supplier_products (
    id bigint generated always as identity primary key,
    supplier_id bigint not null references purchasing.suppliers on delete cascade,
    product_id bigint not null references catalog.products on delete cascade,
    unit_price numeric(14,4) not null check (unit_price >= 0),
    min_qty numeric(14,3) not null default 0 check (min_qty >= 0),
    lead_days int not null default 7 check (lead_days between 0 and 365),
    is_preferred boolean not null default false,
    unique (product_id, supplier_id)
);
comment on table purchasing.supplier_products is 'What a supplier sells us, at which price without tax, in which least quantity and how many days it takes.';
create index supplier_products_supplier_id_idx on purchasing.supplier_products (supplier_id);
create unique index supplier_products_preferred_idx on purchasing.supplier_products (product_id) where is_preferred;
alter table purchasing.supplier_products enable row level security;

create table purchasing.orders (
    id bigint generated always as identity primary key,
    number text not null unique,
    supplier_id bigint not null references purchasing.suppliers on delete restrict,
    warehouse_id bigint not null references org.warehouses on delete restrict,
    state text not null default 'draft' check (state in ('draft', 'sent', 'partly_received', 'received', 'cancelled')),
    currency text not null default 'CNY' references org.currencies on delete restrict,
    ordered_on date not null,
    expected_on date not null,
    note text not null default '',
    net_amount numeric(14,2) not null default 0,
    tax_amount numeric(14,2) not null default 0,
    gross_amount numeric(14,2) not null default 0,
    sent_at timestamptz,
    created_at timestamptz not null default clock_timestamp(),
    created_by bigint not null references auth.users on delete restrict,
    version int not null default 1,
    check (gross_amount = net_amount + tax_amount)
);
comment on table purchasing.orders is 'Purchase orders to one supplier into one warehouse.';
create index orders_supplier_id_idx on purchasing.orders (supplier_id, id);
create index orders_warehouse_id_idx on purchasing.orders (warehouse_id, id);
create index orders_state_idx on purchasing.orders (state, id);
create index orders_number_start_idx on purchasing.orders (number text_pattern_ops);
create index orders_number_end_idx on purchasing.orders (reverse(number) text_pattern_ops);
create index orders_currency_idx on purchasing.orders (currency);
create index orders_created_by_idx on purchasing.orders (created_by);
alter table purchasing.orders enable row level security;

create table purchasing.order_lines (
    id bigint generated always as identity primary key,
    order_id bigint not null references purchasing.orders on delete cascade,
    line_no int not null check (line_no > 0),
    product_id bigint not null references catalog.products on delete restrict,
    qty numeric(14,3) not null check (qty > 0),
    received_qty numeric(14,3) not null default 0 check (received_qty >= 0),
    unit_id bigint not null references org.units on delete restrict,
    unit_price numeric(14,4) not null check (unit_price >= 0),
    tax_rate numeric(5,4) not null check (tax_rate between 0 and 1),
    net_amount numeric(14,2) not null,
    tax_amount numeric(14,2) not null,
    gross_amount numeric(14,2) not null,
    unique (order_id, line_no),
    check (net_amount = round(qty * unit_price, 2)),
    check (tax_amount = round(net_amount * tax_rate, 2)),
    check (gross_amount = net_amount + tax_amount)
);
comment on table purchasing.order_lines is 'Lines of purchase orders; amounts rounded half-up per line.';
create index order_lines_product_id_idx on purchasing.order_lines (product_id);
create index order_lines_unit_id_idx on purchasing.order_lines (unit_id);
alter table purchasing.order_lines enable row level security;

create table purchasing.requests (
    id bigint generated always as identity primary key,
    number text not null unique,
    product_id bigint not null references catalog.products on delete restrict,
    warehouse_id bigint not null references org.warehouses on delete restrict,
    qty numeric(14,3) not null check (qty > 0),
    needed_on date not null,
    state text not null default 'open' check (state in ('open', 'ordered', 'received', 'cancelled')),
    order_line_id bigint references sales.order_lines on delete restrict,
    work_order_id bigint references production.work_orders on delete restrict,
    purchase_line_id bigint references purchasing.order_lines on delete set null,
    created_at timestamptz not null default clock_timestamp(),
    created_by bigint not null references auth.users on delete restrict,
    version int not null default 1
);
comment on table purchasing.requests is
    'What must be bought, for which customer order line or work order it is needed (pegging), and the purchase line that covers it.';
create index requests_number_start_idx on purchasing.requests (number text_pattern_ops);
create index requests_number_end_idx on purchasing.requests (reverse(number) text_pattern_ops);
create index requests_product_id_idx on purchasing.requests (product_id);
create index requests_warehouse_id_idx on purchasing.requests (warehouse_id);
create index requests_open_idx on purchasing.requests (needed_on, id) where state = 'open';
create index requests_order_line_id_idx on purchasing.requests (order_line_id) where order_line_id is not null;
create index requests_work_order_id_idx on purchasing.requests (work_order_id) where work_order_id is not null;
create index requests_purchase_line_id_idx on purchasing.requests (purchase_line_id) where purchase_line_id is not null;
create index requests_created_by_idx on purchasing.requests (created_by);
alter table purchasing.requests enable row level security;

create table purchasing.receipts (
    id bigint generated always as identity primary key,
    number text not null unique,
    order_id bigint not null references purchasing.orders on delete restrict,
    warehouse_id bigint not null references org.warehouses on delete restrict,
    supplier_note text not null default '',
    received_at timestamptz not null default clock_timestamp(),
    received_by bigint not null references auth.users on delete restrict
);
comment on table purchasing.receipts is 'Goods received for a purchase order; posted at once, never changed.';
create index receipts_order_id_idx on purchasing.receipts (order_id);
create index receipts_warehouse_id_idx on purchasing.receipts (warehouse_id, id);
create index receipts_received_by_idx on purchasing.receipts (received_by);
alter table purchasing.receipts enable row level security;

create table purchasing.receipt_lines (
    id bigint generated always as identity primary key,
    receipt_id bigint not null references purchasing.receipts on delete cascade,
    line_no int not null,
    order_line_id bigint not null references purchasing.order_lines on delete restrict,
    product_id bigint not null references catalog.products on delete restrict,
    qty numeric(14,3) not null check (qty > 0),
    unique (receipt_id, line_no)
);
comment on table purchasing.receipt_lines is 'Lines of receipts.';
create index receipt_lines_order_line_id_idx on purchasing.receipt_lines (order_line_id);
create index receipt_lines_product_id_idx on purchasing.receipt_lines (product_id);
alter table purchasing.receipt_lines enable row level security;
