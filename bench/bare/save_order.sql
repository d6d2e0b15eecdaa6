-- The header of an order.
insert into sales.orders (number, branch_id, owner_id, customer_id, customer_name, ordered_on, promised_on, price_list_id,
    warehouse_id, created_by, net_amount, tax_amount, gross_amount)
select 'BARE-' || nextval('meta.numbers_so'), c.branch_id, c.owner_id, c.id, c.name, current_date, current_date + 14,
    c.price_list_id, %(warehouse)s, c.owner_id, 500, 65, 565
from crm.customers c where c.id = %(customer)s returning id
