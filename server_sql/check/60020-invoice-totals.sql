-- Invoices equal their lines and allocations.
-- Totals of an invoice are the sums of its lines, its allocated amount is the sum of its allocations, and it is paid exactly when nothing is open.
select i.id, i.number, i.gross_amount, l.gross, i.allocated_amount, a.amount as allocations
from finance.invoices i
cross join lateral (select coalesce(sum(x.net_amount), 0) as net, coalesce(sum(x.tax_amount), 0) as tax,
    coalesce(sum(x.gross_amount), 0) as gross from finance.invoice_lines x where x.invoice_id = i.id) l
cross join lateral (select coalesce(sum(x.amount), 0) as amount from finance.allocations x where x.invoice_id = i.id) a
where (i.net_amount, i.tax_amount, i.gross_amount, i.allocated_amount) is distinct from (l.net, l.tax, l.gross, a.amount)
    or (i.state = 'paid') <> (i.state <> 'draft' and i.allocated_amount = i.gross_amount)
