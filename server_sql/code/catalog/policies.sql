-- Products carry no prices and no costs: those are tables of their own with rights of their own.
grant usage on schema catalog to erp_person;
grant select on catalog.categories, catalog.price_lists to erp_person;
create policy select_person on catalog.categories for select to erp_person using (true);
create policy select_person on catalog.price_lists for select to erp_person using (true);

grant select on catalog.products to erp_product_view;
create policy select_all on catalog.products for select to erp_product_view using (true);

grant select on catalog.prices to erp_price_view;
create policy select_all on catalog.prices for select to erp_price_view using (true);

grant select on catalog.product_costs to erp_cost_view;
create policy select_all on catalog.product_costs for select to erp_cost_view using (true);
