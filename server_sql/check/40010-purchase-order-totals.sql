-- Purchase orders equal their lines.
-- The totals of a purchase order are the sums of its rounded lines, and it has lines.
select o.id, o.number, o.net_amount, o.tax_amount, o.gross_amount, l.net, l.tax, l.gross
from purchasing.orders o
left join (
    select x.order_id, sum(x.net_amount) as net, sum(x.tax_amount) as tax, sum(x.gross_amount) as gross
    from purchasing.order_lines x group by 1
) l on l.order_id = o.id
where (o.net_amount, o.tax_amount, o.gross_amount) is distinct from (l.net, l.tax, l.gross)
