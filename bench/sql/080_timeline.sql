-- What happened to each document, and when.
insert into workflow.events (at, document_type, document_id, action, from_state, to_state, user_id)
select e.at, 'order', o.id, e.action, e.before, e.after, e.user_id
from sales.orders o
left join stock.shipments s on s.order_id = o.id
left join finance.invoices i on i.order_id = o.id and i.state = 'paid'
left join finance.allocations a on a.invoice_id = i.id
cross join lateral (values
    (o.created_at, 'create', null, 'draft', o.owner_id),
    (o.submitted_at, 'submit', 'draft', 'submitted', o.owner_id),
    (case o.state when 'returned' then o.submitted_at + interval '1 hour' end, 'return', 'submitted', 'returned', %(manager)s),
    (o.confirmed_at, 'confirm', 'submitted', 'confirmed', %(manager)s),
    (case when o.state not in ('confirmed', 'in_production', 'cancelled') then o.confirmed_at + interval '1 second' end,
        'derive', 'confirmed', 'ready', %(manager)s),
    (case o.state when 'in_production' then o.confirmed_at + interval '3 hours' end, 'derive', 'confirmed', 'in_production', %(planner)s),
    (case o.state when 'cancelled' then o.confirmed_at + interval '2 hours' end, 'cancel', 'confirmed', 'cancelled', %(manager)s),
    (s.shipped_at, 'derive', 'ready', 'shipped', %(warehouse_keeper)s),
    (case when s.state in ('in_transit', 'delivered') then s.shipped_at + interval '3 hours' end,
        'derive', 'shipped', 'in_transit', %(warehouse_keeper)s),
    (s.delivered_at, 'derive', 'in_transit', 'delivered', %(warehouse_keeper)s),
    (a.allocated_at, 'derive', 'delivered', 'completed', %(finance)s)
) e (at, action, before, after, user_id)
where e.at is not null;

insert into workflow.events (at, document_type, document_id, action, from_state, to_state, user_id, note)
select e.at, 'shipment', s.id, e.action, e.before, e.after, %(warehouse_keeper)s, e.note
from stock.shipments s
cross join lateral (values
    (s.created_at, 'create', null, 'picking', ''),
    (s.shipped_at - interval '30 minutes', 'pick', 'picking', 'picking', ''),
    (s.shipped_at, 'ship', 'picking', 'shipped', ''),
    (case when s.state in ('in_transit', 'delivered') then s.shipped_at + interval '3 hours' end, 'depart', 'shipped', 'in_transit', ''),
    (s.delivered_at, 'deliver', 'in_transit', 'delivered', s.received_by)
) e (at, action, before, after, note)
where e.at is not null;

insert into workflow.events (at, document_type, document_id, action, from_state, to_state, user_id)
select e.at, 'invoice', i.id, e.action, e.before, e.after, %(finance)s
from finance.invoices i
left join finance.allocations a on a.invoice_id = i.id
cross join lateral (values
    (i.created_at, 'create', null, 'draft'),
    (case when i.state <> 'draft' then i.created_at + interval '5 minutes' end, 'issue', 'draft', 'issued'),
    (a.allocated_at, 'settle', 'issued', 'paid')
) e (at, action, before, after)
where e.at is not null;

insert into workflow.events (at, document_type, document_id, action, from_state, to_state, user_id)
select e.at, 'payment', p.id, e.action, e.before, 'recorded', %(finance)s
from finance.payments p
cross join lateral (values
    (p.recorded_at, 'record', null), (p.recorded_at + interval '4 minutes', 'allocate', 'recorded')
) e (at, action, before);

insert into workflow.events (at, document_type, document_id, action, from_state, to_state, user_id)
select e.at, 'work_order', w.id, e.action, e.before, e.after, e.user_id
from production.work_orders w
cross join lateral (values
    (w.created_at, 'create', null, 'planned', %(planner)s),
    (w.released_at, 'release', 'planned', 'released', %(planner)s),
    (w.finished_at, 'finish', 'in_progress', 'done', %(shop_floor_worker)s)
) e (at, action, before, after, user_id)
where e.at is not null;

insert into workflow.events (at, document_type, document_id, action, from_state, to_state, user_id)
select e.at, 'purchase_order', o.id, e.action, e.before, e.after, e.user_id
from purchasing.orders o
left join purchasing.receipts r on r.order_id = o.id
cross join lateral (values
    (o.created_at, 'create', null, 'draft', %(buyer)s),
    (o.sent_at, 'send', 'draft', 'sent', %(buyer)s),
    (r.received_at, 'receive', 'sent', 'partly_received', %(warehouse_keeper)s),
    (r.received_at + interval '1 second', 'complete', 'partly_received', 'received', %(warehouse_keeper)s)
) e (at, action, before, after, user_id)
where e.at is not null;

insert into workflow.events (at, document_type, document_id, action, to_state, user_id)
select r.created_at, 'purchase_request', r.id, 'create', 'open', %(manager)s from purchasing.requests r;
