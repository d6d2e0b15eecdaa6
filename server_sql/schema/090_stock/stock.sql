-- Stock truth: balances that can be recomputed from moves at any time, reservations that can never oversell, and shipments.
create schema stock;
comment on schema stock is 'Balances, moves, reservations, shipments, counts.';

create table stock.balances (
    product_id bigint not null references catalog.products on delete restrict,
    warehouse_id bigint not null references org.warehouses on delete restrict,
    on_hand numeric(14,3) not null default 0 check (on_hand >= 0),
    reserved numeric(14,3) not null default 0 check (reserved >= 0),
    incoming numeric(14,3) not null default 0 check (incoming >= 0),
    in_production numeric(14,3) not null default 0 check (in_production >= 0),
    reorder_point numeric(14,3) not null default 0 check (reorder_point >= 0),
    id bigint not null generated always as ((product_id << 20) + warehouse_id) stored unique,
    primary key (product_id, warehouse_id),
    check (warehouse_id < 1048576),
    check (reserved <= on_hand)
);
comment on table stock.balances is
    'Stock of a product in a warehouse. available = on_hand - reserved. incoming = sent purchase orders not yet received, in_production = work orders not yet done. The checks make overselling impossible for everybody.';
comment on column stock.balances.id is 'One number for product and warehouse: lists work with one key per row.';
create index balances_warehouse_id_idx on stock.balances (warehouse_id, product_id);
alter table stock.balances enable row level security;

create sequence stock.moves_id_seq;
create table stock.moves (
    id bigint not null default nextval('stock.moves_id_seq'),
    moved_at timestamptz not null default clock_timestamp(),
    product_id bigint not null references catalog.products on delete restrict,
    warehouse_id bigint not null references org.warehouses on delete restrict,
    kind text not null check (kind in ('opening', 'receipt', 'consumption', 'production', 'shipment', 'return', 'adjustment', 'transfer')),
    qty numeric(14,3) not null check (qty <> 0),
    unit_cost numeric(14,4) not null default 0 check (unit_cost >= 0),
    document_type text not null,
    document_id bigint not null,
    user_id bigint references auth.users on delete restrict,
    primary key (id, moved_at)
) partition by range (moved_at);
comment on table stock.moves is 'Every piece that came or went: positive in, negative out, at the standard cost of that moment. Append-only.';
create index moves_moved_at_idx on stock.moves (moved_at, id);
create index moves_product_idx on stock.moves (product_id, warehouse_id, moved_at);
create index moves_document_idx on stock.moves (document_type, document_id);
create index moves_warehouse_id_idx on stock.moves (warehouse_id, moved_at);
create index moves_user_id_idx on stock.moves (user_id);
alter table stock.moves enable row level security;
call meta.make_month_partitions('stock.moves', '2025-01-01', 36);

create table stock.reservations (
    id bigint generated always as identity primary key,
    product_id bigint not null references catalog.products on delete restrict,
    warehouse_id bigint not null references org.warehouses on delete restrict,
    order_line_id bigint references sales.order_lines on delete restrict,
    work_order_material_id bigint,
    qty numeric(14,3) not null check (qty > 0),
    reserved_at timestamptz not null default clock_timestamp(),
    check ((order_line_id is null) <> (work_order_material_id is null)),
    unique (order_line_id, warehouse_id),
    unique (work_order_material_id, warehouse_id)
);
comment on table stock.reservations is 'Stock promised to an order line or to the material of a work order; a row is reduced as it is used and deleted at zero.';
create index reservations_product_idx on stock.reservations (product_id, warehouse_id);
create index reservations_warehouse_id_idx on stock.reservations (warehouse_id);
alter table stock.reservations enable row level security;

create table stock.shipments (
    id bigint generated always as identity primary key,
    number text not null unique,
    order_id bigint not null references sales.orders on delete restrict,
    order_number text not null,
    customer_name text not null,
    branch_id bigint not null references org.branches on delete restrict,
    owner_id bigint not null references auth.users on delete restrict,
    warehouse_id bigint not null references org.warehouses on delete restrict,
    state text not null default 'picking' check (state in ('picking', 'shipped', 'in_transit', 'delivered', 'cancelled')),
    carrier text not null default '',
    vehicle text not null default '',
    ship_to text not null default '',
    contact text not null default '',
    phone text not null default '',
    note text not null default '',
    created_at timestamptz not null default clock_timestamp(),
    created_by bigint not null references auth.users on delete restrict,
    shipped_at timestamptz,
    delivered_at timestamptz,
    received_by text not null default '',
    version int not null default 1
);
comment on table stock.shipments is 'Delivery notes: goods of one order picked in one warehouse, shipped and delivered. Names and address are those of the order when the shipment was made; branch and owner are always the order''s: they say who sees it.';
create index shipments_order_id_idx on stock.shipments (order_id);
create index shipments_branch_id_idx on stock.shipments (branch_id, id);
create index shipments_owner_id_idx on stock.shipments (owner_id, id);
create index shipments_warehouse_id_idx on stock.shipments (warehouse_id, id);
create index shipments_state_idx on stock.shipments (state, id);
-- Search finds a number by its beginning or its end.
create index shipments_number_start_idx on stock.shipments (number text_pattern_ops);
create index shipments_number_end_idx on stock.shipments (reverse(number) text_pattern_ops);
create index shipments_shipped_at_idx on stock.shipments (shipped_at);
create index shipments_created_by_idx on stock.shipments (created_by);
alter table stock.shipments enable row level security;

create table stock.shipment_lines (
    id bigint generated always as identity primary key,
    shipment_id bigint not null references stock.shipments on delete cascade,
    line_no int not null,
    order_line_id bigint not null references sales.order_lines on delete restrict,
    product_id bigint not null references catalog.products on delete restrict,
    qty numeric(14,3) not null check (qty > 0),
    picked_qty numeric(14,3) not null default 0 check (picked_qty >= 0),
    order_line_no int not null,
    description text not null default '',
    unique (shipment_id, line_no),
    check (picked_qty <= qty)
);
comment on table stock.shipment_lines is 'Lines of delivery notes. qty is to be picked, picked_qty was picked; only what was picked is shipped. order_line_no and description are those of the order line when the shipment was made: who delivers may not see the order any more.';
create index shipment_lines_order_line_id_idx on stock.shipment_lines (order_line_id);
create index shipment_lines_product_id_idx on stock.shipment_lines (product_id);
alter table stock.shipment_lines enable row level security;

create table stock.adjustments (
    id bigint generated always as identity primary key,
    number text not null unique,
    warehouse_id bigint not null references org.warehouses on delete restrict,
    product_id bigint not null references catalog.products on delete restrict,
    counted_qty numeric(14,3) not null check (counted_qty >= 0),
    difference numeric(14,3) not null,
    reason text not null check (reason <> ''),
    adjusted_at timestamptz not null default clock_timestamp(),
    adjusted_by bigint not null references auth.users on delete restrict
);
comment on table stock.adjustments is 'Counted stock that differed from the books, with the reason. Posted at once, never changed.';
create index adjustments_warehouse_id_idx on stock.adjustments (warehouse_id, id);
create index adjustments_product_id_idx on stock.adjustments (product_id);
create index adjustments_adjusted_by_idx on stock.adjustments (adjusted_by);
alter table stock.adjustments enable row level security;
