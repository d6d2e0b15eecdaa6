-- Payments equal their allocations.
-- The allocated amount of a payment is the sum of its allocations.
select p.id, p.number, p.allocated_amount, coalesce(sum(a.amount), 0) as allocations
from finance.payments p
left join finance.allocations a on a.payment_id = p.id
group by p.id, p.number, p.allocated_amount
having p.allocated_amount <> coalesce(sum(a.amount), 0)
