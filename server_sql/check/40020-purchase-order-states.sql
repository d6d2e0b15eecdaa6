-- The state of purchase orders follows what was received.
-- A purchase order is received exactly when all of it has come, partly received when some has; of a draft, a sent or a cancelled one nothing has come.
select o.id, o.number, o.state, l.received, l.is_complete
from purchasing.orders o
join (
    select x.order_id, sum(x.received_qty) as received, bool_and(x.received_qty >= x.qty) as is_complete
    from purchasing.order_lines x group by 1
) l on l.order_id = o.id
where case when l.is_complete then o.state <> 'received' when l.received > 0 then o.state <> 'partly_received'
    else o.state not in ('draft', 'sent', 'cancelled') end
