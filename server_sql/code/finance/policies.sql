-- Finance sees the whole company; executives read; nobody writes but through commands.
grant usage on schema finance to erp_invoice_view, erp_journal_view, erp_payment_enter;
grant select on finance.invoices, finance.invoice_lines, finance.payments, finance.allocations to erp_invoice_view;
create policy select_finance on finance.invoices for select to erp_invoice_view using (true);
create policy select_finance on finance.invoice_lines for select to erp_invoice_view using (true);
create policy select_finance on finance.payments for select to erp_invoice_view using (true);
create policy select_finance on finance.allocations for select to erp_invoice_view using (true);

grant select on finance.accounts, finance.posting_rules, finance.periods, finance.journal_entries, finance.journal_lines to erp_journal_view;
create policy select_finance on finance.accounts for select to erp_journal_view using (true);
create policy select_finance on finance.posting_rules for select to erp_journal_view using (true);
create policy select_finance on finance.periods for select to erp_journal_view using (true);
create policy select_finance on finance.journal_entries for select to erp_journal_view using (true);
create policy select_finance on finance.journal_lines for select to erp_journal_view using (true);
