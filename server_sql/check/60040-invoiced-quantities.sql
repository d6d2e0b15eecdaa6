-- Invoiced quantities.
-- The invoiced quantity of an order line is the sum over its invoice lines.
select l.id, l.order_id, l.line_no, l.invoiced_qty, coalesce(sum(i.qty), 0) as invoice_lines
from sales.order_lines l
left join finance.invoice_lines i on i.order_line_id = l.id
group by l.id, l.order_id, l.line_no, l.invoiced_qty
having l.invoiced_qty <> coalesce(sum(i.qty), 0)
