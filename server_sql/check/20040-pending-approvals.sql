-- Pending decisions belong to submitted orders.
-- A decision is asked for the present version of a submitted order only, and a submitted order waits for a decision or is on hold. Mend by returning the order for correction.
select o.id, o.number, o.state, o.version, o.hold_reason, count(a.id) as pending, max(a.document_version) as asked_version
from sales.orders o
left join workflow.approvals a on a.document_type = 'order' and a.document_id = o.id and a.decision = 'pending'
group by o.id
having case when o.state = 'submitted'
    then (count(a.id) = 0 and o.hold_reason is null) or bool_or(a.document_version <> o.version)
    else count(a.id) > 0 or o.hold_reason is not null
end
