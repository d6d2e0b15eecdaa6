-- Customer orders, from the first line typed to the last piece delivered.
create schema sales;
comment on schema sales is 'Sales orders and their imports.';

create table sales.imports (
    id bigint generated always as identity primary key,
    file_name text not null,
    file_sha256 text not null,
    branch_id bigint not null references org.branches on delete restrict,
    order_count int not null,
    line_count int not null,
    gross_amount numeric(14,2) not null,
    imported_at timestamptz not null default clock_timestamp(),
    imported_by bigint not null references auth.users on delete restrict,
    undone_at timestamptz,
    undone_by bigint references auth.users on delete restrict
);
comment on table sales.imports is 'Files of orders committed as one batch; a batch whose orders are all still drafts can be undone as one.';
create index imports_branch_id_idx on sales.imports (branch_id);
create index imports_imported_by_idx on sales.imports (imported_by);
create index imports_undone_by_idx on sales.imports (undone_by);
create unique index imports_file_once_idx on sales.imports (file_sha256) where undone_at is null;
alter table sales.imports enable row level security;

create table sales.orders (
    id bigint generated always as identity primary key,
    number text not null unique,
    branch_id bigint not null references org.branches on delete restrict,
    owner_id bigint not null references auth.users on delete restrict,
    customer_id bigint not null references crm.customers on delete restrict,
    customer_name text not null,
    customer_reference text not null default '',
    channel text not null default 'clerk' check (channel in ('clerk', 'import', 'dealer', 'web')),
    ordered_on date not null check (ordered_on between '1990-01-01' and '2099-12-31'),
    promised_on date not null check (promised_on between '1990-01-01' and '2099-12-31'),
    currency text not null default 'CNY' references org.currencies on delete restrict,
    price_list_id bigint not null references catalog.price_lists on delete restrict,
    warehouse_id bigint not null references org.warehouses on delete restrict,
    ship_to text not null default '',
    contact text not null default '',
    phone text not null default '',
    note text not null default '',
    state text not null default 'draft' check (state in ('draft', 'submitted', 'returned', 'confirmed', 'in_production',
        'ready', 'shipped', 'in_transit', 'delivered', 'completed', 'cancelled')),
    hold_reason text check (hold_reason in ('credit', 'data')),
    return_reason text not null default '',
    net_amount numeric(14,2) not null default 0,
    tax_amount numeric(14,2) not null default 0,
    gross_amount numeric(14,2) not null default 0,
    max_discount numeric(5,4) not null default 0,
    import_id bigint references sales.imports on delete restrict,
    submitted_at timestamptz,
    confirmed_at timestamptz,
    version int not null default 1,
    created_at timestamptz not null default clock_timestamp(),
    created_by bigint not null references auth.users on delete restrict,
    check (gross_amount = net_amount + tax_amount)
);
comment on table sales.orders is
    'Sales orders. customer_name is the name as it was when the order was saved. After confirmation the state is derived from the lines. hold_reason keeps an order from being confirmed.';
create index orders_owner_id_idx on sales.orders (owner_id, id);
create index orders_branch_id_idx on sales.orders (branch_id, id);
create index orders_customer_id_idx on sales.orders (customer_id, id);
-- What a customer with thousands of orders still owes is asked at each submission.
create index orders_owed_idx on sales.orders (customer_id)
    where state in ('submitted', 'confirmed', 'in_production', 'ready', 'shipped', 'in_transit', 'delivered');
create index orders_state_idx on sales.orders (state, id);
create index orders_ordered_on_idx on sales.orders (ordered_on, id);
create index orders_promised_on_idx on sales.orders (promised_on, id);
-- What has yet to leave the house: few of all orders. The lists of what can be picked and of what is late begin here.
create index orders_open_idx on sales.orders (promised_on, id) where state in ('confirmed', 'in_production', 'ready');
create index orders_gross_amount_idx on sales.orders (gross_amount, id);
create index orders_customer_name_idx on sales.orders (customer_name, id);
create index orders_hold_reason_idx on sales.orders (hold_reason, id) where hold_reason is not null;
create index orders_warehouse_id_idx on sales.orders (warehouse_id, state, id);
-- Search finds a number by its beginning or its end, a reference by any part.
create index orders_number_start_idx on sales.orders (number text_pattern_ops);
create index orders_number_end_idx on sales.orders (reverse(number) text_pattern_ops);
create index orders_customer_reference_grams_idx on sales.orders using gin (meta.grams(customer_reference)) with (fastupdate = off)
    where customer_reference <> '';
create index orders_currency_idx on sales.orders (currency);
create index orders_price_list_id_idx on sales.orders (price_list_id);
create index orders_import_id_idx on sales.orders (import_id) where import_id is not null;
create index orders_created_by_idx on sales.orders (created_by);
-- One reference, one customer, one day: the same order entered twice. (Customers do use a reference again later.)
create unique index orders_customer_reference_idx on sales.orders (customer_id, customer_reference, ordered_on)
    where customer_reference <> '' and state <> 'cancelled';
alter table sales.orders enable row level security;

create table sales.order_lines (
    id bigint generated always as identity primary key,
    order_id bigint not null references sales.orders on delete cascade,
    line_no int not null check (line_no > 0),
    product_id bigint not null references catalog.products on delete restrict,
    description text not null default '',
    qty numeric(14,3) not null check (qty > 0 and qty <= 1000000),
    unit_id bigint not null references org.units on delete restrict,
    unit_price numeric(14,4) not null check (unit_price >= 0),
    list_price numeric(14,4) check (list_price >= 0),
    current_price numeric(14,4) check (current_price >= 0),
    discount_rate numeric(5,4) not null default 0 check (discount_rate between 0 and 1),
    tax_rate numeric(5,4) not null check (tax_rate between 0 and 1),
    net_amount numeric(14,2) not null,
    net_is_given boolean not null default false,
    tax_amount numeric(14,2) not null,
    gross_amount numeric(14,2) not null,
    state text not null default 'open' check (state in ('open', 'waiting', 'in_production', 'ready', 'shipped',
        'in_transit', 'delivered', 'cancelled')),
    reserved_qty numeric(14,3) not null default 0 check (reserved_qty >= 0),
    shipped_qty numeric(14,3) not null default 0 check (shipped_qty >= 0),
    delivered_qty numeric(14,3) not null default 0 check (delivered_qty >= 0),
    invoiced_qty numeric(14,3) not null default 0 check (invoiced_qty >= 0),
    unique (order_id, line_no),
    check (reserved_qty + shipped_qty <= qty),
    check (delivered_qty <= shipped_qty),
    check (invoiced_qty <= shipped_qty),
    check (net_is_given or net_amount = round(qty * unit_price * (1 - discount_rate), 2)),
    check (abs(net_amount - qty * unit_price * (1 - discount_rate)) <= 0.005 + qty * 0.00005),
    check (tax_amount = round(net_amount * tax_rate, 2)),
    check (gross_amount = net_amount + tax_amount)
);
comment on table sales.order_lines is
    'Lines of sales orders. Amounts are rounded half-up per line; unit_price is without tax. reserved, shipped, delivered and invoiced quantities are kept by the commands that move them.';
comment on column sales.order_lines.list_price is 'What the price list of the order''s day said when the line was saved; null when the product was not in it.';
comment on column sales.order_lines.current_price is
    'What the customer''s price list said on the day when the order was last saved or submitted, where that is another price than list_price; see docs/adr/0022.';
comment on column sales.order_lines.net_is_given is
    'The amount came with the order (an imported history) and unit_price, rounded to its four decimals, follows from it; see docs/adr/0020.';
create index order_lines_product_id_idx on sales.order_lines (product_id);
create index order_lines_waiting_idx on sales.order_lines (product_id, id) where state in ('waiting', 'in_production');
create index order_lines_unit_id_idx on sales.order_lines (unit_id);
create index order_lines_to_invoice_idx on sales.order_lines (order_id) where shipped_qty > invoiced_qty;
alter table sales.order_lines enable row level security;

-- What a document says of an order before it is checked: the commands read documents of one order or of thousands into these.
create type sales.draft_head as (
    place int,
    customer_key text,
    customer_id bigint,
    customer_name text,
    customer_is_active boolean,
    branch_id bigint,
    price_list_id bigint,
    currency text,
    customer_reference text,
    ordered_text text,
    ordered_on date,
    promised_text text,
    promised_on date,
    warehouse_text text,
    warehouse_id bigint,
    ship_to text,
    contact text,
    phone text,
    note text
);
comment on type sales.draft_head is 'Header of an order as a document states it. place counts from 0; *_text is what was typed, the value beside it is null when that is not understood.';

create type sales.draft_line as (
    order_place int,
    place int,
    line_no_text text,
    line_no int,
    product_key text,
    product_id bigint,
    product_code text,
    is_sold boolean,
    is_made boolean,
    unit_id bigint,
    decimals int,
    description text,
    qty_text text,
    qty numeric,
    price_text text,
    unit_price numeric,
    list_price numeric,
    current_price numeric,
    discount_text text,
    discount_rate numeric,
    amount_text text,
    net_amount numeric,
    net_is_given boolean,
    tax_rate numeric
);
comment on type sales.draft_line is 'Line of an order as a document states it, priced. *_text is what was typed, the value beside it is null when that is not understood.';
