create view crm.customer_list with (security_invoker = true) as
select c.id, c.code, c.name, c.name_en, c.kind, c.branch_id, b.code as branch_code, b.name_zh as branch_zh, b.name_en as branch_en,
    c.owner_id, u.display_name as owner_zh, coalesce(nullif(u.display_name_en, ''), u.display_name) as owner_en,
    c.price_list_id, l.code as price_list_code, l.name_zh as price_list_zh, l.name_en as price_list_en,
    c.currency, c.credit_limit, c.payment_days,
    c.contact, c.phone, c.province, c.city, c.district, c.address, c.tax_number, c.is_active, c.created_at, c.version
from crm.customers c
left join org.branches b on b.id = c.branch_id
left join auth.people u on u.id = c.owner_id
left join catalog.price_lists l on l.id = c.price_list_id;
comment on view crm.customer_list is 'Customers with branch, owner and price list.';
grant select on crm.customer_list to erp_customer_view_own, erp_customer_view_branch, erp_customer_view_all;
