-- Invoices for what was delivered, payments for what was invoiced; now and then a customer pays something in advance.
insert into finance.invoices (id, number, state, customer_id, customer_name, branch_id, order_id, issued_on, due_on, net_amount, tax_amount,
    gross_amount, allocated_amount, created_at, created_by, version)
overriding system value
select row_number() over (order by d.invoiced, d.id), case when not x.is_draft then pg_temp.number_of('INV', x.day,
        row_number() over (partition by date_trunc('month', x.day), x.is_draft order by d.invoiced, d.id)) end,
    case when x.is_draft then 'draft' when d.paid > 0 then 'paid' else 'issued' end, o.customer_id, o.customer_name, o.branch_id, o.id,
    case when not x.is_draft then x.day end, case when not x.is_draft then x.day + c.payment_days end, o.net_amount, o.tax_amount,
    o.gross_amount, case when d.paid > 0 then o.gross_amount else 0 end, pg_temp.moment_of(d.invoiced, 70 + d.minutes / 8), %(finance)s,
    case when x.is_draft then 1 when d.paid > 0 then 3 else 2 end
from drawn_orders d
join sales.orders o on o.id = d.id
join crm.customers c on c.id = o.customer_id
cross join lateral (select pg_temp.day_of(d.invoiced) as day, d.paid = 0 and pg_temp.day_of(d.invoiced) >= %(until)s::date as is_draft) x
where d.invoiced > 0;

insert into finance.invoice_lines (id, invoice_id, line_no, order_line_id, product_id, qty, unit_price, discount_rate, tax_rate,
    net_amount, tax_amount, gross_amount)
overriding system value
select row_number() over (order by i.id, l.line_no), i.id, l.line_no, l.id, l.product_id, l.qty, l.unit_price, l.discount_rate, l.tax_rate,
    l.net_amount, l.tax_amount, l.gross_amount
from finance.invoices i
join sales.order_lines l on l.order_id = i.order_id;

insert into finance.payments (id, number, customer_id, customer_name, received_on, method, reference, amount, allocated_amount, recorded_at,
    recorded_by, version)
overriding system value
select row_number() over (order by d.paid, d.id), pg_temp.number_of('PAY', x.day,
        row_number() over (partition by date_trunc('month', x.day) order by d.paid, d.id)),
    o.customer_id, o.customer_name, x.day, case when o.channel = 'web' then 'platform' when d.id %% 10 = 0 then 'cash' else 'bank' end,
    case o.channel when 'web' then o.customer_reference else o.number || ' 货款' end,
    o.gross_amount + case when d.id %% 100 = 7 then 500 else 0 end, o.gross_amount, pg_temp.moment_of(d.paid, 420), %(finance)s, 2
from drawn_orders d
join sales.orders o on o.id = d.id
cross join lateral (select pg_temp.day_of(d.paid) as day) x
where d.paid > 0;

insert into finance.allocations (id, payment_id, invoice_id, amount, allocated_at, allocated_by)
overriding system value
select p.id, p.id, i.id, i.gross_amount, p.recorded_at + interval '4 minutes', %(finance)s
from (select d.id, row_number() over (order by d.paid, d.id) as payment_id from drawn_orders d where d.paid > 0) d
join finance.payments p on p.id = d.payment_id
join finance.invoices i on i.order_id = d.id
order by p.id;
