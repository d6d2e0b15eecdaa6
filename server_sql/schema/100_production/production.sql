-- How things are made: bills of material, routings, work orders, and what the shop floor reports.
create schema production;
comment on schema production is 'Bills of material, routings, work orders, operations, reports.';

create table production.bom_lines (
    id bigint generated always as identity primary key,
    product_id bigint not null references catalog.products on delete cascade,
    line_no int not null check (line_no > 0),
    component_id bigint not null references catalog.products on delete restrict,
    qty numeric(14,4) not null check (qty > 0),
    scrap_rate numeric(5,4) not null default 0 check (scrap_rate >= 0 and scrap_rate < 1),
    unique (product_id, line_no),
    unique (product_id, component_id),
    check (component_id <> product_id)
);
comment on table production.bom_lines is 'Bill of material: quantity of a component in one unit of the product, and the share that is lost in making it.';
create index bom_lines_component_id_idx on production.bom_lines (component_id);
alter table production.bom_lines enable row level security;

create table production.routing_steps (
    id bigint generated always as identity primary key,
    product_id bigint not null references catalog.products on delete cascade,
    step_no int not null check (step_no > 0),
    name_zh text not null,
    name_en text not null,
    work_centre_id bigint not null references org.work_centres on delete restrict,
    setup_minutes numeric(8,2) not null default 0 check (setup_minutes >= 0),
    run_minutes numeric(8,2) not null check (run_minutes > 0),
    unique (product_id, step_no)
);
comment on table production.routing_steps is 'Routing: the operations that make one product, in order, with minutes to set up once and to run per piece.';
create index routing_steps_work_centre_id_idx on production.routing_steps (work_centre_id);
alter table production.routing_steps enable row level security;

create table production.work_orders (
    id bigint generated always as identity primary key,
    number text not null unique,
    product_id bigint not null references catalog.products on delete restrict,
    qty numeric(14,3) not null check (qty > 0),
    done_qty numeric(14,3) not null default 0 check (done_qty >= 0),
    scrap_qty numeric(14,3) not null default 0 check (scrap_qty >= 0),
    state text not null default 'planned' check (state in ('planned', 'released', 'in_progress', 'done', 'cancelled')),
    warehouse_id bigint not null references org.warehouses on delete restrict,
    material_warehouse_id bigint not null references org.warehouses on delete restrict,
    order_line_id bigint references sales.order_lines on delete restrict,
    parent_id bigint references production.work_orders on delete restrict,
    starts_on date not null,
    due_on date not null,
    note text not null default '',
    created_at timestamptz not null default clock_timestamp(),
    created_by bigint not null references auth.users on delete restrict,
    released_at timestamptz,
    finished_at timestamptz,
    version int not null default 1,
    check (done_qty <= qty)
);
comment on table production.work_orders is
    'Orders to make a product into warehouse_id from material of material_warehouse_id; order_line_id is the customer order line that waits for it in the end (pegging), parent_id the work order that needs the product as a component.';
comment on column production.work_orders.starts_on is 'The day its material must be there, counted back from due_on by the minutes of its routing.';
create index work_orders_product_id_idx on production.work_orders (product_id, id);
create index work_orders_number_start_idx on production.work_orders (number text_pattern_ops);
create index work_orders_number_end_idx on production.work_orders (reverse(number) text_pattern_ops);
create index work_orders_state_idx on production.work_orders (state, due_on, id);
create index work_orders_state_id_idx on production.work_orders (state, id);
create index work_orders_due_on_idx on production.work_orders (due_on, id);
create index work_orders_warehouse_id_idx on production.work_orders (warehouse_id);
create index work_orders_material_warehouse_id_idx on production.work_orders (material_warehouse_id);
create index work_orders_order_line_id_idx on production.work_orders (order_line_id) where order_line_id is not null;
create index work_orders_parent_id_idx on production.work_orders (parent_id) where parent_id is not null;
create index work_orders_created_by_idx on production.work_orders (created_by);
alter table production.work_orders enable row level security;

create table production.work_order_materials (
    id bigint generated always as identity primary key,
    work_order_id bigint not null references production.work_orders on delete cascade,
    line_no int not null,
    product_id bigint not null references catalog.products on delete restrict,
    qty_per_unit numeric(14,6) not null check (qty_per_unit > 0),
    required_qty numeric(14,3) not null check (required_qty > 0),
    reserved_qty numeric(14,3) not null default 0 check (reserved_qty >= 0),
    issued_qty numeric(14,3) not null default 0 check (issued_qty >= 0),
    unique (work_order_id, line_no)
);
comment on table production.work_order_materials is 'Material of a work order, frozen from the bill of material when it was made (scrap included).';
create index work_order_materials_product_id_idx on production.work_order_materials (product_id);
create index work_order_materials_short_idx on production.work_order_materials (product_id)
    where required_qty > reserved_qty + issued_qty;
alter table production.work_order_materials enable row level security;

create table production.operations (
    id bigint generated always as identity primary key,
    work_order_id bigint not null references production.work_orders on delete cascade,
    step_no int not null,
    name_zh text not null,
    name_en text not null,
    work_centre_id bigint not null references org.work_centres on delete restrict,
    planned_minutes numeric(10,2) not null check (planned_minutes >= 0),
    arrived_qty numeric(14,3) not null default 0 check (arrived_qty >= 0),
    done_qty numeric(14,3) not null default 0 check (done_qty >= 0),
    scrap_qty numeric(14,3) not null default 0 check (scrap_qty >= 0),
    state text not null default 'waiting' check (state in ('waiting', 'in_progress', 'done', 'cancelled')),
    unique (work_order_id, step_no),
    check (done_qty + scrap_qty <= arrived_qty)
);
comment on table production.operations is 'Operations of a work order, frozen from the routing; pieces pass them in order: what one has done has arrived at the next.';
create index operations_work_centre_id_idx on production.operations (work_centre_id, state);
alter table production.operations enable row level security;

create sequence production.work_reports_id_seq;
create table production.work_reports (
    id bigint not null default nextval('production.work_reports_id_seq'),
    reported_at timestamptz not null default clock_timestamp(),
    operation_id bigint not null references production.operations on delete restrict,
    good_qty numeric(14,3) not null check (good_qty >= 0),
    scrap_qty numeric(14,3) not null default 0 check (scrap_qty >= 0),
    minutes numeric(10,2) not null default 0 check (minutes >= 0),
    scrap_reason text not null default '',
    user_id bigint not null references auth.users on delete restrict,
    primary key (id, reported_at),
    check (good_qty + scrap_qty > 0)
) partition by range (reported_at);
comment on table production.work_reports is 'Pieces reported by the shop floor per operation: good, scrapped and the minutes spent. Append-only.';
create index work_reports_operation_id_idx on production.work_reports (operation_id, reported_at);
create index work_reports_user_id_idx on production.work_reports (user_id, reported_at);
alter table production.work_reports enable row level security;
call meta.make_month_partitions('production.work_reports', '2025-01-01', 36);

alter table stock.reservations add foreign key (work_order_material_id)
    references production.work_order_materials on delete restrict;
