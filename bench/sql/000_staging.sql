-- What was drawn, as numbers; the following files make documents of it.
create temp table drawn_orders (
    id bigint, customer_id bigint, channel bigint, price_list_id bigint, warehouse_id bigint, ordered bigint, promised bigint,
    minutes bigint, confirmed bigint, shipped bigint, delivered bigint, invoiced bigint, paid bigint, state bigint,
    is_short bigint, is_released bigint, is_picking bigint
) on commit drop;
create temp table drawn_lines (
    id bigint, order_id bigint, line_no bigint, product_id bigint, qty bigint, discount bigint, price bigint, state bigint,
    missing bigint, reserved bigint, shipped bigint, delivered bigint, invoiced bigint
) on commit drop;

create function pg_temp.day_of(in_days bigint) returns date language sql immutable as $$
    select date '2000-01-01' + in_days::int
$$;
create function pg_temp.moment_of(in_days bigint, in_minutes bigint) returns timestamptz language sql stable as $$
    select (date '2000-01-01' + in_days::int + interval '8 hours' + in_minutes * interval '1 minute')::timestamptz
$$;
create function pg_temp.number_of(in_series text, in_day date, in_number bigint) returns text language sql stable as $$
    select in_series || to_char(in_day, 'YYMM') || '-' || case when in_number < 1000000 then to_char(in_number, 'FM000000') else in_number::text end
$$;
