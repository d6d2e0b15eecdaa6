-- What the screens of purchasing list.
create view purchasing.request_list with (security_invoker = true) as
select r.id, r.number, r.state, r.product_id, p.code, p.name_zh, p.name_en, u.name_zh as unit_zh, u.name_en as unit_en, u.decimals,
    p.specification, r.qty, r.needed_on, r.warehouse_id, w.code as warehouse_code, w.name_zh as warehouse_zh, w.name_en as warehouse_en,
    o.number as order_number, o.customer_name, o.promised_on, k.number as work_order_number, s.id as supplier_id,
    s.code as supplier_code, s.name as supplier_zh, coalesce(nullif(s.name_en, ''), s.name) as supplier_en,
    x.unit_price, round(r.qty * x.unit_price, 2) as amount, x.lead_days, r.needed_on - x.lead_days as order_by,
    q.id as purchase_order_id, q.number as purchase_order_number, r.created_at, r.version
from purchasing.requests r
join catalog.products p on p.id = r.product_id
join org.units u on u.id = p.unit_id
join org.warehouses w on w.id = r.warehouse_id
left join production.work_orders_brief k on k.id = r.work_order_id
-- A case, because coalesce keeps PostgreSQL from using the index past the policy of the lines.
left join sales.order_lines_brief l on l.id = case when r.order_line_id is not null then r.order_line_id else k.order_line_id end
left join sales.orders_brief o on o.id = l.order_id
left join purchasing.supplier_products x on x.product_id = r.product_id and x.is_preferred
left join purchasing.suppliers s on s.id = x.supplier_id and s.is_active
left join purchasing.order_lines y on y.id = r.purchase_line_id
left join purchasing.orders q on q.id = y.order_id;
comment on view purchasing.request_list is
    'Purchase requests with the customer order that waits for them in the end, the preferred supplier (none if she is not active any more) with her price, the day by which she must have the order (order_by), and the purchase order that covers them.';
grant select on purchasing.request_list to erp_purchase_view;

create view purchasing.order_list with (security_invoker = true) as
select o.id, o.number, o.state, o.supplier_id, s.code as supplier_code, s.name as supplier_zh,
    coalesce(nullif(s.name_en, ''), s.name) as supplier_en, o.warehouse_id, w.code as warehouse_code, w.name_zh as warehouse_zh,
    w.name_en as warehouse_en, o.ordered_on, o.expected_on, o.net_amount, o.tax_amount, o.gross_amount, o.currency, o.sent_at,
    n.display_name as buyer_zh, coalesce(nullif(n.display_name_en, ''), n.display_name) as buyer_en, o.note, o.version
from purchasing.orders o
join purchasing.suppliers s on s.id = o.supplier_id
join org.warehouses w on w.id = o.warehouse_id
join auth.people n on n.id = o.created_by;
comment on view purchasing.order_list is 'Purchase orders with supplier, warehouse, amounts and who made them.';
grant select on purchasing.order_list to erp_purchase_view;

create view purchasing.order_line_list with (security_invoker = true) as
select l.id, l.order_id, l.line_no, l.product_id, p.code, p.name_zh, p.name_en, p.specification, u.name_zh as unit_zh, u.name_en as unit_en,
    u.decimals, l.qty, l.received_qty, coalesce(r.qty, 0) as requested_qty, l.unit_price, l.tax_rate, l.net_amount, l.tax_amount, l.gross_amount
from purchasing.order_lines l
join catalog.products p on p.id = l.product_id
join org.units u on u.id = l.unit_id
left join lateral (select sum(x.qty) as qty from purchasing.requests x where x.purchase_line_id = l.id) r on true;
comment on view purchasing.order_line_list is
    'Lines of purchase orders with their prices, what has come and how much of them is requested.';
grant select on purchasing.order_line_list to erp_purchase_view;

create view purchasing.receiving_list with (security_invoker = true) as
select o.id, o.number, o.state, o.supplier_id, s.code as supplier_code, s.name as supplier_zh,
    coalesce(nullif(s.name_en, ''), s.name) as supplier_en, o.warehouse_id, w.code as warehouse_code, w.name_zh as warehouse_zh,
    w.name_en as warehouse_en, o.ordered_on, o.expected_on, l.open_lines, o.note, o.version
from purchasing.orders o
join purchasing.suppliers s on s.id = o.supplier_id
join org.warehouses w on w.id = o.warehouse_id
cross join lateral (
    select count(*) filter (where x.qty > x.received_qty) as open_lines from purchasing.order_lines x where x.order_id = o.id
) l
-- Who buys, too, sees the orders of all warehouses, and receives in her own.
where o.state in ('sent', 'partly_received') and o.warehouse_id = any ((select auth.warehouse_ids())::bigint[]);
comment on view purchasing.receiving_list is 'Purchase orders that the warehouses of the person expect, without prices.';
grant select on purchasing.receiving_list to erp_receipt_enter;

create view purchasing.receipt_list with (security_invoker = true) as
select r.id, r.number, r.order_id, o.number as order_number, s.code as supplier_code, s.name as supplier_name,
    s.name_en as supplier_name_en, r.warehouse_id, w.code as warehouse_code, r.supplier_note, r.received_at,
    n.display_name, n.display_name_en
from purchasing.receipts r
join purchasing.orders o on o.id = r.order_id
join purchasing.suppliers s on s.id = o.supplier_id
join org.warehouses w on w.id = r.warehouse_id
join auth.people n on n.id = r.received_by;
comment on view purchasing.receipt_list is 'Receipts with their purchase order and supplier.';
grant select on purchasing.receipt_list to erp_purchase_view, erp_receipt_enter;

create view purchasing.supplier_list with (security_invoker = true) as
select s.id, s.code, s.name, s.name_en, s.currency, s.payment_days, s.contact, s.phone, s.email, s.address, s.is_active, s.version
from purchasing.suppliers s;
comment on view purchasing.supplier_list is 'Suppliers and their terms.';
grant select on purchasing.supplier_list to erp_supplier_view;
