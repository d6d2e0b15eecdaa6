-- Delivery notes belong to the owner and the branch of their order.
-- Owner and branch of a delivery note say who sees it and are kept by a trigger; set them to those of the order.
select s.id, s.number, s.order_id, s.owner_id, o.owner_id as owner_of_order, s.branch_id, o.branch_id as branch_of_order
from stock.shipments s
join sales.orders o on o.id = s.order_id
where (s.owner_id, s.branch_id) <> (o.owner_id, o.branch_id)
