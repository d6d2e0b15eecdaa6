-- What invoicing an order does to the rows, every value known.
insert into finance.invoices (number, state, customer_id, customer_name, branch_id, order_id, issued_on, due_on, net_amount,
    tax_amount, gross_amount, created_by)
select 'BARE-' || o.number, 'issued', o.customer_id, o.customer_name, o.branch_id, o.id, current_date, current_date + 30, o.net_amount,
    o.tax_amount, o.gross_amount, %(user)s
from sales.orders o where o.id = %(order)s;
insert into finance.invoice_lines (invoice_id, line_no, order_line_id, product_id, qty, unit_price, tax_rate, net_amount, tax_amount,
    gross_amount)
select i.id, l.line_no, l.id, l.product_id, l.qty, l.unit_price, l.tax_rate, l.net_amount, l.tax_amount, l.gross_amount
from finance.invoices i join sales.order_lines l on l.order_id = i.order_id where i.order_id = %(order)s;
update sales.order_lines set invoiced_qty = qty where order_id = %(order)s;
insert into workflow.events (document_type, document_id, action, to_state, user_id)
select 'invoice', i.id, a.action, 'issued', %(user)s
from finance.invoices i cross join (values ('create'), ('issue')) a (action) where i.order_id = %(order)s;
with entry as (
    insert into finance.journal_entries (number, posted_on, event, document_type, document_id, posted_by)
    select i.number, current_date, 'invoice', 'invoice', i.id, %(user)s from finance.invoices i where i.order_id = %(order)s returning id
)
insert into finance.journal_lines (posted_on, entry_id, account_id, debit, credit)
select current_date, entry.id, a.id, a.debit, a.credit
from entry cross join (values (3, 565, 0), (12, 0, 500), (9, 0, 65)) a (id, debit, credit);
