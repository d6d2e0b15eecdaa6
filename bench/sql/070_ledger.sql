-- The double entries behind moves, invoices and payments.
create temp table postings on commit drop as
select m.kind as event, m.document_type, m.document_id, min(m.moved_at)::date as posted_on, min(m.user_id) as posted_by,
    coalesce(min(s.number), min(w.number), min(r.number)) as description, min(o.customer_id) as customer_id, min(q.supplier_id) as supplier_id,
    abs(sum(round(m.qty * m.unit_cost, 2)) filter (where p.kind = 'raw')) as raw,
    abs(sum(round(m.qty * m.unit_cost, 2)) filter (where p.kind <> 'raw')) as goods,
    null::numeric as net, null::numeric as tax, null::numeric as gross
from stock.moves m
join catalog.products p on p.id = m.product_id
left join stock.shipments s on m.document_type = 'shipment' and s.id = m.document_id
left join sales.orders o on o.id = s.order_id
left join production.work_orders w on m.document_type = 'work_order' and w.id = m.document_id
left join purchasing.receipts r on m.document_type = 'receipt' and r.id = m.document_id
left join purchasing.orders q on q.id = r.order_id
group by m.kind, m.document_type, m.document_id
union all
select 'invoice', 'invoice', i.id, i.issued_on, i.created_by, i.number, i.customer_id, null, null, null, i.net_amount, i.tax_amount, i.gross_amount
from finance.invoices i where i.state <> 'draft'
union all
select case p.method when 'cash' then 'cash_payment' else 'payment' end, 'payment', p.id, p.received_on, p.recorded_by, p.number, p.customer_id,
    null, null, null, null, null, p.amount
from finance.payments p
union all
select 'allocation', 'payment', a.payment_id, a.allocated_at::date, a.allocated_by, p.number, p.customer_id, null, null, null, null, null, a.amount
from finance.allocations a join finance.payments p on p.id = a.payment_id;

create temp table entries on commit drop as
select p.*, row_number() over (order by p.posted_on, p.event, p.document_id) as id,
    row_number() over (partition by date_trunc('month', p.posted_on) order by p.posted_on, p.event, p.document_id) as number
from postings p
where coalesce(p.raw, p.goods, p.gross) <> 0;

insert into finance.journal_entries (id, number, posted_on, event, document_type, document_id, description, posted_at, posted_by)
overriding system value
select e.id, pg_temp.number_of('JE', e.posted_on, e.number), e.posted_on, e.event, e.document_type, e.document_id, e.description,
    e.posted_on + time '18:00', e.posted_by
from entries e;
insert into finance.journal_lines (posted_on, entry_id, account_id, debit, credit, customer_id, supplier_id)
select e.posted_on, e.id, r.account_id, case r.side when 'debit' then a.amount else 0 end, case r.side when 'credit' then a.amount else 0 end,
    e.customer_id, e.supplier_id
from entries e
cross join lateral (values ('raw', e.raw), ('goods', e.goods), ('net', e.net), ('tax', e.tax), ('gross', e.gross)) a (component, amount)
join finance.posting_rules r on r.event = e.event and r.component = a.component
where a.amount <> 0;
