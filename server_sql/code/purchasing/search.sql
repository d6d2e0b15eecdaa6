-- Purchasing by parts of what people type. A policy keeps PostgreSQL from using indexes whose operators could tell about hidden
-- rows, so these functions run past the policies and apply their predicates themselves.

create or replace function purchasing.suppliers_found(in_text text, in_limit int) returns setof bigint
language sql stable
as $$
    select s.id from purchasing.suppliers s
    where meta.grams(s.search_text) @> meta.grams_of_query(in_text) and meta.grams_of_query(in_text) <> '{}'
        and not exists (select from meta.words_of(in_text) word
            where position(word in lower(normalize(s.search_text, nfkc))) = 0)
    limit in_limit
$$;
comment on function purchasing.suppliers_found(text, int) is 'Suppliers in whose code, names, pinyin or initials every typed word is found.';

create or replace function purchasing.search_suppliers(in_text text, in_limit int) returns setof bigint
language sql stable security definer set search_path = ''
as $$
    select f from purchasing.suppliers_found(in_text, in_limit) f where (select auth.has_role('erp_supplier_view'))
$$;
comment on function purchasing.search_suppliers(text, int) is
    'Suppliers in whose code, names, pinyin or initials every typed word is found, for those who see suppliers.';
grant execute on function purchasing.search_suppliers(text, int) to erp_supplier_view;

create or replace function purchasing.visible_orders() returns setof purchasing.orders
language sql stable
as $$
    select o.* from purchasing.orders o
    where (select auth.has_role('erp_purchase_view'))
        or ((select auth.has_role('erp_receipt_enter')) and o.state in ('sent', 'partly_received', 'received')
            and o.warehouse_id = any ((select auth.warehouse_ids())::bigint[]))
$$;
comment on function purchasing.visible_orders() is
    'The purchase orders that the person of this session sees as buyer or in her warehouses: the predicates of the policies, for functions that run past them.';

create or replace function purchasing.orders_found(in_text text, in_supplier_ids bigint[], in_product_ids bigint[], in_limit int)
returns setof bigint
language plpgsql stable
as $$
declare
    v_reversed text := reverse(in_text);
    v_last text := chr(1114111);
begin
    return query
    select f.id from (
        select o.id from purchasing.visible_orders() o where o.number ~>=~ in_text and o.number ~<~ (in_text || v_last) limit in_limit
    ) f
    union
    select f.id from (
        select o.id from purchasing.visible_orders() o
        where reverse(o.number) ~>=~ v_reversed and reverse(o.number) ~<~ (v_reversed || v_last) limit in_limit
    ) f
    union
    select f.id from (
        select o.id from purchasing.visible_orders() o where o.supplier_id = any (in_supplier_ids) limit in_limit
    ) f
    union
    select f.id from (
        select distinct o.id from purchasing.order_lines l join purchasing.visible_orders() o on o.id = l.order_id
        where l.product_id = any (in_product_ids) limit in_limit
    ) f
    limit in_limit;
end $$;
comment on function purchasing.orders_found(text, bigint[], bigint[], int) is
    'Purchase orders that the person sees: each way to find one by its own index, until there are enough.';

create or replace function purchasing.search_orders(in_text text, in_limit int) returns setof bigint
language plpgsql stable security definer set search_path = ''
as $$
begin
    if meta.grams_of_query(in_text) <> '{}' then
        return query select * from purchasing.orders_found(upper(normalize(btrim(in_text), nfkc)),
            array(select purchasing.suppliers_found(in_text, 1000)), array(select catalog.search_products(in_text, 1000)), in_limit);
    end if;
end $$;
comment on function purchasing.search_orders(text, int) is
    'Purchase orders that the person sees whose number begins or ends with the text, or whose supplier or one of whose products is found by it.';
grant execute on function purchasing.search_orders(text, int) to erp_purchase_view, erp_receipt_enter;

create or replace function purchasing.requests_found(in_text text, in_product_ids bigint[], in_limit int) returns setof bigint
language plpgsql stable
as $$
declare
    v_reversed text := reverse(in_text);
    v_last text := chr(1114111);
begin
    return query
    select f.id from (
        select r.id from purchasing.requests r where r.number ~>=~ in_text and r.number ~<~ (in_text || v_last) limit in_limit
    ) f
    union
    select f.id from (
        select r.id from purchasing.requests r
        where reverse(r.number) ~>=~ v_reversed and reverse(r.number) ~<~ (v_reversed || v_last) limit in_limit
    ) f
    union
    select f.id from (
        select r.id from sales.orders o
        join sales.order_lines l on l.order_id = o.id
        join purchasing.requests r on r.order_line_id = l.id
        where o.number ~>=~ in_text and o.number ~<~ (in_text || v_last) limit in_limit
    ) f
    union
    select f.id from (
        select r.id from sales.orders o
        join sales.order_lines l on l.order_id = o.id
        join purchasing.requests r on r.order_line_id = l.id
        where reverse(o.number) ~>=~ v_reversed and reverse(o.number) ~<~ (v_reversed || v_last) limit in_limit
    ) f
    union
    select f.id from (
        select r.id from purchasing.requests r where r.product_id = any (in_product_ids) limit in_limit
    ) f
    limit in_limit;
end $$;
comment on function purchasing.requests_found(text, bigint[], int) is 'Purchase requests: each way to find one by its own index, until there are enough.';

create or replace function purchasing.search_requests(in_text text, in_limit int) returns setof bigint
language plpgsql stable security definer set search_path = ''
as $$
begin
    if meta.grams_of_query(in_text) <> '{}' and auth.has_role('erp_purchase_view') then
        return query select * from purchasing.requests_found(
            upper(normalize(btrim(in_text), nfkc)), array(select catalog.search_products(in_text, 1000)), in_limit);
    end if;
end $$;
comment on function purchasing.search_requests(text, int) is
    'Purchase requests whose number, or whose customer order''s, begins or ends with the text, or whose product is found by it, for those who see purchasing.';
grant execute on function purchasing.search_requests(text, int) to erp_purchase_view;

create or replace function purchasing.search_receipts(in_text text, in_limit int) returns setof bigint
language sql stable
as $$
    select r.id from purchasing.receipts r
    where r.order_id in (select purchasing.search_orders(in_text, 10000))
    limit in_limit
$$;
comment on function purchasing.search_receipts(text, int) is 'Receipts of the purchase orders that are found by the text.';
grant execute on function purchasing.search_receipts(text, int) to erp_purchase_view, erp_receipt_enter;
