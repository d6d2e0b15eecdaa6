-- Pieces pass the operations in order.
-- What an operation has done has arrived at the next one; all pieces stand before the first. The last one makes the pieces of the work order, and what all of them scrap is the work order's scrap.
with steps as (
    select o.work_order_id, o.step_no, o.arrived_qty, o.done_qty, o.scrap_qty,
        lag(o.done_qty) over w as passed_qty, row_number() over (partition by o.work_order_id order by o.step_no desc) as place
    from production.operations o
    window w as (partition by o.work_order_id order by o.step_no)
)
select w.id, w.number, w.state, w.done_qty, w.scrap_qty, s.last_done, s.scrapped, s.wrong_steps
from production.work_orders w
join (
    select x.work_order_id, sum(x.done_qty) filter (where x.place = 1) as last_done, sum(x.scrap_qty) as scrapped,
        count(*) filter (where x.arrived_qty <> coalesce(x.passed_qty, y.qty)) as wrong_steps
    from steps x join production.work_orders y on y.id = x.work_order_id
    group by 1
) s on s.work_order_id = w.id
where s.wrong_steps > 0 or s.last_done <> w.done_qty or s.scrapped <> w.scrap_qty
