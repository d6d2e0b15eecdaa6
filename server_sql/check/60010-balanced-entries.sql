-- Journal entries balance.
-- The debits of every journal entry equal its credits, and every entry has lines.
select e.id, e.number, sum(l.debit) as debit, sum(l.credit) as credit
from finance.journal_entries e
left join finance.journal_lines l on l.entry_id = e.id
group by e.id, e.number
having coalesce(sum(l.debit), -1) <> coalesce(sum(l.credit), 0)
