-- Purchase orders of the preferred suppliers: each week what that week needs, received on its first day; the next ones are on their way.
create temp table buying on commit drop as
select n.*, dense_rank() over (order by n.is_open, n.week, n.warehouse_id, n.supplier_id) as order_id
from (
    select s.supplier_id, d.warehouse_id, d.week, false as is_open, d.product_id, sum(d.qty) as qty, s.unit_price
    from demand d
    join catalog.products p on p.id = d.product_id and p.supply = 'buy'
    join purchasing.supplier_products s on s.product_id = p.id and s.is_preferred
    group by s.supplier_id, d.warehouse_id, d.week, d.product_id, s.unit_price
    union all
    select s.supplier_id, w.id, %(until)s::date - 3 + s.lead_days, true, s.product_id, 50 + s.product_id %% 50, s.unit_price
    from purchasing.supplier_products s
    join catalog.products p on p.id = s.product_id
    join org.warehouses w on (w.kind = 'raw') = (p.kind = 'raw')
    where s.is_preferred
) n;

insert into purchasing.order_lines (id, order_id, line_no, product_id, qty, received_qty, unit_id, unit_price, tax_rate, net_amount, tax_amount,
    gross_amount)
overriding system value
select row_number() over (order by b.order_id, b.product_id), b.order_id, 10 * row_number() over (partition by b.order_id order by b.product_id),
    b.product_id, b.qty, case when b.is_open then 0 else b.qty end, p.unit_id, b.unit_price, p.tax_rate, n.net, t.tax, n.net + t.tax
from buying b
join catalog.products p on p.id = b.product_id
cross join lateral (select round(b.qty * b.unit_price, 2)) n (net)
cross join lateral (select round(n.net * p.tax_rate, 2)) t (tax);

insert into purchasing.orders (id, number, supplier_id, warehouse_id, state, ordered_on, expected_on, net_amount, tax_amount, gross_amount,
    sent_at, created_at, created_by, version)
overriding system value
select b.order_id, pg_temp.number_of('PO', b.ordered_on, b.order_id), b.supplier_id, b.warehouse_id,
    case when b.is_open then 'sent' else 'received' end, b.ordered_on, b.week, s.net, s.tax, s.net + s.tax,
    b.ordered_on + time '10:20', b.ordered_on + time '09:50', %(buyer)s, case when b.is_open then 2 else 4 end
from (
    select distinct order_id, supplier_id, warehouse_id, week, is_open,
        least(greatest(week - 7, %(first_day)s::date), %(until)s::date) as ordered_on from buying
) b
join (
    select l.order_id, sum(l.net_amount) as net, sum(l.tax_amount) as tax from purchasing.order_lines l group by l.order_id
) s on s.order_id = b.order_id
order by b.order_id;

insert into purchasing.receipts (id, number, order_id, warehouse_id, supplier_note, received_at, received_by)
overriding system value
select o.id, pg_temp.number_of('GR', o.expected_on, o.id), o.id, o.warehouse_id, to_char(o.expected_on, '"送货"-MMDD'),
    o.expected_on + time '08:30', %(warehouse_keeper)s
from purchasing.orders o where o.state = 'received' order by o.id;
insert into purchasing.receipt_lines (id, receipt_id, line_no, order_line_id, product_id, qty)
overriding system value
select l.id, l.order_id, l.line_no, l.id, l.product_id, l.qty
from purchasing.order_lines l where l.received_qty > 0 order by l.id;

insert into purchasing.requests (id, number, product_id, warehouse_id, qty, needed_on, order_line_id, created_at, created_by)
overriding system value
select n.id, pg_temp.number_of('PR', o.confirmed_at::date, n.id), n.product_id, o.warehouse_id, n.missing, o.promised_on, n.line_id,
    o.confirmed_at, %(manager)s
from (
    select l.id as line_id, l.order_id, l.product_id, l.missing, row_number() over (order by l.id) as id
    from drawn_lines l join catalog.products p on p.id = l.product_id
    where l.missing > 0 and p.supply = 'buy'
) n
join sales.orders o on o.id = n.order_id;
