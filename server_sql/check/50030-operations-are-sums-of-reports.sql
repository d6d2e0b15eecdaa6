-- Operations are the sums of their reports.
-- Good and scrapped pieces of an operation are what the shop floor has reported at it.
select o.id, o.work_order_id, o.step_no, o.done_qty, o.scrap_qty, coalesce(r.good, 0) as reported_good, coalesce(r.scrap, 0) as reported_scrap
from production.operations o
left join (
    select x.operation_id, sum(x.good_qty) as good, sum(x.scrap_qty) as scrap from production.work_reports x group by 1
) r on r.operation_id = o.id
where (o.done_qty, o.scrap_qty) <> (coalesce(r.good, 0), coalesce(r.scrap, 0))
