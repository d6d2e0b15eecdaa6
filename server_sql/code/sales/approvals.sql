-- Who must agree to an order, who may, and what happens when they do.

create or replace function sales.needed_levels(in_branch_id bigint, in_amount numeric, in_discount numeric, in_is_made boolean)
returns table (level int, action_role name)
language sql stable
as $$
    select distinct on (r.level) r.level, r.action_role
    from workflow.approval_rules r
    where r.document_type = 'order' and r.is_active
        and (r.branch_id is null or r.branch_id = in_branch_id)
        and (r.min_amount is null or in_amount >= r.min_amount)
        and (r.min_discount is null or in_discount >= r.min_discount)
        and (r.made_to_order is null or r.made_to_order = in_is_made)
    order by r.level, r.branch_id nulls last, r.min_amount desc nulls last, r.id
$$;
comment on function sales.needed_levels(bigint, numeric, numeric, boolean) is
    'The levels of approval that the matrix demands of an order: its branch, gross amount, greatest discount, and whether anything is made for it. A rule of the branch decides the role before one of all branches.';

create or replace function sales.open_amount(in_customer_id bigint, in_except_id bigint default null) returns numeric
language sql stable
as $$
    select coalesce((
            select sum(round(l.gross_amount * (l.qty - l.invoiced_qty) / l.qty, 2))
            from sales.orders o join sales.order_lines l on l.order_id = o.id
            where o.customer_id = in_customer_id and o.id is distinct from in_except_id and l.state <> 'cancelled'
                and o.state in ('submitted', 'confirmed', 'in_production', 'ready', 'shipped', 'in_transit', 'delivered')), 0)
        + coalesce((
            select sum(i.gross_amount - i.allocated_amount) from finance.invoices i
            where i.customer_id = in_customer_id and i.state in ('draft', 'issued')), 0)
        - coalesce((
            select sum(p.amount - p.allocated_amount) from finance.payments p
            where p.customer_id = in_customer_id and p.amount > p.allocated_amount), 0)
$$;
comment on function sales.open_amount(bigint, bigint) is
    'What a customer owes or will owe, with tax: open orders as far as they are not invoiced, except one, and unpaid invoices, less money received in advance.';

create or replace function sales.exceeds_credit(in_customer_id bigint, in_order_id bigint, in_amount numeric) returns boolean
language sql stable
as $$
    select sales.open_amount(in_customer_id, in_order_id) + in_amount > c.credit_limit from crm.customers c where c.id = in_customer_id
$$;
comment on function sales.exceeds_credit(bigint, bigint, numeric) is 'Whether a customer would owe more than her credit limit with one more order of this amount.';

create or replace function sales.ask_approvals(in_order sales.orders) returns void
language sql volatile
as $$
    insert into workflow.approvals (document_type, document_id, document_version, level, action_role, branch_id, requested_by)
    select 'order', in_order.id, in_order.version, n.level, n.action_role, in_order.branch_id, auth.user_id()
    from sales.needed_levels(in_order.branch_id, in_order.gross_amount, in_order.max_discount, exists (
        select from sales.order_lines l join catalog.products p on p.id = l.product_id
        where l.order_id = in_order.id and p.supply = 'make')) n
$$;
comment on function sales.ask_approvals(sales.orders) is 'Asks the approvals that the matrix demands of this version of an order.';

create or replace function sales.next_approval(in_order sales.orders) returns workflow.approvals
language sql stable
as $$
    select a.* from workflow.approvals a
    where a.document_type = 'order' and a.document_id = in_order.id and a.document_version = in_order.version and a.decision = 'pending'
    order by a.level limit 1
$$;
comment on function sales.next_approval(sales.orders) is 'The decision that this version of an order waits for next; null if it waits for none.';

create or replace function sales.void_approvals(in_order sales.orders) returns void
language sql volatile
as $$
    update workflow.approvals a set decision = 'void'
    where a.document_type = 'order' and a.document_id = in_order.id and a.decision = 'pending'
$$;
comment on function sales.void_approvals(sales.orders) is 'Withdraws the decisions asked for and not made.';

create or replace function sales.decide(in_approval workflow.approvals, in_decision text, in_comment text) returns void
language sql volatile
as $$
    update workflow.approvals a
    set decision = in_decision, decided_at = clock_timestamp(), decided_by = auth.user_id(), comment = in_comment
    where a.id = in_approval.id
$$;
comment on function sales.decide(workflow.approvals, text, text) is 'Records a decision in the name of the person of this session.';

create or replace function sales.is_own_work(in_order sales.orders) returns boolean
language sql stable
as $$
    select auth.user_id() in (in_order.owner_id, in_order.created_by) or exists (
        select from workflow.events e
        where e.document_type = 'order' and e.document_id = in_order.id and e.action in ('create', 'import', 'save', 'submit')
            and e.user_id = auth.user_id())
$$;
comment on function sales.is_own_work(sales.orders) is 'Whether the person of this session owns, entered, changed or submitted the order.';

create or replace function sales.refuse_own_order(in_order sales.orders) returns void
language plpgsql stable
as $$
begin
    if sales.is_own_work(in_order) then
        perform meta.refuse('UA201', format('order %s was entered, changed or submitted by this person', in_order.number),
            jsonb_build_object('number', in_order.number));
    end if;
end $$;
comment on function sales.refuse_own_order(sales.orders) is 'Refuses UA201 when the order is the person''s own work.';

create or replace function sales.has_approved(in_order sales.orders) returns boolean
language sql stable
as $$
    select exists (
        select from workflow.approvals a
        where a.document_type = 'order' and a.document_id = in_order.id and a.document_version = in_order.version
            and a.decision = 'approved' and a.decided_by = auth.user_id())
$$;
comment on function sales.has_approved(sales.orders) is 'Whether the person of this session has approved a level of this version of the order.';

create or replace function sales.approve_order(in_request_id uuid, in_document jsonb, in_version int) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb := meta.begin_request(in_request_id, 'sales.approve_order', in_document);
    v_order sales.orders;
    v_approval workflow.approvals;
    v_level numeric := meta.numeric_of(in_document, 'level', 1, 9, false);
    v_comment text := meta.text_of(in_document, 'comment', 1000);
begin
    if v_result is not null then
        return v_result;
    end if;
    v_order := sales.open_order(meta.id_of(in_document, 'id'), 'approve', in_version);
    v_approval := sales.next_approval(v_order);
    if v_approval.id is null or v_approval.level <> v_level then
        perform meta.refuse('US202', pg_catalog.format('order %s does not wait for this decision', v_order.number),
            pg_catalog.jsonb_build_object('number', v_order.number));
    end if;
    perform auth.require_role(v_approval.action_role), sales.refuse_own_order(v_order);
    -- Two levels are two people, also where one person has both roles.
    if sales.has_approved(v_order) then
        perform meta.refuse('UA202', pg_catalog.format('an earlier level of order %s was approved by this person', v_order.number),
            pg_catalog.jsonb_build_object('number', v_order.number));
    end if;
    perform sales.decide(v_approval, 'approved', v_comment);
    perform workflow.take_step('order', v_order.id, v_order.state, 'approve', v_comment,
        pg_catalog.jsonb_build_object('level', v_approval.level, 'version', v_order.version));
    return meta.end_request(in_request_id, sales.order_result(sales.confirm_if_clear(v_order)));
end $$;
comment on function sales.approve_order(uuid, jsonb, int) is
    'Approves the next level of the order {"id", "level"?, "comment"?} in exactly this version; the last approval confirms it. Nobody approves what she entered, changed or submitted, nor two levels. UA001, UA201, UA202, UN001, UC001, US001, US202 nothing to decide, or not this level.';
grant execute on function sales.approve_order(uuid, jsonb, int) to erp_order_approve, erp_order_approve_top;

create or replace function sales.return_order(in_request_id uuid, in_document jsonb, in_version int) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb := meta.begin_request(in_request_id, 'sales.return_order', in_document);
    v_reason text := meta.text_of(in_document, 'reason', 1000, true);
    v_order sales.orders;
    v_state text;
begin
    if v_result is not null then
        return v_result;
    end if;
    v_order := sales.open_order(meta.id_of(in_document, 'id'), 'return', in_version);
    v_state := workflow.take_step('order', v_order.id, v_order.state, 'return', v_reason);
    perform sales.decide(sales.next_approval(v_order), 'returned', v_reason);
    perform sales.void_approvals(v_order);
    update sales.orders o set state = v_state, return_reason = v_reason, hold_reason = null, version = o.version + 1
    where o.id = v_order.id
    returning * into v_order;
    return meta.end_request(in_request_id, sales.order_result(v_order));
end $$;
comment on function sales.return_order(uuid, jsonb, int) is
    'Returns the submitted order {"id", "reason"} for correction; approvals given so far are void, the corrected order asks again. UA001, UN001, UC001, US001, UV001 no reason.';
grant execute on function sales.return_order(uuid, jsonb, int) to erp_order_approve, erp_order_approve_top;

create or replace function sales.release_hold(in_request_id uuid, in_document jsonb, in_version int) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb := meta.begin_request(in_request_id, 'sales.release_hold', in_document);
    v_comment text := meta.text_of(in_document, 'comment', 1000);
    v_order sales.orders;
begin
    if v_result is not null then
        return v_result;
    end if;
    v_order := sales.open_order(meta.id_of(in_document, 'id'), 'release_hold', in_version);
    if v_order.hold_reason is null then
        perform meta.refuse('US203', pg_catalog.format('order %s is not on hold', v_order.number),
            pg_catalog.jsonb_build_object('number', v_order.number));
    end if;
    perform sales.refuse_own_order(v_order);
    perform workflow.take_step('order', v_order.id, v_order.state, 'release_hold', v_comment,
        pg_catalog.jsonb_build_object('hold_reason', v_order.hold_reason));
    update sales.orders o set hold_reason = null where o.id = v_order.id returning * into v_order;
    return meta.end_request(in_request_id, sales.order_result(sales.confirm_if_clear(v_order)));
end $$;
comment on function sales.release_hold(uuid, jsonb, int) is
    'Releases the order {"id", "comment"?} that is on hold; it is confirmed if no approval is pending. The version stays: nothing that was approved changes. UA001, UA201, UN001, UC001, US001, US203 not on hold.';
grant execute on function sales.release_hold(uuid, jsonb, int) to erp_order_release;

create or replace function sales.current_prices(in_order sales.orders) returns table (line_id bigint, current_price numeric)
language sql stable
as $$
    select l.id, nullif(r.unit_price, l.list_price)
    from crm.customers c
    join sales.order_lines l on l.order_id = in_order.id
    left join lateral (
        select pr.unit_price from catalog.prices pr
        where pr.product_id = l.product_id and pr.valid_from <= current_date and pr.price_list_id = case
            when c.currency = in_order.currency then coalesce(c.price_list_id, catalog.default_price_list()) else in_order.price_list_id end
        order by pr.valid_from desc limit 1
    ) r on true
    where c.id = in_order.customer_id
$$;
comment on function sales.current_prices(sales.orders) is
    'What the customer''s price list says today of the lines of an order; null where that is their list_price, and where it says nothing.';

create or replace function sales.compare_prices(in_order sales.orders) returns void
language sql volatile
as $$
    update sales.order_lines l set current_price = c.current_price
    from sales.current_prices(in_order) c
    where l.id = c.line_id and l.current_price is distinct from c.current_price
$$;
comment on function sales.compare_prices(sales.orders) is 'Keeps today''s prices on the lines of an order that is submitted: the discount is measured against them, too.';

create or replace function sales.comparison(in_priced_on date, in_compared_on date, in_net_amount numeric, in_current_amount numeric) returns jsonb
language sql immutable
as $$
    select jsonb_build_object('priced_on', in_priced_on, 'compared_on', in_compared_on, 'net_amount', in_net_amount,
        'current_amount', in_current_amount)
$$;
comment on function sales.comparison(date, date, numeric, numeric) is
    'What an order comes to before tax by the price list of its own day, and would come to by that of another day.';

create or replace function sales.order_figures(in_order sales.orders)
returns table (branch_id bigint, customer_id bigint, gross_amount numeric, max_discount numeric, is_made boolean, comparison jsonb)
language sql stable
as $$
    select in_order.branch_id, in_order.customer_id, in_order.gross_amount,
        coalesce(max(sales.measured_discount(l.unit_price, l.discount_rate, l.list_price, x.price)), 0),
        coalesce(bool_or(p.supply = 'make'), false),
        case when bool_or(x.price is not null) then sales.comparison(in_order.ordered_on, x.compared_on, in_order.net_amount,
            sum(sales.current_net(l.net_amount, l.qty, l.discount_rate, x.price))) end
    from sales.order_lines l
    join catalog.products p on p.id = l.product_id
    left join sales.current_prices(in_order) c on c.line_id = l.id
    cross join lateral (select
        case when in_order.submitted_at is null or in_order.state = 'returned' then c.current_price else l.current_price end as price,
        case when in_order.submitted_at is null or in_order.state = 'returned' then current_date
            else in_order.submitted_at::date end as compared_on) x
    where l.order_id = in_order.id
    group by x.compared_on
$$;
comment on function sales.order_figures(sales.orders) is
    'What the approval of an order depends on: measured against the prices of today before it is submitted, of that day afterwards.';

create or replace function sales.draft_figures(in_document jsonb)
returns table (branch_id bigint, customer_id bigint, gross_amount numeric, max_discount numeric, is_made boolean, comparison jsonb)
language sql stable
as $$
    select h.branch_id, h.customer_id, coalesce(sum(l.net_amount + round(l.net_amount * l.tax_rate, 2)), 0),
        coalesce(max(sales.measured_discount(l.unit_price, l.discount_rate, l.list_price, l.current_price)), 0),
        coalesce(bool_or(l.is_made), false),
        case when bool_or(l.current_price is not null) then sales.comparison(h.ordered_on, current_date, sum(l.net_amount),
            sum(sales.current_net(l.net_amount, l.qty, l.discount_rate, l.current_price))) end
    from sales.draft_heads(jsonb_build_array(in_document)) h
    left join sales.draft_lines(jsonb_build_array(in_document), array[h]) l on l.net_amount is not null and l.product_id is not null
    group by h.branch_id, h.customer_id, h.ordered_on
$$;
comment on function sales.draft_figures(jsonb) is 'What the approval of an order that is not yet saved depends on; lines that are not understood do not count.';

create or replace function sales.who_must_approve(in_document jsonb) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
    v_id bigint := sales.id_or_null(in_document ->> 'id');
    v_order sales.orders;
    v_figures record;
begin
    if in_document -> 'lines' is null and v_id is not null then
        select * into v_order from sales.visible_orders() o where o.id = v_id;
        if not found then
            perform meta.refuse('UN001', 'the order is not there or not visible',
                pg_catalog.jsonb_build_object('document_type', 'order', 'id', v_id));
        end if;
        select * into v_figures from sales.order_figures(v_order);
    else
        select * into v_figures from sales.draft_figures(in_document);
    end if;
    return pg_catalog.jsonb_build_object('gross_amount', v_figures.gross_amount, 'max_discount', v_figures.max_discount,
        'comparison', v_figures.comparison,
        'over_credit', coalesce(sales.exceeds_credit(v_figures.customer_id, v_id, v_figures.gross_amount), false),
        'levels', (select coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object('level', n.level, 'role', n.action_role,
            'people', sales.people_who_approve(n.action_role, v_figures.branch_id)) order by n.level), '[]')
            from sales.needed_levels(v_figures.branch_id, v_figures.gross_amount, v_figures.max_discount, v_figures.is_made) n));
end $$;
comment on function sales.who_must_approve(jsonb) is
    'Who would have to approve an order, before it is submitted: a stored one {"id"} or a document as for save_order. Returns gross_amount, max_discount, over_credit, levels [{level, role, people}] and comparison {priced_on, compared_on, net_amount, current_amount}, null when the lists of both days say the same; the person who asks is never among the people.';
grant execute on function sales.who_must_approve(jsonb) to erp_order_enter, erp_order_approve, erp_order_approve_top;

create or replace function sales.people_who_approve(in_role name, in_branch_id bigint) returns jsonb
language sql stable
as $$
    select coalesce(jsonb_agg(u.display_name order by u.display_name), '[]')
    from auth.users u
    join pg_roles p on p.rolname = u.role_name
    join pg_roles r on r.rolname = in_role
    where u.is_active and u.id <> auth.user_id() and pg_has_role(p.oid, r.oid, 'usage')
        and (pg_has_role(p.oid, 'erp_order_view_all', 'usage')
            or exists (select from auth.user_branches b where b.user_id = u.id and b.branch_id = in_branch_id))
$$;
comment on function sales.people_who_approve(name, bigint) is 'The names of the active people who hold a role and see the orders of a branch, without the person of this session.';
