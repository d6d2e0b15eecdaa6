-- Orders equal their lines.
-- Net, tax and gross amount of an order are the sums of its lines. Mend by saving the order again while it is a draft; else look for what wrote past the commands.
select o.id, o.number, o.state, o.net_amount, l.net, o.tax_amount, l.tax, o.gross_amount, l.gross
from sales.orders o
left join (
    select x.order_id, sum(x.net_amount) as net, sum(x.tax_amount) as tax, sum(x.gross_amount) as gross
    from sales.order_lines x group by x.order_id
) l on l.order_id = o.id
where (o.net_amount, o.tax_amount, o.gross_amount) is distinct from (coalesce(l.net, 0), coalesce(l.tax, 0), coalesce(l.gross, 0))
