-- What is recorded, announced and never changed. Balances are not audited: moves and reservations say how they came about.
call meta.make_append_only('stock.moves');
call meta.make_append_only('stock.adjustments');
call audit.watch('stock.adjustments');
call audit.watch('stock.reservations');
call audit.watch('stock.shipments');
call audit.watch('stock.shipment_lines');
call meta.announce_changes('stock.balances', 'stock');

create or replace function stock.tg_orders__move_shipments() returns trigger
language plpgsql volatile
as $$
begin
    update stock.shipments s set owner_id = new.owner_id, branch_id = new.branch_id where s.order_id = new.id;
    return null;
end $$;
comment on function stock.tg_orders__move_shipments() is 'The shipments of an order go with it to another owner or branch.';
create trigger _200_move_shipments after update of owner_id, branch_id on sales.orders
    for each row when ((old.owner_id, old.branch_id) is distinct from (new.owner_id, new.branch_id))
    execute function stock.tg_orders__move_shipments();

call meta.announce_changes('stock.shipments', 'shipment');
call meta.announce_changes('stock.shipment_lines', 'shipment', 'shipment_id');
