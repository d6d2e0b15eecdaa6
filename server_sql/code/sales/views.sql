-- Lists of sales. Every join is a left join on a key, so that what only counts or sorts orders skips it.
create view sales.order_list with (security_invoker = true) as
select o.id, o.number, o.state, o.hold_reason, o.customer_id, o.customer_name, o.customer_reference, o.channel, o.ordered_on, o.promised_on,
    o.branch_id, b.code as branch_code, b.name_zh as branch_zh, b.name_en as branch_en,
    o.owner_id, u.display_name as owner_zh, coalesce(nullif(u.display_name_en, ''), u.display_name) as owner_en,
    o.warehouse_id, w.code as warehouse_code, w.name_zh as warehouse_zh, w.name_en as warehouse_en,
    o.currency, o.net_amount, o.tax_amount, o.gross_amount, o.max_discount,
    o.return_reason, o.note, o.import_id, o.submitted_at, o.confirmed_at, o.created_at, o.version
from sales.orders o
left join org.branches b on b.id = o.branch_id
left join auth.people u on u.id = o.owner_id
left join org.warehouses w on w.id = o.warehouse_id;
comment on view sales.order_list is 'Sales orders with branch, owner and warehouse.';
grant select on sales.order_list to erp_order_view_own, erp_order_view_branch, erp_order_view_all, erp_order_view_delivered;

create view sales.import_list with (security_invoker = true) as
select i.id, i.file_name, i.branch_id, b.code as branch_code, i.order_count, i.line_count, i.gross_amount, i.imported_at,
    i.imported_by, u.display_name as imported_by_zh, coalesce(nullif(u.display_name_en, ''), u.display_name) as imported_by_en, i.undone_at
from sales.imports i
left join org.branches b on b.id = i.branch_id
left join auth.people u on u.id = i.imported_by;
comment on view sales.import_list is 'Imported files of orders, and whether they were undone.';
grant select on sales.import_list to erp_order_import, erp_order_view_branch, erp_order_view_all;
