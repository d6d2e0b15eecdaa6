-- Everybody may read how the company is laid out.
grant usage on schema org to erp_person;
grant select on org.currencies, org.companies, org.branches, org.warehouses, org.work_centres, org.units, org.calendar_days
    to erp_person;
create policy select_person on org.currencies for select to erp_person using (true);
create policy select_person on org.companies for select to erp_person using (true);
create policy select_person on org.branches for select to erp_person using (true);
create policy select_person on org.warehouses for select to erp_person using (true);
create policy select_person on org.work_centres for select to erp_person using (true);
create policy select_person on org.units for select to erp_person using (true);
create policy select_person on org.calendar_days for select to erp_person using (true);
