-- One order with all that its window shows, in two round trips.

create or replace function sales.read_order(in_id bigint) returns jsonb
language sql stable
as $$
    select to_jsonb(o) || jsonb_build_object(
        'customer_code', c.code, 'customer_name_en', coalesce(nullif(c.name_en, ''), o.customer_name), 'price_list_code', pl.code, 'branch_code', b.code, 'branch_zh', b.name_zh, 'branch_en', b.name_en,
        'warehouse_code', w.code, 'warehouse_zh', w.name_zh, 'warehouse_en', w.name_en, 'owner_zh', u.display_name,
        'owner_en', coalesce(nullif(u.display_name_en, ''), u.display_name),
        'lines', (select coalesce(jsonb_agg(to_jsonb(l) || jsonb_build_object('code', p.code, 'name_zh', p.name_zh, 'name_en', p.name_en,
                'specification', p.specification, 'supply', p.supply, 'unit_zh', n.name_zh, 'unit_en', n.name_en, 'decimals', n.decimals)
                order by l.line_no), '[]')
            from sales.order_lines l join catalog.products p on p.id = l.product_id join org.units n on n.id = l.unit_id
            where l.order_id = o.id),
        'timeline', (select coalesce(jsonb_agg(jsonb_build_object('at', t.at, 'action', t.action, 'from_state', t.from_state,
                'to_state', t.to_state, 'note', t.note, 'details', t.details, 'who_zh', coalesce(t.display_name, ''),
                'who_en', coalesce(nullif(t.display_name_en, ''), t.display_name, '')) order by t.at, t.id), '[]')
            from workflow.timeline t where t.document_type = 'order' and t.document_id = o.id),
        'approvals', (select coalesce(jsonb_agg(jsonb_build_object('version', a.document_version, 'level', a.level,
                'role', a.action_role, 'decision', a.decision, 'comment', a.comment, 'requested_at', a.requested_at,
                'decided_at', a.decided_at, 'who_zh', coalesce(d.display_name, ''),
                'who_en', coalesce(nullif(d.display_name_en, ''), d.display_name, '')) order by a.requested_at, a.level), '[]')
            from workflow.approvals a left join auth.people d on d.id = a.decided_by
            where a.document_type = 'order' and a.document_id = o.id),
        'actions', (select coalesce(jsonb_agg(distinct s.action), '[]') from workflow.my_steps s
            where s.document_type = 'order' and s.from_state = o.state))
    from sales.orders o
    left join crm.customers c on c.id = o.customer_id
    left join catalog.price_lists pl on pl.id = o.price_list_id
    left join org.branches b on b.id = o.branch_id
    left join org.warehouses w on w.id = o.warehouse_id
    left join auth.people u on u.id = o.owner_id
    where o.id = in_id
$$;
comment on function sales.read_order(bigint) is
    'An order that the person sees: its columns and names, lines, timeline, approvals, and the actions that its state and her rights allow. Null if she sees none.';
grant execute on function sales.read_order(bigint)
    to erp_order_view_own, erp_order_view_branch, erp_order_view_all, erp_order_view_delivered;

create or replace function sales.related_documents(in_order_id bigint)
returns table (place int, kind text, id bigint, number text, state text)
language sql stable
as $$
    select 1, 'shipment', s.id, s.number, s.state from stock.shipments s where s.order_id = in_order_id
    union all
    select 2, 'work_order', w.id, w.number, w.state from production.work_orders w
    where w.order_line_id in (select l.id from sales.order_lines l where l.order_id = in_order_id)
    union all
    select 3, 'purchase_request', r.id, r.number, r.state from purchasing.requests r
    where r.order_line_id in (select l.id from sales.order_lines l where l.order_id = in_order_id)
    union all
    select 4, 'purchase_order', p.id, p.number, p.state from purchasing.orders p
    where p.id in (
        select pl.order_id from purchasing.requests r join purchasing.order_lines pl on pl.id = r.purchase_line_id
        where r.order_line_id in (select l.id from sales.order_lines l where l.order_id = in_order_id))
    union all
    select 5, 'invoice', i.id, coalesce(i.number, ''), i.state from finance.invoices i where i.order_id = in_order_id
$$;
comment on function sales.related_documents(bigint) is 'The documents that came out of an order; an invoice that is not issued has no number yet.';

create or replace function sales.may_decide(in_order_id bigint) returns boolean
language sql stable
as $$
    select exists (
        select from sales.orders o cross join lateral sales.next_approval(o) a
        where o.id = in_order_id and o.state = 'submitted' and auth.has_role(a.action_role) and not sales.is_own_work(o)
            and not sales.has_approved(o))
$$;
comment on function sales.may_decide(bigint) is 'Whether the person of this session may make the next decision about an order: her role, not her own work, and no earlier level approved by her.';

create or replace function sales.order_surroundings(in_id bigint) returns jsonb
language sql stable security definer set search_path = ''
as $$
    select jsonb_build_object(
        'customer_is_visible', exists (select from crm.visible_customers() c where c.id = o.customer_id),
        'may_decide', sales.may_decide(o.id),
        'is_own_work', sales.is_own_work(o),
        'comparison', (select sales.comparison(o.ordered_on, o.submitted_at::date, o.net_amount,
                sum(sales.current_net(l.net_amount, l.qty, l.discount_rate, l.current_price)))
            from sales.order_lines l where l.order_id = o.id and o.state not in ('draft', 'returned') and o.submitted_at is not null
            having bool_or(l.current_price is not null)),
        'stock', (select coalesce(jsonb_object_agg(b.product_id, jsonb_build_object('on_hand', b.on_hand, 'reserved', b.reserved,
                'available', b.on_hand - b.reserved, 'incoming', b.incoming, 'in_production', b.in_production)), '{}')
            from stock.balances b
            where b.warehouse_id = o.warehouse_id
                and b.product_id in (select l.product_id from sales.order_lines l where l.order_id = o.id)),
        'related', (select coalesce(jsonb_agg(jsonb_build_object('kind', r.kind, 'id', r.id, 'number', r.number, 'state', r.state)
            order by r.place, r.id), '[]') from sales.related_documents(o.id) r))
    from sales.visible_orders() o
    where o.id = in_id
$$;
comment on function sales.order_surroundings(bigint) is
    'What stands around an order that the person sees: stock of its products in its warehouse, related documents (kind, id, number, state), whether the order is her own work, whether she may decide its next approval, and what a submitted order would come to by the prices of the day of its submission (comparison as in sales.who_must_approve). Null if she sees no such order.';
grant execute on function sales.order_surroundings(bigint)
    to erp_order_view_own, erp_order_view_branch, erp_order_view_all, erp_order_view_delivered;
