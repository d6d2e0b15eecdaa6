-- Purchasing by parts of what people type. Its readers see all of it, so that only a role stands between them and the rows;
-- the functions run past the policies because a policy keeps PostgreSQL from using the indexes on the pieces of words.

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

create or replace function purchasing.search_orders(in_text text, in_limit int) returns setof bigint
language sql stable security definer set search_path = ''
as $$
    with found as materialized (
        (select o.id from purchasing.orders o
        where meta.grams(lower(o.number)) @> meta.grams_of_query(in_text) and meta.grams_of_query(in_text) <> '{}'
            and position(lower(btrim(in_text)) in lower(o.number)) > 0
        limit 10000)
        union
        (select o.id from purchasing.orders o where o.supplier_id in (select purchasing.suppliers_found(in_text, 1000)) limit 10000)
    )
    select f.id from found f
    where (select auth.has_role('erp_purchase_view')) or ((select auth.has_role('erp_receipt_enter')) and exists (
        select from purchasing.orders o
        where o.id = f.id and o.state in ('sent', 'partly_received', 'received') and o.warehouse_id = any ((select auth.warehouse_ids())::bigint[])))
    limit in_limit
$$;
comment on function purchasing.search_orders(text, int) is 'Purchase orders that the person sees, by part of their number or by their supplier.';
grant execute on function purchasing.search_orders(text, int) to erp_purchase_view, erp_receipt_enter;

create or replace function purchasing.search_requests(in_text text, in_limit int) returns setof bigint
language sql stable security definer set search_path = ''
as $$
    with found as materialized (
        (select r.id from purchasing.requests r
        where meta.grams(lower(r.number)) @> meta.grams_of_query(in_text) and meta.grams_of_query(in_text) <> '{}'
            and position(lower(btrim(in_text)) in lower(r.number)) > 0
        limit 10000)
        union
        (select r.id from purchasing.requests r where r.product_id in (select catalog.search_products(in_text, 1000)) limit 10000)
    )
    select f.id from found f where (select auth.has_role('erp_purchase_view'))
    limit in_limit
$$;
comment on function purchasing.search_requests(text, int) is 'Purchase requests by part of their number or by their product, for those who see purchasing.';
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
