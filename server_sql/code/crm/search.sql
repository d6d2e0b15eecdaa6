-- Customers by parts of what people type. A policy keeps PostgreSQL from using the index on the pieces of words (its
-- operator could tell about hidden rows), so this function runs past the policies and applies their predicates itself.

create or replace function crm.customers_found(in_text text, in_limit int) returns setof bigint
language plpgsql stable
as $$
declare
    v_grams text[] := meta.grams_of_query(in_text);
    v_words text[] := array(select meta.words_of(in_text));
begin
    if v_grams <> '{}' then
        return query
        select c.id from crm.customers c
        where meta.grams(c.search_text) @> v_grams
            and not exists (select from unnest(v_words) word where strpos(lower(normalize(c.search_text, nfkc)), word) = 0)
        limit in_limit;
    end if;
end $$;
comment on function crm.customers_found(text, int) is
    'Customers, whosoever they are, in whose code, names, pinyin, initials or phone every typed word is found.';

create or replace function crm.search_customers(in_text text, in_limit int) returns setof bigint
language sql stable security definer set search_path = ''
as $$
    select f.id from crm.customers_found(in_text, 10000) f (id)
    where f.id in (select v.id from crm.visible_customers() v)
    limit in_limit
$$;
comment on function crm.search_customers(text, int) is
    'Customers that the person sees in whose code, names, pinyin, initials or phone every typed word is found.';
grant execute on function crm.search_customers(text, int) to erp_customer_view_own, erp_customer_view_branch, erp_customer_view_all;
