-- Files of orders: checked as a set without writing anything, then committed as one batch that can be undone.

create or replace function sales.option_is_on(in_options jsonb, in_name text) returns boolean
language sql immutable
as $$
    select coalesce(in_options ->> in_name, '') = 'true'
$$;
comment on function sales.option_is_on(jsonb, text) is 'Whether an option of an import is true.';

create or replace function sales.missing_customers(in_orders jsonb)
returns table (customer_key text, customer jsonb, order_count bigint, code text, name text, obstacle text, params jsonb)
language sql stable
as $$
    select u.customer_key, u.customer, u.order_count, u.code, u.name, c.obstacle,
        case c.obstacle when 'UV005' then jsonb_build_object('length', length(u.name), 'max', 200) else '{}' end
    from (
        select n.customer_key, n.customer, n.order_count, sales.typed_text(n.customer, 'code') as code,
            coalesce(nullif(sales.typed_text(n.customer, 'name'), ''), n.customer_key) as name
        from (
            select k.customer_key, (array_agg(k.value -> 'customer' order by k.place))[1] as customer, count(*) as order_count
            from (
                -- Joined before anything is left out (offset 0): the planner thinks so little of the rest that it would loop.
                select c.*, o.value from sales.customers_named(in_orders) c
                join jsonb_array_elements(in_orders) with ordinality o (value, place) on o.place - 1 = c.place offset 0
            ) k
            where k.customer_id is null and k.customer_key <> '' and jsonb_typeof(k.value -> 'customer') = 'object'
                and sales.id_or_null(k.value ->> 'customer_id') is null
            group by k.customer_key
        ) n
    ) u
    cross join lateral (select case
        when length(u.name) > 200 then 'UV005'
        when length(u.code) > 40 then 'UV715'
        when u.code <> '' then (select 'UV711' from crm.customers x where x.code = u.code)
        when exists (select from crm.visible_customers() v where v.name = u.name) then 'UV714'
        end as obstacle) c
$$;
comment on function sales.missing_customers(jsonb) is
    'The customers of an array of orders that the person does not see, with what the first order says of them. obstacle tells why one can''t be entered: UV711 the code is that of somebody else''s customer, UV714 several customers have the name, UV715 long code, UV005 long name.';

create or replace function sales.missing_products(in_orders jsonb)
returns table (product_key text, product jsonb, line_count bigint, code text, name text, obstacle text, params jsonb)
language sql stable
as $$
    select u.product_key, u.product, u.line_count, u.code, u.name, case
            when length(u.name) > 200 then 'UV005'
            when length(u.code) > 40 then 'UV715'
            when u.code = '' and exists (select from catalog.products p where u.name in (p.name_zh, p.name_en)) then 'UV714'
        end, jsonb_build_object('length', length(u.name), 'max', 200)
    from (
        select n.product_key, n.product, n.line_count, sales.typed_text(n.product, 'code') as code,
            coalesce(nullif(sales.typed_text(n.product, 'name'), ''), n.product_key) as name
        from (
            select k.product_key, (array_agg(k.line -> 'product' order by k.order_place, k.place))[1] as product, count(*) as line_count
            from sales.products_named(in_orders) k
            where k.product_id is null and k.product_key <> '' and jsonb_typeof(k.line -> 'product') = 'object'
                and sales.id_or_null(k.line ->> 'product_id') is null
            group by k.product_key
        ) n
    ) u
$$;
comment on function sales.missing_products(jsonb) is
    'The products of an array of orders that the catalogue does not know, with what the first line says of them. obstacle tells why one can''t be entered: UV714 several products have the name, UV715 long code, UV005 long name.';

create or replace function sales.repeated_references(in_heads sales.draft_head[])
returns table (order_place int, first_place int, number text)
language sql stable
as $$
    select h.place, nullif(h.first_place, h.place), o.number
    from (
        select d.*, min(d.place) over (partition by d.customer_key, d.customer_reference, d.ordered_on) as first_place
        from unnest(in_heads) d where d.customer_reference <> ''
    ) h
    left join sales.orders o on o.customer_id = h.customer_id and o.customer_reference = h.customer_reference
        and o.ordered_on = h.ordered_on and o.customer_reference <> '' and o.state <> 'cancelled'
    where h.first_place <> h.place or o.id is not null
$$;
comment on function sales.repeated_references(sales.draft_head[]) is
    'Orders whose reference the customer has on another order of the same day, earlier in the file (first_place) or in the books (number).';

create or replace function sales.import_complaints(in_orders jsonb, in_options jsonb, in_heads sales.draft_head[], in_lines sales.draft_line[])
returns table (order_place int, line_place int, field text, code text, params jsonb, is_error boolean)
language plpgsql stable
as $$
begin
    return query
    select c.order_place, null::int, c.field, coalesce(m.obstacle, case when m.customer_key is null then c.code else 'UV701' end),
        jsonb_build_object('value', c.params ->> 'id') || c.params || coalesce(m.params, '{}'), true
    from sales.head_complaints(in_heads) c
    left join sales.missing_customers(in_orders) m on c.code = 'UN001' and m.customer_key = c.params ->> 'id'
    where not (m.customer_key is not null and m.obstacle is null and sales.option_is_on(in_options, 'create_customers'))
        or m.customer_key is null
    union all
    select c.order_place, c.line_place, c.field, coalesce(m.obstacle, case c.code when 'UV211' then 'UV702' else c.code end),
        c.params || coalesce(m.params, '{}'), true
    from sales.line_complaints(in_lines) c
    join unnest(in_lines) l on l.order_place = c.order_place and l.place = c.line_place
    left join sales.missing_products(in_orders) m on c.code = 'UV211' and m.product_key = l.product_key
    where not (m.product_key is not null and m.obstacle is null and sales.option_is_on(in_options, 'create_products'))
        or m.product_key is null
    union all
    select b.order_place, null, 'lines', b.code, b.params, true from sales.batch_complaints(in_heads, in_lines) b
    union all
    select r.order_place, null, 'customer_reference', case when r.first_place is null then 'UV705' else 'UV704' end,
        jsonb_build_object('reference', h.customer_reference, 'number', r.number, 'first', r.first_place + 1), true
    from sales.repeated_references(in_heads) r join unnest(in_heads) h on h.place = r.order_place
    union all
    select w.order_place, w.line_place, w.field, w.code, w.params, false
    from sales.import_warnings(in_options, in_heads, in_lines) w;
end $$;
comment on function sales.import_complaints(jsonb, jsonb, sales.draft_head[], sales.draft_line[]) is
    'All that is wrong with a file of orders. Errors keep it from being imported: those of one order, of the batch (see sales.batch_complaints), and UV701 unknown customer, UV702 unknown product, UV704 twice in the file, UV705 in the books already, and what keeps a customer or product from being entered. Warnings: see sales.import_warnings.';

create or replace function sales.batch_complaints(in_heads sales.draft_head[], in_lines sales.draft_line[])
returns table (order_place int, code text, params jsonb)
language sql stable
as $$
    select o.place, c.code, c.params
    from (
        select t.*, sum(t.amount) over (order by t.place) as running
        from (
            select h.place, count(l.place) as lines, sum(l.net_amount + round(l.net_amount * l.tax_rate, 2)) as amount
            from unnest(in_heads) h left join unnest(in_lines) l on l.order_place = h.place
            group by h.place
        ) t
    ) o
    cross join lateral (values
        ('UV204', o.lines = 0, '{}'::jsonb),
        ('UV205', o.lines > 1000, jsonb_build_object('count', o.lines, 'max', 1000)),
        ('UV222', o.amount > 99999999999, '{"max": 99999999999}'),
        ('UV713', o.running > 999999999999 and o.running - o.amount <= 999999999999, '{"max": 999999999999}')
    ) c (code, fails, params)
    where c.fails
$$;
comment on function sales.batch_complaints(sales.draft_head[], sales.draft_line[]) is
    'Orders without lines (UV204), with too many (UV205) or too much money (UV222), and the order with which the batch becomes too large (UV713).';

create or replace function sales.import_warnings(in_options jsonb, in_heads sales.draft_head[], in_lines sales.draft_line[])
returns table (order_place int, line_place int, field text, code text, params jsonb)
language sql stable
as $$
    select l.order_place, l.place, 'unit_price', 'UV703', jsonb_build_object('line', l.line_no, 'product', l.product_code,
        'value', l.unit_price, 'list_price', l.list_price, 'percent', round(abs(l.unit_price / l.list_price - 1) * 100, 1))
    from unnest(in_lines) l
    where l.list_price > 0 and abs(l.unit_price / l.list_price - 1) > coalesce(sales.number_or_null(in_options ->> 'price_tolerance'), 0.2)
    union all
    select x.place, null, 'customer_id', 'UV710', jsonb_build_object('customer', c.name, 'limit', c.credit_limit, 'amount', x.amount)
    from (
        select h.customer_id, min(h.place) as place, sum(round(l.net_amount * (1 + l.tax_rate), 2)) as amount
        from unnest(in_heads) h join unnest(in_lines) l on l.order_place = h.place where h.customer_id is not null group by h.customer_id
    ) x
    join crm.customers c on c.id = x.customer_id
    where sales.exceeds_credit(c.id, null, x.amount)
$$;
comment on function sales.import_warnings(jsonb, sales.draft_head[], sales.draft_line[]) is
    'What to look at before a file of orders is imported: UV703 price further off the list than option price_tolerance (0.2), UV710 over the credit limit, told once for a customer.';

create or replace function sales.check_import(in_document jsonb) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
    v_orders jsonb := sales.array_of(in_document, 'orders');
    v_options jsonb := coalesce(in_document -> 'options', '{}');
    v_heads sales.draft_head[];
    v_lines sales.draft_line[];
begin
    perform sales.require_import_roles(v_options), sales.refuse_large_batch(v_orders), sales.import_branch(in_document);
    v_heads := array(select h from sales.draft_heads(v_orders, v_options) h);
    v_lines := array(select l from sales.draft_lines(v_orders, v_heads) l);
    return pg_catalog.jsonb_build_object('orders', pg_catalog.cardinality(v_heads), 'lines', pg_catalog.cardinality(v_lines),
        'imported_as', (select pg_catalog.to_jsonb(b) from sales.batch_of_file(in_document) b),
        'new_customers', (select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('key', m.customer_key, 'name', m.name,
            'orders', m.order_count) order by m.customer_key), '[]') from sales.missing_customers(v_orders) m where m.obstacle is null),
        'new_products', (select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('key', m.product_key, 'name', m.name,
            'lines', m.line_count) order by m.product_key), '[]') from sales.missing_products(v_orders) m where m.obstacle is null)
    ) || (
        select pg_catalog.jsonb_build_object('net_amount', coalesce(sum(l.net_amount), 0),
            'tax_amount', coalesce(sum(pg_catalog.round(l.net_amount * coalesce(l.tax_rate, 0.13), 2)), 0)) from pg_catalog.unnest(v_lines) l
    ) || (
        select pg_catalog.jsonb_build_object('errors', count(*) filter (where c.is_error), 'warnings', count(*) filter (where not c.is_error),
            'complaints', coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('order', c.order_place, 'line', c.line_place,
                'field', c.field, 'code', c.code, 'params', c.params, 'is_error', c.is_error)
                order by c.place) filter (where c.place <= 10000), '[]'))
        from (select i.*, pg_catalog.row_number() over (order by not i.is_error, i.order_place, i.line_place nulls first) as place
            from sales.import_complaints(v_orders, v_options, v_heads, v_lines) i) c);
end $$;
comment on function sales.check_import(jsonb) is
    'A dry run of sales.import_orders with the same document; writes nothing. Returns orders, lines, net_amount, tax_amount, imported_as (file, by, at of the batch that holds this file already), new_customers and new_products that the options could enter, errors, warnings, and the first 10000 complaints [{order, line, field, code, params, is_error}], places from 0, errors first. UA001, UV709 branch, UV713 too many lines.';
grant execute on function sales.check_import(jsonb) to erp_order_import;

create or replace function sales.import_orders(in_request_id uuid, in_document jsonb, in_version int) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb := meta.begin_request(in_request_id, 'sales.import_orders', in_document);
    v_orders jsonb := sales.array_of(in_document, 'orders');
    v_options jsonb := coalesce(in_document -> 'options', '{}');
    v_created jsonb;
    v_heads sales.draft_head[];
    v_lines sales.draft_line[];
    v_import sales.imports;
begin
    if v_result is not null then
        return v_result;
    end if;
    perform sales.require_import_roles(v_options), sales.refuse_large_batch(v_orders), sales.refuse_imported_file(in_document);
    v_import.branch_id := sales.import_branch(in_document);
    v_created := pg_catalog.jsonb_build_object(
        'customers', case when sales.option_is_on(v_options, 'create_customers') then sales.create_customers(v_orders, v_import.branch_id) else 0 end,
        'products', case when sales.option_is_on(v_options, 'create_products') then sales.create_products(v_orders) else 0 end);
    v_heads := array(select h from sales.draft_heads(v_orders, v_options) h);
    v_lines := array(select l from sales.draft_lines(v_orders, v_heads) l);
    perform sales.refuse_bad_import(v_orders, v_options, v_heads, v_lines);
    v_import := sales.insert_import(in_document, v_import.branch_id, v_heads, v_lines);
    perform sales.insert_orders(v_import, v_heads, v_lines);
    return meta.end_request(in_request_id, pg_catalog.jsonb_build_object('id', v_import.id, 'orders', v_import.order_count,
        'lines', v_import.line_count, 'gross_amount', v_import.gross_amount, 'created', v_created));
end $$;
comment on function sales.import_orders(uuid, jsonb, int) is
    'Imports a file as one batch of drafts, all or nothing: file_name, file_sha256, branch_id, options {create_customers, create_products, price_tolerance, promise_days}, orders [as for save_order, or customer {code, name, …}, and lines with product {code, name, category, …}]. A line may state amount instead of unit_price. Returns id, orders, lines, gross_amount, created. UA001, UV704 and what check_import complains of, UV707 file imported already, UV708 no orders, UV709 branch, UV713 too much for one batch.';
grant execute on function sales.import_orders(uuid, jsonb, int) to erp_order_import;

create or replace function sales.require_import_roles(in_options jsonb) returns void
language plpgsql stable
as $$
begin
    perform auth.require_role('erp_order_import');
    if sales.option_is_on(in_options, 'create_customers') then
        perform auth.require_role('erp_customer_enter');
    end if;
    if sales.option_is_on(in_options, 'create_products') then
        perform auth.require_role('erp_product_enter');
    end if;
end $$;
comment on function sales.require_import_roles(jsonb) is
    'Refuses UA001 who may not import, or asks for customers or products to be entered without the right to enter them.';

create or replace function sales.refuse_large_batch(in_orders jsonb) returns void
language plpgsql stable
as $$
declare
    v_count bigint := (select count(*) from jsonb_array_elements(in_orders) o cross join jsonb_array_elements(sales.array_of(o, 'lines')));
begin
    if v_count > 50000 then
        perform meta.refuse('UV716', 'too many lines for one batch', jsonb_build_object('count', v_count, 'max', 50000), 'orders');
    end if;
end $$;
comment on function sales.refuse_large_batch(jsonb) is 'Refuses UV716 more lines than one transaction should hold.';

create or replace function sales.batch_of_file(in_document jsonb) returns table (file text, "by" text, "at" text)
language sql stable
as $$
    select i.file_name, u.display_name, to_char(i.imported_at, 'YYYY-MM-DD HH24:MI')
    from sales.imports i join auth.users u on u.id = i.imported_by
    where i.file_sha256 = in_document ->> 'file_sha256' and i.undone_at is null
$$;
comment on function sales.batch_of_file(jsonb) is 'The batch that holds the file of a document already: its name, who imported it and when.';

create or replace function sales.refuse_imported_file(in_document jsonb) returns void
language plpgsql stable
as $$
declare
    v_batch record;
begin
    if jsonb_array_length(sales.array_of(in_document, 'orders')) = 0 then
        perform meta.refuse('UV708', 'the file has no orders', '{}', 'orders');
    end if;
    select * into v_batch from sales.batch_of_file(in_document);
    if found then
        perform meta.refuse('UV707', 'the file was imported already', to_jsonb(v_batch), 'file_sha256');
    end if;
end $$;
comment on function sales.refuse_imported_file(jsonb) is 'Refuses a document without orders (UV708) and a file whose batch is in the books (UV707).';

create or replace function sales.import_branch(in_document jsonb) returns bigint
language plpgsql stable
as $$
declare
    v_branch_id bigint := meta.id_of(in_document, 'branch_id', false);
    v_branches bigint[] := auth.branch_ids();
begin
    if v_branch_id is null and cardinality(v_branches) = 1 then
        return v_branches[1];
    end if;
    if v_branch_id is null or not v_branch_id = any (v_branches) then
        perform meta.refuse('UV709', 'the branch is not one of the person''s', jsonb_build_object('value', coalesce(v_branch_id::text, '')), 'branch_id');
    end if;
    return v_branch_id;
end $$;
comment on function sales.import_branch(jsonb) is 'The branch of a batch: the one that the document names, else the only one of the person. UV709.';

create or replace function sales.create_customers(in_orders jsonb, in_branch_id bigint) returns int
language plpgsql volatile
as $$
declare
    v_new crm.customers := crm.new_customer();
    v_count int;
begin
    insert into crm.customers (code, name, name_en, pinyin, initials, kind, branch_id, owner_id, price_list_id, currency, contact, phone,
        province, city, district, address, created_by)
    select coalesce(nullif(n.code, ''), meta.next_number('CU', current_date)), n.name, left(sales.typed_text(n.customer, 'name_en'), 200),
        left(sales.typed_text(n.customer, 'pinyin'), 1000), left(sales.typed_text(n.customer, 'initials'), 200),
        case when n.customer ->> 'kind' in ('company', 'person', 'dealer', 'web') then n.customer ->> 'kind' else v_new.kind end,
        in_branch_id, v_new.owner_id, v_new.price_list_id, v_new.currency, left(sales.typed_text(n.customer, 'contact'), 80),
        left(sales.typed_text(n.customer, 'phone'), 40), left(sales.typed_text(n.customer, 'province'), 80),
        left(sales.typed_text(n.customer, 'city'), 80), left(sales.typed_text(n.customer, 'district'), 80),
        left(sales.typed_text(n.customer, 'address'), 300), v_new.owner_id
    from sales.missing_customers(in_orders) n where n.obstacle is null;
    get diagnostics v_count = row_count;
    return v_count;
end $$;
comment on function sales.create_customers(jsonb, bigint) is
    'Enters the customers that a file names and the person does not see, as her own, with the usual price list and no credit; returns how many. UA001 without the right to enter customers.';

create or replace function sales.create_products(in_orders jsonb) returns int
language plpgsql volatile
as $$
declare
    v_unit_id bigint := (select u.id from org.units u order by u.code <> 'PC', u.id limit 1);
    v_count int;
begin
    perform auth.require_role('erp_product_enter');
    insert into catalog.categories (code, name_zh, name_en)
    select distinct c.name, c.name, c.name
    from (select left(sales.typed_text(m.product, 'category'), 80) as name from sales.missing_products(in_orders) m where m.obstacle is null) c
    where c.name <> '' and not exists (select from catalog.categories k where c.name in (k.code, k.name_zh, k.name_en));
    insert into catalog.products (code, name_zh, name_en, pinyin, initials, category_id, kind, supply, unit_id, is_sold)
    select coalesce(nullif(n.code, ''), meta.next_number('PD', current_date)), n.name, left(sales.typed_text(n.product, 'name_en'), 200),
        left(sales.typed_text(n.product, 'pinyin'), 1000), left(sales.typed_text(n.product, 'initials'), 200), k.id, 'finished', 'buy',
        v_unit_id, true
    from sales.missing_products(in_orders) n
    cross join lateral (
        select c.id from catalog.categories c
        order by sales.typed_text(n.product, 'category') <> ''
            and left(sales.typed_text(n.product, 'category'), 80) in (c.code, c.name_zh, c.name_en) desc, c.id limit 1
    ) k
    where n.obstacle is null;
    get diagnostics v_count = row_count;
    return v_count;
end $$;
comment on function sales.create_products(jsonb) is
    'Enters the products that a file names and the catalogue does not know: finished goods that are bought, counted in pieces, in the category that the file names (made if it is not there); returns how many. UA001.';

create or replace function sales.refuse_bad_import(in_orders jsonb, in_options jsonb, in_heads sales.draft_head[], in_lines sales.draft_line[])
returns void
language plpgsql stable
as $$
declare
    v_first record;
begin
    select c.code, c.params, c.field, c.order_place, c.line_place into v_first
    from sales.import_complaints(in_orders, in_options, in_heads, in_lines) c
    where c.is_error
    order by c.order_place, c.line_place nulls first limit 1;
    if found then
        perform meta.refuse(v_first.code, 'the file has errors', v_first.params, format('orders[%s].%s%s', v_first.order_place,
            case when v_first.line_place is null then '' else format('lines[%s].', v_first.line_place) end, v_first.field));
    end if;
end $$;
comment on function sales.refuse_bad_import(jsonb, jsonb, sales.draft_head[], sales.draft_line[]) is
    'Refuses the first error of a file; the field names its place: orders[12].lines[0].qty.';

create or replace function sales.insert_import(in_document jsonb, in_branch_id bigint, in_heads sales.draft_head[], in_lines sales.draft_line[])
returns sales.imports
language plpgsql volatile
as $$
declare
    v_import sales.imports;
begin
    insert into sales.imports (file_name, file_sha256, branch_id, order_count, line_count, gross_amount, imported_by)
    values (meta.text_of(in_document, 'file_name', 200, true), meta.text_of(in_document, 'file_sha256', 64, true), in_branch_id,
        cardinality(in_heads), cardinality(in_lines),
        (select sum(l.net_amount + round(l.net_amount * l.tax_rate, 2)) from unnest(in_lines) l), auth.user_id())
    on conflict (file_sha256) where undone_at is null do nothing
    returning * into v_import;
    -- Somebody else has imported the same file since it was looked for.
    if not found then
        perform sales.refuse_imported_file(in_document);
    end if;
    return v_import;
end $$;
comment on function sales.insert_import(jsonb, bigint, sales.draft_head[], sales.draft_line[]) is 'Stores the row of a batch. UV001, UV005, UV707.';

create or replace function sales.insert_orders(in_import sales.imports, in_heads sales.draft_head[], in_lines sales.draft_line[]) returns void
language plpgsql volatile
as $$
declare
    v_ids bigint[] := array(select nextval(pg_get_serial_sequence('sales.orders', 'id')) from generate_series(1, cardinality(in_heads)));
begin
    insert into sales.orders (id, number, branch_id, owner_id, customer_id, customer_name, customer_reference, channel, ordered_on,
        promised_on, currency, price_list_id, warehouse_id, ship_to, contact, phone, note, net_amount, tax_amount, gross_amount,
        max_discount, import_id, created_by)
    overriding system value
    select v_ids[h.place + 1], meta.next_number('SO', current_date), h.branch_id, in_import.imported_by, h.customer_id, h.customer_name,
        h.customer_reference, 'import', h.ordered_on, h.promised_on, h.currency, h.price_list_id, h.warehouse_id, h.ship_to, h.contact,
        h.phone, h.note, t.net, t.tax, t.net + t.tax, t.discount, in_import.id, in_import.imported_by
    from unnest(in_heads) h
    join (
        select l.order_place, sum(l.net_amount) as net, sum(round(l.net_amount * l.tax_rate, 2)) as tax,
            max(sales.measured_discount(l.unit_price, l.discount_rate, l.list_price, l.current_price)) as discount
        from unnest(in_lines) l group by l.order_place
    ) t on t.order_place = h.place
    order by h.place;
    insert into sales.order_lines (order_id, line_no, product_id, description, qty, unit_id, unit_price, list_price, current_price,
        discount_rate, tax_rate, net_amount, net_is_given, tax_amount, gross_amount)
    select v_ids[d.order_place + 1], d.line_no, d.product_id, d.description, d.qty, d.unit_id, d.unit_price, d.list_price, d.current_price,
        d.discount_rate, d.tax_rate, d.net_amount, d.net_is_given, round(d.net_amount * d.tax_rate, 2), d.net_amount + round(d.net_amount * d.tax_rate, 2)
    from unnest(in_lines) d
    order by d.order_place, d.place;
    perform workflow.record_event('order', i.id, 'import', null, 'draft', in_import.file_name) from unnest(v_ids) i (id);
end $$;
comment on function sales.insert_orders(sales.imports, sales.draft_head[], sales.draft_line[]) is 'Stores the checked orders of a batch as drafts of whoever imports them.';

create or replace function sales.undo_import(in_request_id uuid, in_document jsonb, in_version int) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb := meta.begin_request(in_request_id, 'sales.undo_import', in_document);
    v_import sales.imports;
    v_number text;
begin
    if v_result is not null then
        return v_result;
    end if;
    v_import := sales.open_import(meta.id_of(in_document, 'id'));
    perform from sales.orders o where o.import_id = v_import.id order by o.id for update;
    select o.number into v_number from sales.orders o
    where o.import_id = v_import.id and (o.state <> 'draft' or o.version <> 1) order by o.id limit 1;
    if found then
        perform meta.refuse('US701', 'an order of the batch was worked on', pg_catalog.jsonb_build_object('number', v_number));
    end if;
    delete from sales.orders o where o.import_id = v_import.id;
    update sales.imports i set undone_at = pg_catalog.clock_timestamp(), undone_by = auth.user_id()
    where i.id = v_import.id
    returning * into v_import;
    return meta.end_request(in_request_id, pg_catalog.jsonb_build_object('id', v_import.id, 'orders', v_import.order_count));
end $$;
comment on function sales.undo_import(uuid, jsonb, int) is
    'Deletes the orders of the batch {"id"}, if none was changed or submitted since; customers and products that it created stay. UA001, UN001, US701 an order was worked on, US702 undone already.';
grant execute on function sales.undo_import(uuid, jsonb, int) to erp_order_import;

create or replace function sales.open_import(in_id bigint) returns sales.imports
language plpgsql volatile
as $$
declare
    v_import sales.imports;
begin
    perform auth.require_role('erp_order_import');
    select i.* into v_import from sales.imports i
    where i.id = in_id and (i.imported_by = auth.user_id() or auth.has_role('erp_order_view_all')
        or (auth.has_role('erp_order_view_branch') and i.branch_id = any (auth.branch_ids())))
    for no key update of i;
    if not found then
        perform meta.refuse('UN001', 'the batch is not there or not visible', jsonb_build_object('document_type', 'import', 'id', in_id));
    end if;
    if v_import.undone_at is not null then
        perform meta.refuse('US702', 'the batch was undone already', jsonb_build_object('file', v_import.file_name));
    end if;
    return v_import;
end $$;
comment on function sales.open_import(bigint) is 'The door to a batch: right, there, visible, not undone; locks it. UA001, UN001, US702.';
