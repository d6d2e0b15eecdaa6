-- The server's own numbers go on behind those given here.
insert into meta.numbers (series, period, last_number)
select s.series, to_char(s.day, 'YYMM'), count(*)
from (
    select 'INV' as series, i.issued_on as day from finance.invoices i where i.number is not null
    union all
    select 'PAY', p.received_on from finance.payments p
    union all
    select 'JE', e.posted_on from finance.journal_entries e
) s
group by 1, 2;
select setval('meta.numbers_so', (select max(id) from sales.orders)), setval('meta.numbers_dn', (select max(id) from stock.shipments)),
    setval('meta.numbers_wo', (select max(id) from production.work_orders)), setval('meta.numbers_po', (select max(id) from purchasing.orders)),
    setval('meta.numbers_gr', (select max(id) from purchasing.receipts)),
    setval('meta.numbers_pr', (select coalesce(max(id), 1) from purchasing.requests)),
    setval('meta.numbers_cu', (select max(id) from crm.customers));
