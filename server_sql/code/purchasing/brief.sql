-- Purchase orders for those who see stock, and for what is counted for everybody: what comes, and when.
grant select (id, number, state, warehouse_id, expected_on) on purchasing.orders to erp_reads_brief;
create policy select_brief on purchasing.orders for select to erp_reads_brief
    using (state not in ('draft', 'cancelled')
        and ((select auth.has_role('erp_stock_view_all')) or (select auth.has_role('erp_purchase_view'))
        or (warehouse_id = any ((select auth.warehouse_ids())::bigint[]) and (select auth.has_role('erp_stock_view')))));

create view purchasing.orders_brief as
select o.id, o.number, o.state, o.warehouse_id, o.expected_on from purchasing.orders o;
comment on view purchasing.orders_brief is 'Purchase orders that were sent, without supplier, prices and amounts.';
grant select on purchasing.orders_brief to erp_stock_view, erp_stock_view_all, erp_purchase_view;
call meta.give_view('purchasing.orders_brief', 'erp_reads_brief');
