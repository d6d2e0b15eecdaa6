-- What everybody may read of the shared tables.
grant usage on schema meta to erp_person;
grant select on meta.versions, meta.settings, meta.screens, meta.my_screens to erp_person;
grant execute on function meta.words_of(text), meta.grams(text), meta.grams_of_query(text), meta.end_stalled_transactions() to erp_person;

create policy select_everyone on meta.versions for select to erp_person using (true);
create policy select_everyone on meta.settings for select to erp_person using (true);
create policy select_everyone on meta.screens for select to erp_person using (true);
