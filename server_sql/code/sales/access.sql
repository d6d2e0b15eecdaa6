-- Who sees which sales order, and the one door through which every command on an order goes.

create or replace function sales.visible_orders() returns setof sales.orders
language sql stable
as $$
    select o.* from sales.orders o
    where (select auth.has_role('erp_order_view_all'))
        or (o.branch_id = any ((select auth.branch_ids())::bigint[]) and (select auth.has_role('erp_order_view_branch')))
        or (o.owner_id = (select auth.user_id()) and (select auth.has_role('erp_order_view_own')))
        or (o.state in ('delivered', 'completed') and (select auth.has_role('erp_order_view_delivered')))
$$;
comment on function sales.visible_orders() is
    'The orders that the person of this session sees with prices: the predicates of the policies, for functions that run past them.';

create or replace function sales.refuse_changed(in_type text, in_id bigint, in_version int) returns void
language plpgsql stable
as $$
declare
    v_at timestamptz;
    v_by text;
begin
    select e.at, u.display_name into v_at, v_by
    from workflow.events e left join auth.users u on u.id = e.user_id
    where e.document_type = in_type and e.document_id = in_id order by e.at desc limit 1;
    perform meta.refuse('UC001', format('%s %s is not version %s any more', in_type, in_id, in_version), jsonb_build_object(
        'document_type', in_type, 'id', in_id, 'by', coalesce(v_by, ''), 'at', coalesce(to_char(v_at, 'YYYY-MM-DD HH24:MI'), '')));
end $$;
comment on function sales.refuse_changed(text, bigint, int) is 'Refuses UC001 and says who took the last step with the document, and when.';

create or replace function sales.open_order(in_id bigint, in_action text, in_version int) returns sales.orders
language plpgsql volatile
as $$
declare
    v_roles name[] := array(select distinct t.action_role from workflow.transitions t
        where t.document_type = 'order' and t.action = in_action and t.action_role is not null order by 1);
    v_order sales.orders;
begin
    if not exists (select from unnest(v_roles) r (name) where auth.has_role(r.name)) then
        perform auth.require_role(v_roles[1]);
    end if;
    select o.* into v_order from sales.orders o
    where o.id = in_id and exists (select from sales.visible_orders() v where v.id = o.id)
    for no key update of o;
    if not found then
        perform meta.refuse('UN001', format('order %s is not there or not visible', in_id),
            jsonb_build_object('document_type', 'order', 'id', in_id));
    end if;
    if in_version is distinct from v_order.version then
        perform sales.refuse_changed('order', in_id, in_version);
    end if;
    perform workflow.check_step('order', v_order.state, in_action);
    return v_order;
end $$;
comment on function sales.open_order(bigint, text, int) is
    'The door to an order: checks the right to the action, that the row is the person''s to see, that it is the version she saw, and that its state allows the action; locks it. UA001, UN001, UC001, US001.';

create or replace function sales.order_result(in_order sales.orders) returns jsonb
language sql stable
as $$
    select jsonb_build_object('id', in_order.id, 'number', in_order.number, 'state', in_order.state, 'version', in_order.version,
        'hold_reason', in_order.hold_reason, 'net_amount', in_order.net_amount, 'tax_amount', in_order.tax_amount,
        'gross_amount', in_order.gross_amount, 'max_discount', in_order.max_discount)
$$;
comment on function sales.order_result(sales.orders) is 'What a command on an order returns.';
