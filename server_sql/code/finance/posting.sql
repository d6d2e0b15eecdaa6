-- Double entries: every event that moves value posts one balanced, immutable entry by the rows of finance.posting_rules.

create or replace function finance.post_entry(in_event text, in_document_type text, in_document_id bigint, in_posted_on date,
    in_amounts jsonb, in_customer_id bigint default null, in_supplier_id bigint default null, in_description text default '')
returns bigint
language plpgsql volatile
as $$
declare
    v_entry_id bigint;
    v_unknown text;
begin
    select a.key into v_unknown from jsonb_each_text(in_amounts) a
    where not exists (select from finance.posting_rules r where r.event = in_event and r.component = a.key) limit 1;
    if v_unknown is not null then
        raise exception 'finance.posting_rules has no row for component % of event %', v_unknown, in_event;
    end if;
    if not exists (select from jsonb_each_text(in_amounts) a where a.value::numeric <> 0) then
        return null;
    end if;
    perform finance.require_open_period(in_posted_on);
    insert into finance.journal_entries (number, posted_on, event, document_type, document_id, description, posted_by)
    values (meta.next_number('JE', in_posted_on), in_posted_on, in_event, in_document_type, in_document_id, in_description, auth.user_id())
    returning id into v_entry_id;
    -- A negative amount stands on the other side as a positive one.
    insert into finance.journal_lines (posted_on, entry_id, account_id, debit, credit, customer_id, supplier_id)
    select in_posted_on, v_entry_id, r.account_id,
        case when (r.side = 'debit') = (a.value::numeric > 0) then abs(a.value::numeric) else 0 end,
        case when (r.side = 'debit') = (a.value::numeric > 0) then 0 else abs(a.value::numeric) end,
        in_customer_id, in_supplier_id
    from jsonb_each_text(in_amounts) a
    join finance.posting_rules r on r.event = in_event and r.component = a.key
    where a.value::numeric <> 0
    order by r.side desc, r.component;
    return v_entry_id;
end $$;
comment on function finance.post_entry(text, text, bigint, date, jsonb, bigint, bigint, text) is
    'Posts the double entry of an event. in_amounts holds an amount per component, such as {"net": 100, "tax": 13, "gross": 113} or {"raw": 5.20, "goods": 80}. Returns the entry, null when every amount is zero. Refuses UL601 when the period is closed.';

create or replace function finance.require_open_period(in_day date) returns void
language plpgsql stable
as $$
begin
    if exists (select from finance.periods p where p.starts_on = date_trunc('month', in_day)::date and p.state = 'closed') then
        perform meta.refuse('UL601', format('period %s is closed', to_char(in_day, 'YYYY-MM')),
            jsonb_build_object('period', to_char(in_day, 'YYYY-MM')));
    end if;
end $$;
comment on function finance.require_open_period(date) is 'Refuses UL601 when the accounting month of the day is closed.';

create or replace function finance.tg_journal_lines__balance() returns trigger
language plpgsql volatile security definer set search_path = ''
as $$
begin
    if (select sum(l.debit) - sum(l.credit) from finance.journal_lines l
            where l.entry_id = new.entry_id and l.posted_on = new.posted_on) <> 0 then
        raise exception using errcode = 'US601', message = pg_catalog.format('journal entry %s does not balance', new.entry_id),
            detail = pg_catalog.jsonb_build_object('entry', new.entry_id)::text;
    end if;
    return null;
end $$;
comment on function finance.tg_journal_lines__balance() is 'Deferred trigger: when its transaction ends, the debits of an entry equal its credits, for everybody.';

create constraint trigger _200_balance after insert on finance.journal_lines
    deferrable initially deferred for each row execute function finance.tg_journal_lines__balance();
call meta.make_append_only('finance.journal_lines');
call meta.make_append_only('finance.journal_entries');
call audit.watch('finance.journal_entries');
call audit.watch('finance.invoices');
call audit.watch('finance.invoice_lines');
call audit.watch('finance.payments');
call audit.watch('finance.allocations');
call audit.watch('finance.accounts');
call meta.announce_changes('finance.invoices', 'invoice');
call meta.announce_changes('finance.payments', 'payment');
