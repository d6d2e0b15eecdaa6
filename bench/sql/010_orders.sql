-- Orders and their lines from what was drawn. Days count from 2000-01-01.
insert into sales.order_lines (id, order_id, line_no, product_id, qty, unit_id, unit_price, list_price, discount_rate, tax_rate,
    net_amount, tax_amount, gross_amount, state, reserved_qty, shipped_qty, delivered_qty, invoiced_qty)
overriding system value
select l.id, l.order_id, l.line_no, l.product_id, l.qty, p.unit_id, l.price / 10000.0, l.price / 10000.0, l.discount / 10000.0, p.tax_rate,
    n.net, t.tax, n.net + t.tax, (%(line_states)s::text[])[l.state + 1], l.reserved, l.shipped, l.delivered, l.invoiced
from drawn_lines l
join catalog.products p on p.id = l.product_id
cross join lateral (select round(l.qty * (l.price / 10000.0) * (1 - l.discount / 10000.0), 2)) n (net)
cross join lateral (select round(n.net * p.tax_rate, 2)) t (tax);

insert into sales.orders (id, number, branch_id, owner_id, customer_id, customer_name, customer_reference, channel, ordered_on, promised_on,
    price_list_id, warehouse_id, ship_to, contact, phone, state, return_reason, net_amount, tax_amount, gross_amount, max_discount,
    submitted_at, confirmed_at, version, created_at, created_by)
overriding system value
select d.id, pg_temp.number_of('SO', x.day, d.id), c.branch_id, c.owner_id, c.id, c.name,
    case d.channel when 1 then 'DD' || to_char(x.day, 'YYMMDD') || d.id when 2 then 'QL' || to_char(x.day, 'YYMMDD') || d.id else '' end,
    (%(channels)s::text[])[d.channel + 1], x.day, pg_temp.day_of(d.promised), d.price_list_id, d.warehouse_id,
    a.province || a.city || a.district || a.address, a.contact, a.phone, x.state,
    case x.state when 'returned' then '请核对交货日期' else '' end, s.net, s.tax, s.net + s.tax, s.discount,
    case when x.state <> 'draft' then pg_temp.moment_of(d.ordered, d.minutes + 12) end,
    case when d.confirmed > 0 then pg_temp.moment_of(d.confirmed, d.minutes + 40) end,
    (array[1, 2, 3, 3, 4, 4, 5, 6, 7, 8, 4])[d.state + 1], pg_temp.moment_of(d.ordered, d.minutes), c.owner_id
from drawn_orders d
join (
    select l.order_id, sum(l.net_amount) as net, sum(l.tax_amount) as tax, max(l.discount_rate) as discount
    from sales.order_lines l group by l.order_id
) s on s.order_id = d.id
join crm.customers c on c.id = d.customer_id
-- An order of the web goes to somebody who is no customer of ours.
join crm.customers a on a.id = case d.channel when 2 then 9 + d.id * 7919 %% (select count(*) - 8 from crm.customers) else c.id end
cross join lateral (select pg_temp.day_of(d.ordered) as day, (%(order_states)s::text[])[d.state + 1] as state) x
order by d.id;

insert into workflow.approvals (document_type, document_id, document_version, level, action_role, branch_id, requested_at, requested_by,
    decision, decided_at, decided_by)
select 'order', n.id, 2, n.level, n.action_role, n.branch_id, n.submitted_at, n.created_by, n.decision,
    case when n.decision in ('approved', 'returned') then coalesce(n.confirmed_at, n.submitted_at + interval '1 hour') end,
    case when n.decision in ('approved', 'returned') then case n.level when 1 then %(manager)s else %(executive)s end end
from (
    select distinct on (o.id, r.level) o.*, r.level, r.action_role, case
        when o.confirmed_at is not null then 'approved' when o.state = 'submitted' then 'pending'
        when o.state = 'returned' and r.level = 1 then 'returned' else 'void' end as decision
    from sales.orders o
    join workflow.approval_rules r on o.gross_amount >= r.min_amount or o.max_discount >= r.min_discount
    where o.state <> 'draft' and r.document_type = 'order' and r.is_active
    order by o.id, r.level, r.min_amount desc nulls last
) n
order by n.id, n.level;
-- What nobody has to approve waits for its customer to pay.
update sales.orders o set hold_reason = 'credit'
where o.state = 'submitted' and not exists (
    select from workflow.approvals a where a.document_type = 'order' and a.document_id = o.id and a.decision = 'pending');
