create view catalog.product_list with (security_invoker = true) as
select p.id, p.code, p.name_zh, p.name_en, p.specification, p.category_id, c.name_zh as category_zh, c.name_en as category_en,
    p.kind, p.supply, p.unit_id, u.name_zh as unit_zh, u.name_en as unit_en, r.unit_price, p.tax_rate,
    p.weight_kg, p.volume_m3, p.is_sold, p.is_active, p.version
from catalog.products p
left join catalog.categories c on c.id = p.category_id
left join org.units u on u.id = p.unit_id
left join lateral (
    select pr.unit_price from catalog.prices pr
    where pr.product_id = p.id and pr.valid_from <= current_date
        and pr.price_list_id = (select catalog.default_price_list())
    order by pr.valid_from desc limit 1
) r on true;
comment on view catalog.product_list is 'Products with category, unit and today''s price of the usual price list.';
grant select on catalog.product_list to erp_price_view;
