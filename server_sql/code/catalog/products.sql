-- Products and prices, as other functions ask for them.

create or replace function catalog.default_price_list() returns bigint
language sql stable
as $$
    select l.id from catalog.price_lists l
    left join meta.settings s on s.name = 'default_price_list' and s.value = to_jsonb(l.code)
    order by s.name nulls last, l.id
    limit 1
$$;
comment on function catalog.default_price_list() is
    'The price list of customers who have none of their own: the one that the setting names, else the oldest.';
grant execute on function catalog.default_price_list() to erp_person;

create or replace function catalog.search_products(in_text text, in_limit int) returns setof bigint
language plpgsql stable
as $$
declare
    v_grams text[] := meta.grams_of_query(in_text);
    v_words text[] := array(select meta.words_of(in_text));
begin
    if v_grams <> '{}' then
        return query
        select p.id from catalog.products p
        where meta.grams(p.search_text) @> v_grams
            and not exists (select from unnest(v_words) word where strpos(lower(normalize(p.search_text, nfkc)), word) = 0)
        limit in_limit;
    end if;
end $$;
comment on function catalog.search_products(text, int) is
    'Products in whose code, names, pinyin or initials every typed word is found.';
grant execute on function catalog.search_products(text, int) to erp_product_view;
