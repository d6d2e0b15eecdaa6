-- Receivables in the ledger.
-- The balance of trade receivables (1122) is what the issued invoices have open; the balance of advances (2203) is what the payments have not allocated.
select c.account_code, c.ledger, c.documents
from (
    select '1122' as account_code,
        (select coalesce(sum(l.debit - l.credit), 0) from finance.journal_lines l join finance.accounts a on a.id = l.account_id where a.code = '1122') as ledger,
        (select coalesce(sum(i.gross_amount - i.allocated_amount), 0) from finance.invoices i where i.state in ('issued', 'paid')) as documents
    union all
    select '2203',
        (select coalesce(sum(l.credit - l.debit), 0) from finance.journal_lines l join finance.accounts a on a.id = l.account_id where a.code = '2203'),
        (select coalesce(sum(p.amount - p.allocated_amount), 0) from finance.payments p)
) c
where c.ledger <> c.documents
