-- Batches hold the orders they brought.
-- An undone batch has no orders left, no other has more than it brought, and untouched orders make up its figures. An order that was deleted past the commands shows here.
select i.id, i.file_name, i.undone_at, i.order_count, coalesce(o.orders, 0) as orders, i.gross_amount, coalesce(o.gross, 0) as gross
from sales.imports i
left join (
    select x.import_id, count(*) as orders, sum(x.gross_amount) as gross, bool_and(x.version = 1) as untouched
    from sales.orders x where x.import_id is not null group by x.import_id
) o on o.import_id = i.id
where coalesce(o.orders, 0) <> case when i.undone_at is null then i.order_count else 0 end
    or (o.untouched and o.gross <> i.gross_amount)
