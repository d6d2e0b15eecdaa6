-- Balances: locked in one order by everybody, moved together with the moves that explain them, shared out by promise.

create or replace function stock.lock_balances(in_product_ids bigint[], in_warehouse_ids bigint[]) returns void
language plpgsql volatile
as $$
begin
    -- The update never happens, but the row is locked; a missing row is made. One statement, one order for everybody:
    -- goods before material, so that a command which has locked the goods may go on to lock what they are made of.
    insert into stock.balances as b (product_id, warehouse_id)
    select p.product_id, p.warehouse_id
    from (
        select distinct x.product_id, w.id as warehouse_id, w.kind = 'raw' as is_raw
        from unnest(in_product_ids, in_warehouse_ids) x (product_id, warehouse_id)
        join org.warehouses w on w.id = coalesce(x.warehouse_id, in_warehouse_ids[1])
        where x.product_id is not null
    ) p
    order by p.is_raw, p.product_id, p.warehouse_id
    on conflict (product_id, warehouse_id) do update set on_hand = b.on_hand where false;
end $$;
comment on function stock.lock_balances(bigint[], bigint[]) is
    'Locks the balances of products in warehouses (pairs; a single warehouse stands for all) until the transaction ends, and makes those that are missing. Locks are taken in the same order by everybody, so nobody waits in a circle. Documents that a command works on are locked before balances, sales orders that it only brings up to date after them.';

create or replace function stock.post_moves(in_kind text, in_document_type text, in_document_id bigint, in_warehouse_id bigint,
    in_product_ids bigint[], in_qtys numeric[]) returns jsonb
language plpgsql volatile
as $$
declare
    v_amounts jsonb;
begin
    perform stock.lock_balances(in_product_ids, array[in_warehouse_id]);
    perform stock.refuse_shortage(in_warehouse_id, in_product_ids, in_qtys);
    update stock.balances b set on_hand = b.on_hand + m.qty
    from (select x.product_id, sum(x.qty) as qty from unnest(in_product_ids, in_qtys) x (product_id, qty) group by 1) m
    where b.product_id = m.product_id and b.warehouse_id = in_warehouse_id and m.qty <> 0;
    with posted as (
        insert into stock.moves (product_id, warehouse_id, kind, qty, unit_cost, document_type, document_id, user_id)
        select x.product_id, in_warehouse_id, in_kind, x.qty, coalesce(c.standard_cost, 0), in_document_type, in_document_id, auth.user_id()
        from unnest(in_product_ids, in_qtys) with ordinality x (product_id, qty, place)
        left join catalog.product_costs c on c.product_id = x.product_id
        where x.qty <> 0
        order by x.place
        returning product_id, qty, unit_cost
    )
    select jsonb_object_agg(v.component, v.amount) into v_amounts
    from (
        select case p.kind when 'raw' then 'raw' else 'goods' end as component, sum(round(m.qty * m.unit_cost, 2)) as amount
        from posted m join catalog.products p on p.id = m.product_id group by 1
    ) v;
    return coalesce(v_amounts, '{}');
end $$;
comment on function stock.post_moves(text, text, bigint, bigint, bigint[], numeric[]) is
    'Moves quantities (positive in, negative out) of products in a warehouse for a document, at standard cost. Returns the value, signed like the quantities, split for the ledger: {"raw": …, "goods": …}. Refuses UQ301 when stock would fall below what is reserved.';

create or replace function stock.refuse_shortage(in_warehouse_id bigint, in_product_ids bigint[], in_qtys numeric[]) returns void
language plpgsql stable
as $$
declare
    v_short record;
begin
    select p.code, w.code as warehouse, w.name_zh, w.name_en, b.on_hand - b.reserved as available, -m.qty as qty into v_short
    from (select x.product_id, sum(x.qty) as qty from unnest(in_product_ids, in_qtys) x (product_id, qty) group by 1) m
    join stock.balances b on b.product_id = m.product_id and b.warehouse_id = in_warehouse_id
    join catalog.products p on p.id = m.product_id
    join org.warehouses w on w.id = in_warehouse_id
    where b.on_hand + m.qty < b.reserved
    order by p.code limit 1;
    if found then
        perform meta.refuse('UQ301', format('%s: %s wanted, %s available in %s', v_short.code, v_short.qty, v_short.available, v_short.warehouse),
            jsonb_build_object('product', v_short.code, 'warehouse', v_short.warehouse, 'warehouse_zh', v_short.name_zh, 'warehouse_en', v_short.name_en,
                'available', v_short.available, 'qty', v_short.qty));
    end if;
end $$;
comment on function stock.refuse_shortage(bigint, bigint[], numeric[]) is
    'Refuses UQ301 when moving these quantities would leave less of a product than is reserved; the balances are locked already.';

create or replace function stock.post_move(in_product_id bigint, in_warehouse_id bigint, in_kind text, in_qty numeric,
    in_document_type text, in_document_id bigint) returns numeric
language sql volatile
as $$
    select coalesce(sum(a.value::numeric), 0)
    from jsonb_each_text(stock.post_moves(in_kind, in_document_type, in_document_id, in_warehouse_id,
        array[in_product_id], array[in_qty])) a
$$;
comment on function stock.post_move(bigint, bigint, text, numeric, text, bigint) is
    'Moves a quantity of one product; returns its value at standard cost, signed like the quantity. See stock.post_moves.';

create or replace function stock.reverse_amounts(in_amounts jsonb) returns jsonb
language sql immutable
as $$
    select coalesce(jsonb_object_agg(a.key, -a.value::numeric), '{}') from jsonb_each_text(in_amounts) a
$$;
comment on function stock.reverse_amounts(jsonb) is 'The amounts with the other sign: what went out, as the ledger books it.';
