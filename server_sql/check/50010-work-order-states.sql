-- The state of work orders follows their pieces.
-- A work order is done exactly when all its pieces are made or scrapped; before it is released no piece is reported and no operation is begun.
select w.id, w.number, w.state, w.qty, w.done_qty, w.scrap_qty
from production.work_orders w
where w.state <> 'cancelled' and (w.state = 'done') <> (w.done_qty + w.scrap_qty = w.qty)
    or w.state in ('planned', 'released', 'cancelled') and w.done_qty + w.scrap_qty > 0
    or w.done_qty + w.scrap_qty > w.qty
    or (w.released_at is null) <> (w.state = 'planned') and w.state <> 'cancelled'
    or (w.finished_at is not null) <> (w.state = 'done')
