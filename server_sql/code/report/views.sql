-- The figures of the dashboard. Each view groups by what its reader filters by, so that an index bounds the work.
grant usage on schema report to erp_report_view;

create view report.daily_orders with (security_invoker = true) as
select o.ordered_on, o.branch_id, count(*) as orders, sum(o.gross_amount) as gross_amount
from sales.orders o
where o.state not in ('draft', 'returned', 'cancelled')
group by o.ordered_on, o.branch_id;
comment on view report.daily_orders is 'Orders taken a day and branch, with tax; drafts, returned and cancelled orders do not count.';

create view report.order_states with (security_invoker = true) as
select o.state, count(*) as orders, sum(o.gross_amount) as gross_amount
from sales.orders o
where o.state in ('draft', 'submitted', 'returned', 'confirmed', 'in_production', 'ready', 'shipped', 'in_transit', 'delivered')
group by o.state;
comment on view report.order_states is 'How many orders, of which amount, stand in each state that is not the end.';

create view report.late_orders with (security_invoker = true) as
select o.id, o.number, o.customer_name, o.promised_on, o.state, o.gross_amount, current_date - o.promised_on as days_late
from sales.orders o
where o.state in ('confirmed', 'in_production', 'ready') and o.promised_on < current_date;
comment on view report.late_orders is 'Orders whose promised day has passed and that are not shipped.';

create view report.product_sales with (security_invoker = true) as
select s.ordered_on, s.product_id, p.code, p.name_zh, p.name_en, s.qty, s.net_amount
from (
    -- Summed up before the names come in: a year has millions of lines, and few products.
    select o.ordered_on, l.product_id, sum(l.qty) as qty, sum(l.net_amount) as net_amount
    from sales.orders o
    join sales.order_lines l on l.order_id = o.id
    where o.state not in ('draft', 'returned', 'cancelled')
    group by o.ordered_on, l.product_id
) s
join catalog.products p on p.id = s.product_id;
comment on view report.product_sales is 'Quantity and net amount a day and product.';

create view report.stock_alerts with (security_invoker = true) as
select b.product_id, b.warehouse_id, p.code, p.name_zh, p.name_en, w.code as warehouse_code,
    b.on_hand - b.reserved as available, b.incoming, b.in_production, b.reorder_point
from stock.balances b
join catalog.products p on p.id = b.product_id
join org.warehouses w on w.id = b.warehouse_id
where b.reorder_point > 0 and b.on_hand - b.reserved + b.incoming + b.in_production < b.reorder_point;
comment on view report.stock_alerts is 'Stock that is below its reorder point even with what is on the way.';

create view report.receivables with (security_invoker = true) as
select case
        when i.due_on >= current_date then 'not_due'
        when i.due_on >= current_date - 30 then 'late_30'
        when i.due_on >= current_date - 90 then 'late_90'
        else 'late_more' end as age,
    count(*) as invoices, sum(i.gross_amount - i.allocated_amount) as open_amount
from finance.invoices i
where i.state = 'issued'
group by 1;
comment on view report.receivables is 'Open invoices by how late they are: not_due, up to 30 days, up to 90 days, more.';

create view report.daily_cash with (security_invoker = true) as
select p.received_on, count(*) as payments, sum(p.amount) as amount
from finance.payments p
group by p.received_on;
comment on view report.daily_cash is 'Money received a day.';

create view report.day_figures with (security_invoker = true) as
select
    (select count(*) from stock.shipments s where s.shipped_at >= current_date) as shipments_today,
    (select count(*) from workflow.approvals a where a.decision = 'pending') as approvals_pending,
    (select count(*) from production.work_orders_brief w where w.state in ('released', 'in_progress')) as work_orders_open,
    (select count(*) from purchasing.orders_brief o where o.state in ('sent', 'partly_received')) as purchases_open;
comment on view report.day_figures is 'Counters of today for the dashboard (one row).';

grant select on report.daily_orders, report.order_states, report.late_orders, report.product_sales, report.stock_alerts,
    report.receivables, report.daily_cash, report.day_figures to erp_report_view;
