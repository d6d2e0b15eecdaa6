-- Work orders and operations by parts of what people type. A policy keeps PostgreSQL from using the index on the pieces of
-- words, so this runs past the policies and applies their predicates itself.

create or replace function production.visible_work_orders() returns setof production.work_orders
language sql stable
as $$
    select w.* from production.work_orders w
    where (select auth.has_role('erp_production_view'))
        or ((select auth.has_role('erp_production_report')) and exists (
            select from production.operations o
            where o.work_order_id = w.id and o.work_centre_id = any ((select auth.work_centre_ids())::bigint[])))
$$;
comment on function production.visible_work_orders() is
    'The work orders that the person of this session sees as planner or on the shop floor: the predicates of the policies, for functions that run past them.';

create or replace function production.search_work_orders(in_text text, in_limit int) returns setof bigint
language sql stable security definer set search_path = ''
as $$
    with found as materialized (
        (select w.id from production.work_orders w
        where meta.grams(lower(w.number)) @> meta.grams_of_query(in_text) and meta.grams_of_query(in_text) <> '{}'
            and position(lower(btrim(in_text)) in lower(w.number)) > 0
        limit 10000)
        union
        (select w.id from production.work_orders w where w.product_id in (select catalog.search_products(in_text, 1000)) limit 10000)
    )
    select f.id from found f
    where exists (select from production.visible_work_orders() v where v.id = f.id)
    limit in_limit
$$;
comment on function production.search_work_orders(text, int) is 'Work orders that the person sees, by part of their number or by their product.';
grant execute on function production.search_work_orders(text, int) to erp_production_view, erp_production_report;

create or replace function production.search_operations(in_text text, in_limit int) returns setof bigint
language sql stable
as $$
    select o.id from production.operations o
    where o.work_order_id in (select production.search_work_orders(in_text, 10000))
    limit in_limit
$$;
comment on function production.search_operations(text, int) is 'Operations of the work orders that are found by the text.';
grant execute on function production.search_operations(text, int) to erp_production_view, erp_production_report;
