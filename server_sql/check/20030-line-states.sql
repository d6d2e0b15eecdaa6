-- Order lines are in the state of their quantities.
-- Lines of orders that are not confirmed are open and hold nothing; a cancelled order has cancelled lines only; else quantities decide how far a line is. Mend with select sales.derive_order(order_id).
select l.id, o.number, o.state as order_state, l.line_no, l.state, l.qty, l.reserved_qty, l.shipped_qty, l.delivered_qty
from sales.order_lines l
join sales.orders o on o.id = l.order_id
where case
    when o.state in ('draft', 'submitted', 'returned') then l.state <> 'open' or l.reserved_qty + l.shipped_qty > 0
    when o.state = 'cancelled' then l.state <> 'cancelled' or l.reserved_qty + l.shipped_qty > 0
    when l.state = 'cancelled' then l.reserved_qty > 0
    when l.delivered_qty = l.qty then l.state <> 'delivered'
    when l.shipped_qty = l.qty then l.state not in ('shipped', 'in_transit')
    when l.reserved_qty + l.shipped_qty = l.qty then l.state <> 'ready'
    else l.state not in ('waiting', 'in_production')
end
