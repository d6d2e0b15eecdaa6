-- What is wrong with orders as documents state them; the same rules for one order and for an imported file.

create or replace function sales.head_complaints(in_heads sales.draft_head[])
returns table (order_place int, field text, code text, params jsonb)
language sql stable
as $$
    select h.place, c.field, c.code, c.params || jsonb_build_object('field', c.field)
    from unnest(in_heads) h
    cross join lateral (values
        ('customer_id', 'UV001', h.customer_key = '', '{}'::jsonb),
        ('customer_id', 'UN001', h.customer_key <> '' and h.customer_id is null,
            jsonb_build_object('document_type', 'customer', 'id', h.customer_key)),
        ('customer_id', 'UV201', not h.customer_is_active, jsonb_build_object('customer', h.customer_name)),
        ('ordered_on', 'UV006', h.ordered_on is null, jsonb_build_object('value', left(h.ordered_text, 40))),
        ('ordered_on', 'UV004', h.ordered_on not between '1990-01-01' and current_date + 1,
            jsonb_build_object('value', h.ordered_text, 'min', '1990-01-01', 'max', (current_date + 1)::text)),
        ('promised_on', 'UV001', h.promised_text = '' and h.promised_on is null and h.ordered_on is not null, '{}'),
        ('promised_on', 'UV006', h.promised_text <> '' and h.promised_on is null, jsonb_build_object('value', left(h.promised_text, 40))),
        ('promised_on', 'UV004', h.promised_text <> '' and h.promised_on not between '1990-01-01' and '2099-12-31',
            jsonb_build_object('value', h.promised_on::text, 'min', '1990-01-01', 'max', '2099-12-31')),
        ('promised_on', 'UV202', h.promised_on < h.ordered_on,
            jsonb_build_object('promised_on', h.promised_on::text, 'ordered_on', h.ordered_on::text)),
        ('warehouse_id', 'UV207', h.warehouse_id is null and h.customer_id is not null, jsonb_build_object('value', left(h.warehouse_text, 40))),
        ('customer_reference', 'UV005', length(h.customer_reference) > 80, jsonb_build_object('length', length(h.customer_reference), 'max', 80)),
        ('ship_to', 'UV005', length(h.ship_to) > 400, jsonb_build_object('length', length(h.ship_to), 'max', 400)),
        ('contact', 'UV005', length(h.contact) > 80, jsonb_build_object('length', length(h.contact), 'max', 80)),
        ('phone', 'UV005', length(h.phone) > 40, jsonb_build_object('length', length(h.phone), 'max', 40)),
        ('note', 'UV005', length(h.note) > 2000, jsonb_build_object('length', length(h.note), 'max', 2000))
    ) c (field, code, fails, params)
    where c.fails
$$;
comment on function sales.head_complaints(sales.draft_head[]) is
    'What is wrong with headers of orders. UN001 no such customer, UV001, UV004 to UV006, UV201 inactive, UV202 promised before ordered, UV207 no warehouse.';

create or replace function sales.line_complaints(in_lines sales.draft_line[])
returns table (order_place int, line_place int, field text, code text, params jsonb)
language sql stable
as $$
    select l.order_place, l.place, c.field, c.code, jsonb_build_object('line', coalesce(l.line_no, l.place + 1),
        'product', coalesce(l.product_code, left(l.product_key, 60)), 'value', left(c.value, 40)) || coalesce(c.params, '{}')
    from (
        select d.*, count(*) over (partition by d.order_place, d.line_no) as twins from unnest(in_lines) d
    ) l
    cross join lateral (values
        ('line_no', 'UV210', coalesce(l.line_no, 0) < 1 or l.twins > 1, l.line_no_text, null::jsonb),
        ('product_id', 'UV211', l.product_id is null, l.product_key, null),
        ('product_id', 'UV212', not l.is_sold, l.product_code, null),
        ('qty', 'UV213', l.qty is null or l.qty <= 0 or l.qty > 1000000, l.qty_text, '{"max": 1000000}'),
        ('qty', 'UV214', l.qty <> round(l.qty, l.decimals), l.qty_text, jsonb_build_object('decimals', l.decimals)),
        ('unit_price', 'UV215', l.price_text = '' and l.amount_text = '' and l.list_price is null and l.is_sold, '', null),
        ('unit_price', 'UV216', (l.price_text <> '' and l.unit_price is null) or l.unit_price not between 0 and 999999999, l.price_text,
            '{"max": 999999999}'),
        ('discount_rate', 'UV217', l.discount_rate is null or l.discount_rate not between 0 and 1, l.discount_text, null),
        ('amount', 'UV218', l.amount_text <> '' and (l.net_amount is null or l.net_amount < 0 or
            abs(l.net_amount - l.qty * l.unit_price * (1 - l.discount_rate)) > 0.005 + l.qty * 0.00005), l.amount_text,
            jsonb_build_object('amount', round(l.qty * l.unit_price * (1 - l.discount_rate), 2))),
        ('unit_price', 'UV219', l.net_amount > 9999999999, l.net_amount::text, '{"max": 9999999999}'),
        ('description', 'UV221', length(l.description) > 400, '', jsonb_build_object('length', length(l.description), 'max', 400))
    ) c (field, code, fails, value, params)
    where c.fails
$$;
comment on function sales.line_complaints(sales.draft_line[]) is
    'What is wrong with lines of orders. UV210 number, UV211 no such product, UV212 not sold, UV213 quantity, UV214 decimals, UV215 no list price, UV216 price, UV217 discount, UV218 amount is not quantity × price, UV219 too much, UV221 long text.';

create or replace function sales.refuse_bad_order(in_document jsonb, in_head sales.draft_head, in_lines sales.draft_line[]) returns void
language plpgsql stable
as $$
declare
    v_first record;
    v_lines jsonb := in_document -> 'lines';
begin
    if v_lines is not null and jsonb_typeof(v_lines) <> 'array' then
        perform meta.refuse('UV003', 'lines are no list', '{"field": "lines", "value": ""}', 'lines');
    end if;
    if cardinality(in_lines) > 1000 then
        perform meta.refuse('UV205', 'too many lines', jsonb_build_object('count', cardinality(in_lines), 'max', 1000), 'lines');
    end if;
    select c.code, c.params, c.field into v_first
    from (
        select h.code, h.params, h.field, null::int as place from sales.head_complaints(array[in_head]) h
        union all
        select l.code, l.params, format('lines[%s].%s', l.line_place, l.field), l.line_place from sales.line_complaints(in_lines) l
    ) c
    order by c.place nulls first limit 1;
    if found then
        perform meta.refuse(v_first.code, 'the order can''t be saved as stated', v_first.params, v_first.field);
    end if;
    if (select sum(round(l.net_amount * (1 + l.tax_rate), 2)) from unnest(in_lines) l) > 99999999999 then
        perform meta.refuse('UV222', 'the order is too large', '{"max": 99999999999}', 'lines');
    end if;
end $$;
comment on function sales.refuse_bad_order(jsonb, sales.draft_head, sales.draft_line[]) is
    'Refuses the first thing that is wrong with an order; the field names the line by its place in the document, from 0: lines[2].qty.';
