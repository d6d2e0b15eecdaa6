-- Invoices, payments and the double entries behind them.
create schema finance;
comment on schema finance is 'Accounts, periods, journal, invoices, payments, allocations.';

create table finance.accounts (
    id bigint generated always as identity primary key,
    code text not null unique,
    name_zh text not null,
    name_en text not null,
    kind text not null check (kind in ('asset', 'liability', 'equity', 'income', 'expense'))
);
comment on table finance.accounts is 'Chart of accounts, numbered after the Chinese Accounting Standards for Business Enterprises.';
alter table finance.accounts enable row level security;

create table finance.posting_rules (
    event text not null,
    side text not null check (side in ('debit', 'credit')),
    component text not null,
    account_id bigint not null references finance.accounts on delete restrict,
    primary key (event, side, component)
);
comment on table finance.posting_rules is 'Which accounts an event (shipment, invoice, payment …) debits and credits for which component of its amount (net, tax, gross, cost).';
create index posting_rules_account_id_idx on finance.posting_rules (account_id);
alter table finance.posting_rules enable row level security;

create table finance.periods (
    starts_on date primary key check (extract(day from starts_on) = 1),
    state text not null default 'open' check (state in ('open', 'closed')),
    closed_at timestamptz,
    closed_by bigint references auth.users on delete restrict
);
comment on table finance.periods is 'Accounting months; nothing can be posted into a closed one. A month without a row is open.';
create index periods_closed_by_idx on finance.periods (closed_by);
alter table finance.periods enable row level security;

create table finance.journal_entries (
    id bigint generated always as identity primary key,
    number text not null unique,
    posted_on date not null,
    event text not null,
    document_type text not null,
    document_id bigint not null,
    description text not null default '',
    posted_at timestamptz not null default clock_timestamp(),
    posted_by bigint references auth.users on delete restrict,
    reverses_id bigint unique references finance.journal_entries on delete restrict
);
comment on table finance.journal_entries is 'Double entries: each belongs to a document and balances. Immutable; reversed by another entry.';
create index journal_entries_document_idx on finance.journal_entries (document_type, document_id);
-- Search finds a number, and the number of the document behind an entry, by its beginning or its end.
create index journal_entries_description_start_idx on finance.journal_entries (description text_pattern_ops);
create index journal_entries_description_end_idx on finance.journal_entries (reverse(description) text_pattern_ops);
create index journal_entries_posted_by_idx on finance.journal_entries (posted_by);
alter table finance.journal_entries enable row level security;

create sequence finance.journal_lines_id_seq;
create table finance.journal_lines (
    id bigint not null default nextval('finance.journal_lines_id_seq'),
    posted_on date not null,
    entry_id bigint not null references finance.journal_entries on delete restrict,
    account_id bigint not null references finance.accounts on delete restrict,
    debit numeric(14,2) not null default 0 check (debit >= 0),
    credit numeric(14,2) not null default 0 check (credit >= 0),
    customer_id bigint references crm.customers on delete restrict,
    supplier_id bigint references purchasing.suppliers on delete restrict,
    primary key (id, posted_on),
    check ((debit = 0) <> (credit = 0))
) partition by range (posted_on);
comment on table finance.journal_lines is 'Lines of double entries; an entry''s debits equal its credits when its transaction ends. Append-only.';
create index journal_lines_posted_on_idx on finance.journal_lines (posted_on, id);
create index journal_lines_entry_id_idx on finance.journal_lines (entry_id);
create index journal_lines_account_id_idx on finance.journal_lines (account_id, posted_on);
create index journal_lines_customer_id_idx on finance.journal_lines (customer_id) where customer_id is not null;
create index journal_lines_supplier_id_idx on finance.journal_lines (supplier_id) where supplier_id is not null;
alter table finance.journal_lines enable row level security;
call meta.make_month_partitions('finance.journal_lines', '2025-01-01', 36);

create table finance.invoices (
    id bigint generated always as identity primary key,
    number text unique,
    state text not null default 'draft' check (state in ('draft', 'issued', 'paid', 'cancelled')),
    customer_id bigint not null references crm.customers on delete restrict,
    customer_name text not null,
    branch_id bigint not null references org.branches on delete restrict,
    order_id bigint not null references sales.orders on delete restrict,
    currency text not null default 'CNY' references org.currencies on delete restrict,
    issued_on date,
    due_on date,
    net_amount numeric(14,2) not null default 0,
    tax_amount numeric(14,2) not null default 0,
    gross_amount numeric(14,2) not null default 0,
    allocated_amount numeric(14,2) not null default 0 check (allocated_amount >= 0),
    created_at timestamptz not null default clock_timestamp(),
    created_by bigint not null references auth.users on delete restrict,
    version int not null default 1,
    check (gross_amount = net_amount + tax_amount),
    check (allocated_amount <= gross_amount),
    check ((number is null) = (state = 'draft'))
);
comment on table finance.invoices is 'Customer invoices for shipped goods of one order. The gap-free number is given when the invoice is issued.';
create index invoices_customer_id_idx on finance.invoices (customer_id, id);
create index invoices_owed_idx on finance.invoices (customer_id) where state in ('draft', 'issued');
create index invoices_branch_id_idx on finance.invoices (branch_id, id);
create index invoices_number_start_idx on finance.invoices (number text_pattern_ops);
create index invoices_number_end_idx on finance.invoices (reverse(number) text_pattern_ops);
create index invoices_order_id_idx on finance.invoices (order_id);
create index invoices_state_idx on finance.invoices (state, id);
create index invoices_issued_on_idx on finance.invoices (issued_on, id);
create index invoices_due_on_idx on finance.invoices (due_on, id);
create index invoices_gross_amount_idx on finance.invoices (gross_amount, id);
create index invoices_customer_name_idx on finance.invoices (customer_name, id);
create index invoices_currency_idx on finance.invoices (currency);
create index invoices_created_by_idx on finance.invoices (created_by);
alter table finance.invoices enable row level security;

create table finance.invoice_lines (
    id bigint generated always as identity primary key,
    invoice_id bigint not null references finance.invoices on delete cascade,
    line_no int not null,
    order_line_id bigint not null references sales.order_lines on delete restrict,
    product_id bigint not null references catalog.products on delete restrict,
    description text not null default '',
    qty numeric(14,3) not null check (qty > 0),
    unit_price numeric(14,4) not null,
    discount_rate numeric(5,4) not null default 0,
    tax_rate numeric(5,4) not null,
    net_amount numeric(14,2) not null,
    tax_amount numeric(14,2) not null,
    gross_amount numeric(14,2) not null,
    unique (invoice_id, line_no),
    check (gross_amount = net_amount + tax_amount)
);
comment on table finance.invoice_lines is 'Lines of invoices. The last invoice of an order line takes the rest of its amount, so that invoices add up to the order to the cent.';
create index invoice_lines_order_line_id_idx on finance.invoice_lines (order_line_id);
create index invoice_lines_product_id_idx on finance.invoice_lines (product_id);
alter table finance.invoice_lines enable row level security;

create table finance.payments (
    id bigint generated always as identity primary key,
    number text not null unique,
    customer_id bigint not null references crm.customers on delete restrict,
    customer_name text not null,
    received_on date not null,
    method text not null check (method in ('bank', 'cash', 'platform', 'note')),
    reference text not null default '',
    currency text not null default 'CNY' references org.currencies on delete restrict,
    amount numeric(14,2) not null check (amount > 0),
    allocated_amount numeric(14,2) not null default 0 check (allocated_amount >= 0),
    note text not null default '',
    recorded_at timestamptz not null default clock_timestamp(),
    recorded_by bigint not null references auth.users on delete restrict,
    version int not null default 1,
    check (allocated_amount <= amount)
);
comment on table finance.payments is 'Money received from customers; what is not allocated to invoices is the customer''s advance.';
create index payments_customer_id_idx on finance.payments (customer_id, id);
create index payments_number_start_idx on finance.payments (number text_pattern_ops);
create index payments_number_end_idx on finance.payments (reverse(number) text_pattern_ops);
create index payments_reference_grams_idx on finance.payments using gin (meta.grams(reference)) with (fastupdate = off)
    where reference <> '';
create index payments_advance_idx on finance.payments (customer_id) where amount > allocated_amount;
create index payments_received_on_idx on finance.payments (received_on, id);
create index payments_amount_idx on finance.payments (amount, id);
create index payments_customer_name_idx on finance.payments (customer_name, id);
create index payments_currency_idx on finance.payments (currency);
create index payments_recorded_by_idx on finance.payments (recorded_by);
create unique index payments_reference_idx on finance.payments (method, reference) where reference <> '';
alter table finance.payments enable row level security;

create table finance.allocations (
    id bigint generated always as identity primary key,
    payment_id bigint not null references finance.payments on delete restrict,
    invoice_id bigint not null references finance.invoices on delete restrict,
    amount numeric(14,2) not null check (amount > 0),
    allocated_at timestamptz not null default clock_timestamp(),
    allocated_by bigint not null references auth.users on delete restrict
);
comment on table finance.allocations is 'How much of a payment settles which invoice.';
create index allocations_payment_id_idx on finance.allocations (payment_id);
create index allocations_invoice_id_idx on finance.allocations (invoice_id);
create index allocations_allocated_by_idx on finance.allocations (allocated_by);
alter table finance.allocations enable row level security;
