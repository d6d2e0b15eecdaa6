-- What the screens list about steps.
create view workflow.timeline with (security_invoker = true) as
select e.id, e.at, e.document_type, e.document_id, e.action, e.from_state, e.to_state, e.note, e.details,
    u.display_name, u.display_name_en
from workflow.events e
left join auth.people u on u.id = e.user_id;
comment on view workflow.timeline is 'The timeline of documents with the names of the people.';
grant select on workflow.timeline to erp_person;

create view workflow.my_approvals with (security_invoker = true) as
select a.id, a.document_id as order_id, o.version, a.level, a.requested_at, o.number, o.customer_name, o.gross_amount, o.currency,
    o.max_discount, o.promised_on, o.hold_reason, b.name_zh as branch_zh, b.name_en as branch_en,
    u.display_name as requested_by_zh, coalesce(nullif(u.display_name_en, ''), u.display_name) as requested_by_en
from workflow.approvals a
join sales.orders o on o.id = a.document_id and o.version = a.document_version
join org.branches b on b.id = o.branch_id
join auth.people u on u.id = a.requested_by
where a.document_type = 'order' and a.decision = 'pending' and o.state = 'submitted'
    and pg_catalog.pg_has_role(session_user, a.action_role, 'member')
    and a.requested_by <> (select auth.user_id())
    and o.owner_id <> (select auth.user_id())
    and not exists (select from workflow.approvals e where e.document_type = a.document_type
        and e.document_id = a.document_id and e.document_version = a.document_version
        and e.level < a.level and (e.decision = 'pending' or e.decided_by = (select auth.user_id())));
comment on view workflow.my_approvals is
    'Orders that wait for a decision of the person of this session: her level is the next one, she neither entered nor submitted it, and she approved no earlier level.';
grant select on workflow.my_approvals to erp_order_approve, erp_order_approve_top;
