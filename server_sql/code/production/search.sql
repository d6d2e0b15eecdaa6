-- Work orders and operations by parts of what people type. A policy keeps PostgreSQL from using indexes whose operators could
-- tell about hidden rows, so these functions run past the policies and apply their predicates themselves.

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

create or replace function production.work_orders_found(in_text text, in_product_ids bigint[], in_limit int) returns setof bigint
language plpgsql stable
as $$
declare
    v_reversed text := reverse(in_text);
    v_last text := chr(1114111);
begin
    return query
    select f.id from (
        select w.id from production.visible_work_orders() w where w.number ~>=~ in_text and w.number ~<~ (in_text || v_last) limit in_limit
    ) f
    union
    select f.id from (
        select w.id from production.visible_work_orders() w
        where reverse(w.number) ~>=~ v_reversed and reverse(w.number) ~<~ (v_reversed || v_last) limit in_limit
    ) f
    union
    select f.id from (
        select w.id from sales.orders o
        join sales.order_lines l on l.order_id = o.id
        join production.visible_work_orders() w on w.order_line_id = l.id
        where o.number ~>=~ in_text and o.number ~<~ (in_text || v_last) limit in_limit
    ) f
    union
    select f.id from (
        select w.id from sales.orders o
        join sales.order_lines l on l.order_id = o.id
        join production.visible_work_orders() w on w.order_line_id = l.id
        where reverse(o.number) ~>=~ v_reversed and reverse(o.number) ~<~ (v_reversed || v_last) limit in_limit
    ) f
    union
    select f.id from (
        select w.id from production.visible_work_orders() w where w.product_id = any (in_product_ids) limit in_limit
    ) f
    limit in_limit;
end $$;
comment on function production.work_orders_found(text, bigint[], int) is
    'Work orders that the person sees: each way to find one by its own index, until there are enough.';

create or replace function production.search_work_orders(in_text text, in_limit int) returns setof bigint
language plpgsql stable security definer set search_path = ''
as $$
begin
    if meta.grams_of_query(in_text) <> '{}' then
        return query select * from production.work_orders_found(
            upper(normalize(btrim(in_text), nfkc)), array(select catalog.search_products(in_text, 1000)), in_limit);
    end if;
end $$;
comment on function production.search_work_orders(text, int) is
    'Work orders that the person sees whose number, or whose customer order''s, begins or ends with the text, or whose product is found by it.';
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
