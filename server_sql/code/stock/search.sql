-- Stock and shipments by parts of what people type. A policy keeps PostgreSQL from using the index on the pieces of words,
-- so these functions run past the policies and apply their predicates themselves.

create or replace function stock.search_balances(in_text text, in_limit int) returns setof bigint
language sql stable
as $$
    select b.id from stock.balances b
    where b.product_id in (select catalog.search_products(in_text, 10000))
    limit in_limit
$$;
comment on function stock.search_balances(text, int) is 'Balances of the products that are found by the text.';
grant execute on function stock.search_balances(text, int) to erp_stock_view, erp_stock_view_all;

create or replace function stock.visible_shipments() returns setof stock.shipments
language sql stable
as $$
    select s.* from stock.shipments s
    where (s.warehouse_id = any ((select auth.warehouse_ids())::bigint[]) and (select auth.has_role('erp_shipment_view')))
        or exists (select from sales.visible_orders() o where o.id = s.order_id)
$$;
comment on function stock.visible_shipments() is
    'The shipments that the person of this session sees: the predicates of the policies, for functions that run past them.';

create or replace function stock.search_shipments(in_text text, in_limit int) returns setof bigint
language sql stable security definer set search_path = ''
as $$
    with found as materialized (
        select s.id from stock.shipments s
        where meta.grams(lower(s.number || ' ' || s.order_number || ' ' || s.customer_name)) @> meta.grams_of_query(in_text)
            and not exists (select from meta.words_of(in_text) word
                where position(word in lower(normalize(s.number || ' ' || s.order_number || ' ' || s.customer_name, nfkc))) = 0)
            and meta.grams_of_query(in_text) <> '{}'
        limit 10000
    )
    select f.id from found f
    where exists (select from stock.visible_shipments() v where v.id = f.id)
    limit in_limit
$$;
comment on function stock.search_shipments(text, int) is
    'Shipments that the person sees in whose number, order number or customer every typed word is found.';
grant execute on function stock.search_shipments(text, int)
    to erp_shipment_view, erp_order_view_own, erp_order_view_branch, erp_order_view_all, erp_order_view_delivered;
