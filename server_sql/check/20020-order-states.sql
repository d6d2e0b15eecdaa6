-- Orders are in the state of their least advanced line.
-- A confirmed order is as far as its least advanced line that is not cancelled; a delivered one is completed when all of it is invoiced and paid. Mend with select sales.derive_order(id).
select o.id, o.number, o.state, s.derived
from sales.orders o
join (
    select l.order_id, (array['confirmed', 'in_production', 'ready', 'shipped', 'in_transit', 'delivered'])[min(
        array_position(array['waiting', 'in_production', 'ready', 'shipped', 'in_transit', 'delivered'], l.state))] as derived
    from sales.order_lines l where l.state <> 'cancelled' group by l.order_id
) s on s.order_id = o.id
where o.state in ('confirmed', 'in_production', 'ready', 'shipped', 'in_transit', 'delivered', 'completed')
    and s.derived is distinct from case o.state when 'completed' then 'delivered' else o.state end
