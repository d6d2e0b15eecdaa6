-- After confirmation nobody sets the state of an order by hand: lines follow their pieces, the header follows its lines.

create or replace function sales.line_states(in_order_id bigint) returns table (id bigint, state text)
language sql stable
as $$
    select l.id, case
        when l.state = 'cancelled' then l.state
        when l.delivered_qty = l.qty then 'delivered'
        when l.shipped_qty = l.qty then case when exists (
            select from stock.shipment_lines sl join stock.shipments s on s.id = sl.shipment_id
            where sl.order_line_id = l.id and s.state in ('shipped', 'in_transit') having bool_and(s.state = 'in_transit'))
            then 'in_transit' else 'shipped' end
        when l.reserved_qty + l.shipped_qty = l.qty then 'ready'
        when exists (select from production.work_orders w where w.order_line_id = l.id and w.state in ('released', 'in_progress'))
            then 'in_production'
        else 'waiting' end
    from sales.order_lines l
    where l.order_id = in_order_id
$$;
comment on function sales.line_states(bigint) is 'The states that the lines of a confirmed order should have by their quantities, shipments and work orders.';

create or replace function sales.state_of_lines(in_order_id bigint) returns text
language sql stable
as $$
    select (array['confirmed', 'in_production', 'ready', 'shipped', 'in_transit', 'delivered'])[min(
        array_position(array['waiting', 'in_production', 'ready', 'shipped', 'in_transit', 'delivered'], l.state))]
    from sales.order_lines l
    where l.order_id = in_order_id and l.state <> 'cancelled'
$$;
comment on function sales.state_of_lines(bigint) is 'The state of an order by its least advanced line; null if every line is cancelled.';

create or replace function sales.is_settled(in_order_id bigint) returns boolean
language sql stable
as $$
    select not exists (select from sales.order_lines l where l.order_id = in_order_id and l.state <> 'cancelled' and l.invoiced_qty < l.qty)
        and not exists (select from finance.invoices i where i.order_id = in_order_id and i.state in ('draft', 'issued'))
$$;
comment on function sales.is_settled(bigint) is 'Whether all of an order is invoiced and every invoice is paid.';

create or replace function sales.derive_order(in_order_id bigint) returns void
language plpgsql volatile
as $$
declare
    v_order sales.orders;
    v_state text;
begin
    select * into strict v_order from sales.orders o where o.id = in_order_id for no key update;
    if v_order.state in ('draft', 'submitted', 'returned', 'completed', 'cancelled') then
        return;
    end if;
    update sales.order_lines l set state = s.state
    from sales.line_states(in_order_id) s
    where l.id = s.id and l.state <> s.state;
    v_state := coalesce(sales.state_of_lines(in_order_id), v_order.state);
    if v_state = 'delivered' and sales.is_settled(in_order_id) then
        v_state := 'completed';
    end if;
    if v_state <> v_order.state then
        update sales.orders o set state = v_state, version = o.version + 1 where o.id = in_order_id;
        perform workflow.record_event('order', in_order_id, 'derive', v_order.state, v_state);
    end if;
end $$;
comment on function sales.derive_order(bigint) is
    'Brings the states of a confirmed order''s lines and of the order itself up to date with what was reserved, made, shipped, delivered, invoiced and paid. Called by whatever moves these.';
