-- Orders by parts of what people type. A policy keeps PostgreSQL from using indexes whose operators could tell about hidden
-- rows, so these functions run past the policies and apply their predicates themselves.

create or replace function sales.orders_found_everywhere(in_text text, in_customer_ids bigint[], in_limit int) returns setof bigint
language plpgsql stable
as $$
declare
    v_reversed text := reverse(in_text);
    v_grams text[] := meta.grams_of_query(in_text);
    v_last text := chr(1114111);
begin
    return query
    select f.id from (
        select o.id from sales.visible_orders() o where o.number ~>=~ in_text and o.number ~<~ (in_text || v_last) limit in_limit
    ) f
    union
    select f.id from (
        select o.id from sales.visible_orders() o
        where reverse(o.number) ~>=~ v_reversed and reverse(o.number) ~<~ (v_reversed || v_last) limit in_limit
    ) f
    union
    select f.id from (
        select o.id from sales.visible_orders() o
        where o.customer_reference <> '' and meta.grams(o.customer_reference) @> v_grams
            and strpos(upper(normalize(o.customer_reference, nfkc)), in_text) > 0 limit in_limit
    ) f
    union
    select f.id from (
        select o.id from sales.visible_orders() o where o.customer_id = any (in_customer_ids) limit in_limit
    ) f
    limit in_limit;
end $$;
comment on function sales.orders_found_everywhere(text, bigint[], int) is
    'For people who see many orders: each way to find one by its own index, until there are enough.';

create or replace function sales.orders_found_among_own(in_text text, in_customer_ids bigint[], in_limit int) returns setof bigint
language plpgsql stable
as $$
declare
    v_user_id bigint := auth.user_id();
begin
    return query
    select o.id from sales.orders o
    where o.owner_id = v_user_id
        and (starts_with(o.number, in_text) or right(o.number, length(in_text)) = in_text or o.customer_id in (select unnest(in_customer_ids))
            or strpos(upper(normalize(o.customer_reference, nfkc)), in_text) > 0)
    limit in_limit;
end $$;
comment on function sales.orders_found_among_own(text, bigint[], int) is 'For people who see their own orders only: these are few, so they are read one by one.';

create or replace function sales.search_orders(in_text text, in_limit int) returns setof bigint
language plpgsql stable security definer set search_path = ''
as $$
declare
    v_text text := upper(normalize(btrim(in_text), nfkc));
    v_customer_ids bigint[] := array(select crm.customers_found(in_text, 10000));
begin
    if meta.grams_of_query(in_text) = '{}' then
        return;
    end if;
    if auth.has_role('erp_order_view_all') or auth.has_role('erp_order_view_branch') or auth.has_role('erp_order_view_delivered') then
        return query select * from sales.orders_found_everywhere(v_text, v_customer_ids, in_limit);
    elsif auth.has_role('erp_order_view_own') then
        return query select * from sales.orders_found_among_own(v_text, v_customer_ids, in_limit);
    end if;
end $$;
comment on function sales.search_orders(text, int) is
    'Orders that the person sees whose number begins or ends with the text, whose customer reference contains it, or whose customer is found by it (code, name, pinyin, initials, phone).';
grant execute on function sales.search_orders(text, int)
    to erp_order_view_own, erp_order_view_branch, erp_order_view_all, erp_order_view_delivered;
