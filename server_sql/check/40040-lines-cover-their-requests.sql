-- Purchase order lines cover their requests.
-- A line orders at least what its requests need; its requests are received exactly as far as, in the order in which they are needed, what has come fills them.
select x.line_id, x.order_id, x.number, x.state, x.qty, x.received_qty, x.needed
from (
    select l.id as line_id, l.order_id, r.number, r.state, l.qty, l.received_qty,
        sum(r.qty) over (partition by l.id order by r.needed_on, r.id) as needed
    from purchasing.order_lines l join purchasing.requests r on r.purchase_line_id = l.id
) x
where x.needed > x.qty or (x.state = 'received') <> (x.needed <= x.received_qty)
