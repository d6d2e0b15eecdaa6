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
    to erp_stock_view, erp_shipment_view, erp_order_view_own, erp_order_view_branch, erp_order_view_all, erp_order_view_delivered;

create or replace function stock.search_moves(in_text text, in_limit int) returns setof bigint
language sql stable
as $$
    with documents as (
        select 'shipment' as document_type, s.id from stock.search_shipments(in_text, 1000) s (id)
        union all
        select 'receipt', r.id from purchasing.receipts r where r.number = upper(btrim(in_text))
        union all
        select 'work_order', w.id from production.work_orders w where w.number = upper(btrim(in_text))
        union all
        select 'adjustment', a.id from stock.adjustments a where a.number = upper(btrim(in_text))
    )
    select f.id from (
        select m.id, m.moved_at from documents d
        join stock.moves m on m.document_type = d.document_type and m.document_id = d.id
        union
        (select m.id, m.moved_at from stock.moves m
        where m.product_id in (select catalog.search_products(in_text, 1000))
        order by m.moved_at desc limit in_limit)
    ) f
    order by f.moved_at desc
    limit in_limit
$$;
comment on function stock.search_moves(text, int) is
    'Moves of the products that are found by the text, of delivery notes that are, and of the receipt, work order or adjustment with that number; the latest first.';
grant execute on function stock.search_moves(text, int) to erp_stock_view;
