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
    where (select auth.has_role('erp_order_view_all'))
        or (s.warehouse_id = any ((select auth.warehouse_ids())::bigint[]) and (select auth.has_role('erp_shipment_view')))
        or (s.branch_id = any ((select auth.branch_ids())::bigint[]) and (select auth.has_role('erp_order_view_branch')))
        or (s.owner_id = (select auth.user_id()) and (select auth.has_role('erp_order_view_own')))
        or ((select auth.has_role('erp_order_view_delivered'))
            and (select o.state from sales.orders o where o.id = s.order_id) in ('delivered', 'completed'))
$$;
comment on function stock.visible_shipments() is
    'The shipments that the person of this session sees: the predicates of the policies, for functions that run past them.';

create or replace function stock.shipments_found_everywhere(in_text text, in_customer_ids bigint[], in_limit int) returns setof bigint
language plpgsql stable
as $$
declare
    v_reversed text := reverse(in_text);
    v_last text := chr(1114111);
begin
    return query
    select f.id from (
        select s.id from stock.visible_shipments() s where s.number ~>=~ in_text and s.number ~<~ (in_text || v_last) limit in_limit
    ) f
    union
    select f.id from (
        select s.id from stock.visible_shipments() s
        where reverse(s.number) ~>=~ v_reversed and reverse(s.number) ~<~ (v_reversed || v_last) limit in_limit
    ) f
    union
    select f.id from (
        select s.id from sales.orders o join stock.visible_shipments() s on s.order_id = o.id
        where o.number ~>=~ in_text and o.number ~<~ (in_text || v_last) limit in_limit
    ) f
    union
    select f.id from (
        select s.id from sales.orders o join stock.visible_shipments() s on s.order_id = o.id
        where reverse(o.number) ~>=~ v_reversed and reverse(o.number) ~<~ (v_reversed || v_last) limit in_limit
    ) f
    union
    select f.id from (
        select s.id from sales.orders o join stock.visible_shipments() s on s.order_id = o.id
        where o.customer_id = any (in_customer_ids) limit in_limit
    ) f
    limit in_limit;
end $$;
comment on function stock.shipments_found_everywhere(text, bigint[], int) is
    'For people who see many shipments: each way to find one by its own index, until there are enough.';

create or replace function stock.shipments_found_among_own(in_text text, in_customer_ids bigint[], in_limit int) returns setof bigint
language plpgsql stable
as $$
declare
    v_user_id bigint := auth.user_id();
begin
    return query
    select s.id from stock.shipments s join sales.orders o on o.id = s.order_id
    where s.owner_id = v_user_id
        and (starts_with(s.number, in_text) or right(s.number, length(in_text)) = in_text or starts_with(s.order_number, in_text)
            or right(s.order_number, length(in_text)) = in_text or o.customer_id in (select unnest(in_customer_ids)))
    limit in_limit;
end $$;
comment on function stock.shipments_found_among_own(text, bigint[], int) is
    'For people who see the shipments of their own orders only: these are few, so they are read one by one.';

create or replace function stock.search_shipments(in_text text, in_limit int) returns setof bigint
language plpgsql stable security definer set search_path = ''
as $$
declare
    v_text text := upper(normalize(btrim(in_text), nfkc));
    v_customer_ids bigint[] := array(select crm.customers_found(in_text, 10000));
begin
    if meta.grams_of_query(in_text) = '{}' then
        return;
    end if;
    if auth.has_role('erp_order_view_all') or auth.has_role('erp_order_view_branch') or auth.has_role('erp_order_view_delivered')
        or auth.has_role('erp_shipment_view') then
        return query select * from stock.shipments_found_everywhere(v_text, v_customer_ids, in_limit);
    elsif auth.has_role('erp_order_view_own') then
        return query select * from stock.shipments_found_among_own(v_text, v_customer_ids, in_limit);
    end if;
end $$;
comment on function stock.search_shipments(text, int) is
    'Shipments that the person sees whose number or order number begins or ends with the text, or whose customer is found by it (code, name, pinyin, initials, phone).';
grant execute on function stock.search_shipments(text, int)
    to erp_stock_view, erp_shipment_view, erp_order_view_own, erp_order_view_branch, erp_order_view_all, erp_order_view_delivered;

create or replace function stock.search_moves(in_text text, in_limit int) returns setof bigint
language plpgsql stable
as $$
declare
    v_number text := upper(btrim(in_text));
    v_product_ids bigint[] := array(select catalog.search_products(in_text, 1000));
begin
    return query
    with documents as materialized (
        select 'shipment' as document_type, s.id from stock.search_shipments(in_text, 200) s (id)
        union all
        select 'receipt', r.id from purchasing.receipts r where r.number = v_number
        union all
        select 'work_order', w.id from production.work_orders_brief w where w.number = v_number
        union all
        select 'adjustment', a.id from stock.adjustments a where a.number = v_number
    )
    select m.id from documents d
    cross join lateral (
        select x.id from stock.moves x where x.document_type = d.document_type and x.document_id = d.id offset 0
    ) m
    union
    (select m.id from stock.moves m where m.product_id = any (v_product_ids) order by m.id desc limit in_limit)
    limit in_limit;
end $$;
comment on function stock.search_moves(text, int) is
    'The latest moves of the products that are found by the text, and the moves of delivery notes that are (200 at most), and of the receipt, work order or adjustment with that number.';
grant execute on function stock.search_moves(text, int) to erp_stock_view;
