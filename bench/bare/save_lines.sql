-- The lines of an order, and the first entry of its timeline.
insert into sales.order_lines (order_id, line_no, product_id, qty, unit_id, unit_price, tax_rate, net_amount, tax_amount, gross_amount)
select %(order)s, 10 * place, product_id, 1, 1, 100, 0.13, 100, 13, 113
from unnest(%(products)s::bigint[]) with ordinality p (product_id, place);
insert into workflow.events (document_type, document_id, action, to_state, user_id) values ('order', %(order)s, 'create', 'draft', %(user)s)
