-- What a line of an order can be: products with the price for a customer and the stock of a warehouse.

create or replace function sales.offers(in_product_ids bigint[], in_price_list_id bigint, in_warehouse_id bigint, in_on date)
returns table (id bigint, code text, name_zh text, name_en text, specification text, kind text, supply text, unit_id bigint,
    unit_zh text, unit_en text, decimals int, tax_rate numeric, unit_price numeric, on_hand numeric, reserved numeric,
    available numeric, incoming numeric, in_production numeric)
language sql stable
as $$
    select p.id, p.code, p.name_zh, p.name_en, p.specification, p.kind, p.supply, p.unit_id, u.name_zh, u.name_en, u.decimals,
        p.tax_rate, r.unit_price, s.on_hand, s.reserved, s.on_hand - s.reserved, s.incoming, s.in_production
    from unnest(in_product_ids) with ordinality w (id, place)
    join catalog.products p on p.id = w.id
    join org.units u on u.id = p.unit_id
    left join lateral (
        select pr.unit_price from catalog.prices pr
        where pr.product_id = p.id and pr.price_list_id = coalesce(in_price_list_id, (select catalog.default_price_list()))
            and pr.valid_from <= in_on
        order by pr.valid_from desc limit 1
    ) r on true
    left join lateral (
        select coalesce(b.on_hand, 0) as on_hand, coalesce(b.reserved, 0) as reserved, coalesce(b.incoming, 0) as incoming,
            coalesce(b.in_production, 0) as in_production
        from (values (1)) one
        left join stock.balances b on b.product_id = p.id and b.warehouse_id = in_warehouse_id
        where in_warehouse_id is not null and p.supply <> 'none'
    ) s on true
    order by w.place
$$;
comment on function sales.offers(bigint[], bigint, bigint, date) is
    'Products by id, in that order, with the price of a list (null: the usual one) on a day and the stock of a warehouse; stock is null for services and without a warehouse.';
grant execute on function sales.offers(bigint[], bigint, bigint, date) to erp_order_enter;

create or replace function sales.search_offers(in_text text, in_limit int) returns setof bigint
language sql stable
as $$
    with typed as (
        select lower(normalize(btrim(in_text), nfkc)) as text
    )
    select p.id
    from typed t
    join catalog.products p on p.is_sold and p.is_active
        and (t.text = '' or p.id in (select catalog.search_products(in_text, 10000)))
    order by lower(p.code) = t.text desc, t.text in (p.initials, p.pinyin, lower(p.name_zh), lower(p.name_en)) desc,
        starts_with(lower(p.code), t.text) desc, starts_with(p.initials, t.text) desc, p.code
    limit in_limit
$$;
comment on function sales.search_offers(text, int) is
    'Products for sale in whose code, names, pinyin or initials every typed word is found, the one that is meant first; without a text all, by code.';
grant execute on function sales.search_offers(text, int) to erp_order_enter;

create view sales.product_list with (security_invoker = true) as
select p.*, s.on_hand, s.reserved, s.on_hand - s.reserved as available, s.incoming, s.in_production
from catalog.product_list p
left join lateral (
    select coalesce(sum(b.on_hand), 0) as on_hand, coalesce(sum(b.reserved), 0) as reserved, coalesce(sum(b.incoming), 0) as incoming,
        coalesce(sum(b.in_production), 0) as in_production
    from stock.balances_brief b join org.warehouses w on w.id = b.warehouse_id
    where b.product_id = p.id and w.kind <> 'raw'
    having (select auth.has_role('erp_stock_view_all'))
) s on p.supply <> 'none';
comment on view sales.product_list is
    'Products with today''s price of the usual list and the stock of all warehouses that sell; stock is null for who does not see all of it.';
grant usage on schema sales to erp_price_view;
grant select on sales.product_list to erp_price_view;
