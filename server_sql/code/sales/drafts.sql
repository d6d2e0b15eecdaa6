-- What documents of orders say, read and priced as sets: one order that is saved, or thousands that are imported.

create or replace function sales.id_or_null(in_text text) returns bigint
language sql immutable parallel safe
as $$
    select case when in_text ~ '^\d{1,18}$' then in_text::bigint end
$$;
comment on function sales.id_or_null(text) is 'A typed id; null if it is none.';

create or replace function sales.number_or_null(in_text text) returns numeric
language sql immutable parallel safe
as $$
    select case when in_text ~ '^[-+]?(\d{1,16}\.?\d{0,16}|\.\d{1,16})$' then in_text::numeric end
$$;
comment on function sales.number_or_null(text) is 'A typed number; null if it is none.';

create or replace function sales.date_or_null(in_text text) returns date
language sql immutable parallel safe
as $$
    select case when in_text ~ '^(?!0000)\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$' then (
        select d.day from (select make_date(left(in_text, 4)::int, substr(in_text, 6, 2)::int, 1) + right(in_text, 2)::int - 1 as day) d
        where extract(month from d.day) = substr(in_text, 6, 2)::int)
    end
$$;
comment on function sales.date_or_null(text) is 'A typed date, yyyy-mm-dd; null if there is no such day.';

create or replace function sales.typed_text(in_object jsonb, in_field text) returns text
language sql immutable parallel safe
as $$
    select coalesce(btrim(meta.plain_text(in_object ->> in_field), E' \t\r\n'), '')
$$;
comment on function sales.typed_text(jsonb, text) is 'A trimmed, plain text of a JSON object, '''' if it is absent.';

create or replace function sales.array_of(in_object jsonb, in_field text) returns jsonb
language sql immutable parallel safe
as $$
    select case jsonb_typeof(in_object -> in_field) when 'array' then in_object -> in_field else '[]' end
$$;
comment on function sales.array_of(jsonb, text) is 'An array of a JSON object, [] if it is absent or something else.';

create or replace function sales.customers_named(in_orders jsonb) returns table (place int, customer_key text, customer_id bigint)
language plpgsql stable
as $$
begin
    return query
    with typed as materialized (
        select (o.place - 1)::int as place, sales.id_or_null(o.value ->> 'customer_id') as id,
            sales.typed_text(o.value -> 'customer', 'code') as code, sales.typed_text(o.value -> 'customer', 'name') as name
        from jsonb_array_elements(in_orders) with ordinality o (value, place)
    ), found as (
        select t.place, v.id from typed t join crm.visible_customers() v on v.id = t.id
        union all
        select t.place, v.id from typed t join crm.visible_customers() v on v.code = t.code where t.id is null and t.code <> ''
        union all
        select t.place, min(v.id) from typed t join crm.visible_customers() v on v.name = t.name
        where t.id is null and t.code = '' and t.name <> '' group by t.place having count(*) = 1
    )
    select t.place, coalesce(t.id::text, nullif(t.code, ''), t.name), f.id from typed t left join found f on f.place = t.place;
end $$;
comment on function sales.customers_named(jsonb) is
    'The customer of each order of a document, among those that the person sees: by customer_id, else customer.code, else a customer.name that only one has. Null if there is none.';

create or replace function sales.draft_heads(in_orders jsonb, in_options jsonb default '{}') returns setof sales.draft_head
language plpgsql stable
as $$
begin
    return query
    select n.place, n.customer_key, n.customer_id, c.name, c.is_active, c.branch_id,
        coalesce(c.price_list_id, catalog.default_price_list()), coalesce(c.currency, 'CNY'),
        sales.typed_text(o.value, 'customer_reference'), t.ordered_text, t.ordered_on, t.promised_text,
        case when t.promised_text = '' then t.ordered_on + sales.id_or_null(left(in_options ->> 'promise_days', 4))::int
            else sales.date_or_null(t.promised_text) end,
        t.warehouse_text, w.id,
        coalesce(btrim(meta.plain_text(o.value ->> 'ship_to')), c.province || c.city || c.district || c.address),
        coalesce(btrim(meta.plain_text(o.value ->> 'contact')), c.contact),
        coalesce(btrim(meta.plain_text(o.value ->> 'phone')), c.phone), sales.typed_text(o.value, 'note')
    from jsonb_array_elements(in_orders) with ordinality o (value, place)
    join sales.customers_named(in_orders) n on n.place = o.place - 1
    left join crm.customers c on c.id = n.customer_id
    cross join lateral (
        select x.ordered_text, x.promised_text, x.warehouse_text,
            case when x.ordered_text = '' then current_date else sales.date_or_null(x.ordered_text) end as ordered_on
        from (select sales.typed_text(o.value, 'ordered_on') as ordered_text, sales.typed_text(o.value, 'promised_on') as promised_text,
            sales.typed_text(o.value, 'warehouse_id') as warehouse_text) x
    ) t
    left join lateral (
        select h.id from org.warehouses h
        where h.is_active and h.kind in ('finished', 'shop') and case when t.warehouse_text = ''
            then h.kind = 'finished' and (h.branch_id = c.branch_id or h.branch_id is null)
            else h.id = sales.id_or_null(t.warehouse_text) end
        order by h.branch_id nulls last, h.id limit 1
    ) w on true
    order by n.place;
end $$;
comment on function sales.draft_heads(jsonb, jsonb) is
    'The headers of an array of orders. What is absent comes from the customer (ship_to, contact, phone), from the branch (warehouse), is today (ordered_on), or option promise_days later (promised_on).';

create or replace function sales.products_named(in_orders jsonb)
returns table (order_place int, place int, line jsonb, product_key text, product_id bigint)
language plpgsql stable
as $$
begin
    return query
    with typed as materialized (
        select (o.place - 1)::int as order_place, (l.place - 1)::int as place, l.value as line,
            sales.id_or_null(l.value ->> 'product_id') as id,
            sales.typed_text(l.value -> 'product', 'code') as code, sales.typed_text(l.value -> 'product', 'name') as name
        from jsonb_array_elements(in_orders) with ordinality o (value, place)
        cross join lateral jsonb_array_elements(sales.array_of(o.value, 'lines')) with ordinality l (value, place)
    ), named as materialized (
        select n.name, min(n.id) as id
        from (
            select p.name_zh as name, p.id from catalog.products p union select p.name_en, p.id from catalog.products p
        ) n
        where exists (select from typed t where t.id is null and t.code = '' and t.name <> '')
        group by n.name having count(*) = 1
    )
    select t.order_place, t.place, t.line, coalesce(t.id::text, nullif(t.code, ''), t.name), coalesce(p.id, c.id, n.id)
    from typed t
    left join catalog.products p on p.id = t.id
    left join catalog.products c on c.code = t.code and t.id is null and t.code <> ''
    left join named n on n.name = t.name and t.id is null and t.code = '' and t.name <> '';
end $$;
comment on function sales.products_named(jsonb) is
    'The lines of an array of orders with the product of each: by product_id, else product.code, else a product.name that only one has. Null if there is none.';

create or replace function sales.draft_lines(in_orders jsonb, in_heads sales.draft_head[]) returns setof sales.draft_line
language plpgsql stable
as $$
begin
    return query
    select t.order_place, t.place, t.line_no_text, t.line_no, t.product_key, p.id, p.code, p.is_active and p.is_sold, p.supply = 'make',
        p.unit_id, u.decimals, t.description, t.qty_text, t.qty, t.price_text, v.unit_price, r.unit_price, nullif(n.unit_price, r.unit_price),
        t.discount_text, t.discount_rate, t.amount_text, v.net_amount, v.net_amount <> v.computed, p.tax_rate
    from unnest(in_heads) h
    join (
        select n.order_place, n.place, n.product_key, n.product_id, sales.typed_text(n.line, 'line_no') as line_no_text,
            case when n.line ->> 'line_no' is null then n.place + 1 else sales.id_or_null(left(n.line ->> 'line_no', 9))::int end as line_no,
            sales.typed_text(n.line, 'description') as description,
            sales.typed_text(n.line, 'qty') as qty_text, sales.number_or_null(btrim(n.line ->> 'qty')) as qty,
            sales.typed_text(n.line, 'unit_price') as price_text, sales.number_or_null(btrim(n.line ->> 'unit_price')) as price,
            sales.typed_text(n.line, 'discount_rate') as discount_text,
            case sales.typed_text(n.line, 'discount_rate') when '' then 0
                else round(sales.number_or_null(btrim(n.line ->> 'discount_rate')), 4) end as discount_rate,
            sales.typed_text(n.line, 'amount') as amount_text, round(sales.number_or_null(btrim(n.line ->> 'amount')), 2) as amount
        from sales.products_named(in_orders) n
    ) t on t.order_place = h.place
    left join catalog.products p on p.id = t.product_id
    left join org.units u on u.id = p.unit_id
    left join lateral (
        select pr.unit_price from catalog.prices pr
        where pr.product_id = p.id and pr.price_list_id = h.price_list_id and pr.valid_from <= coalesce(h.ordered_on, current_date)
        order by pr.valid_from desc limit 1
    ) r on true
    left join lateral (
        select pr.unit_price from catalog.prices pr
        where pr.product_id = p.id and pr.price_list_id = h.price_list_id and pr.valid_from <= current_date
        order by pr.valid_from desc limit 1
    ) n on h.ordered_on <> current_date
    -- A price or an amount that is not understood is complained of, never replaced by the list price.
    cross join lateral sales.priced(t.qty, t.price, case when (t.price_text = '' or t.price is not null)
        and (t.amount_text = '' or t.amount >= 0) then r.unit_price end, t.discount_rate, t.amount) v
    order by t.order_place, t.place;
end $$;
comment on function sales.draft_lines(jsonb, sales.draft_head[]) is
    'The lines of an array of orders, priced: the typed price, else the price that the typed amount means, else the list price on the day of the order. current_price is that of today where it is another one.';

create or replace function sales.priced(in_qty numeric, in_price numeric, in_list_price numeric, in_discount numeric, in_amount numeric,
    out unit_price numeric, out computed numeric, out net_amount numeric)
language sql immutable
as $$
    select p.price, a.computed, coalesce(in_amount, a.computed)
    from (
        select case
            when in_price is not null then round(in_price, 4)
            when in_amount >= 0 and in_qty > 0 and in_discount < 1 then round(in_amount / (in_qty * (1 - in_discount)), 4)
            else in_list_price end as price
    ) p
    cross join lateral (select round(in_qty * p.price * (1 - in_discount), 2) as computed) a
$$;
comment on function sales.priced(numeric, numeric, numeric, numeric, numeric) is
    'Price and amount of a line: computed is quantity × price − discount, half-up; net_amount is the amount given, else the computed one.';

create or replace function sales.effective_discount(in_unit_price numeric, in_discount numeric, in_list_price numeric) returns numeric
language sql immutable
as $$
    select case
        when in_list_price > 0 then greatest(0, least(1, round(1 - in_unit_price * (1 - in_discount) / in_list_price, 4)))
        when in_list_price = 0 then 0
        else 1 end
$$;
comment on function sales.effective_discount(numeric, numeric, numeric) is
    'How far a line is below its list price, 0 to 1; a product that is in no list counts as wholly discounted, so that its price is approved.';

create or replace function sales.measured_discount(in_unit_price numeric, in_discount numeric, in_list_price numeric, in_current_price numeric)
returns numeric
language sql immutable
as $$
    select greatest(sales.effective_discount(in_unit_price, in_discount, in_list_price),
        case when in_current_price is not null then sales.effective_discount(in_unit_price, in_discount, in_current_price) end)
$$;
comment on function sales.measured_discount(numeric, numeric, numeric, numeric) is
    'The discount of a line that approval goes by: the greater of those against the list of the order''s day and, where it says another price, the list of the day of submission.';

create or replace function sales.current_net(in_line_net numeric, in_qty numeric, in_discount numeric, in_current_price numeric) returns numeric
language sql immutable
as $$
    select case when in_current_price is null then in_line_net else round(in_qty * in_current_price * (1 - in_discount), 2) end
$$;
comment on function sales.current_net(numeric, numeric, numeric, numeric) is
    'What a line would come to before tax by the list of the day of submission, with the discount that it has.';
