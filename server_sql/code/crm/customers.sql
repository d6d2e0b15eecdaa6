-- Customers: who sees which, and how they are entered and changed.

create or replace function crm.visible_customers() returns setof crm.customers
language sql stable
as $$
    select c.* from crm.customers c
    where (select auth.has_role('erp_customer_view_all'))
        or (c.branch_id = any ((select auth.branch_ids())::bigint[]) and (select auth.has_role('erp_customer_view_branch')))
        or (c.owner_id = (select auth.user_id()) and (select auth.has_role('erp_customer_view_own')))
$$;
comment on function crm.visible_customers() is
    'The customers that the person of this session sees: the predicates of the policies, for functions that run past them.';

create or replace function crm.open_customer(in_id bigint, in_version int) returns crm.customers
language plpgsql volatile
as $$
declare
    v_customer crm.customers;
begin
    perform auth.require_role('erp_customer_enter');
    select c.* into v_customer from crm.customers c
    where c.id = in_id and exists (select from crm.visible_customers() v where v.id = c.id)
    for no key update of c;
    if not found then
        perform meta.refuse('UN001', format('customer %s is not there or not visible', in_id),
            jsonb_build_object('document_type', 'customer', 'id', in_id));
    end if;
    if in_version is distinct from v_customer.version then
        perform meta.refuse('UC001', format('customer %s has version %s, not %s', in_id, v_customer.version, in_version),
            jsonb_build_object('document_type', 'customer', 'id', in_id, 'version', v_customer.version));
    end if;
    return v_customer;
end $$;
comment on function crm.open_customer(bigint, int) is
    'The door to a customer: checks the right, that the row is the person''s to see and unchanged, and locks it. UA001, UN001, UC001.';

create or replace function crm.new_customer() returns crm.customers
language plpgsql volatile
as $$
declare
    v_customer crm.customers;
begin
    perform auth.require_role('erp_customer_enter');
    v_customer.code := '';
    v_customer.kind := 'company';
    v_customer.owner_id := auth.user_id();
    v_customer.branch_id := (select b.branch_ids[1] from (select auth.branch_ids() as branch_ids) b where cardinality(b.branch_ids) = 1);
    v_customer.price_list_id := catalog.default_price_list();
    v_customer.currency := (select l.currency from catalog.price_lists l where l.id = v_customer.price_list_id);
    v_customer.credit_limit := 0;
    v_customer.payment_days := 0;
    v_customer.is_active := true;
    v_customer.version := 0;
    return v_customer;
end $$;
comment on function crm.new_customer() is
    'A customer before anything is entered: owned by the person of this session, in her branch if she has just one, with the usual price list and no credit. UA001.';

create or replace function crm.filled_customer(in_customer crm.customers, in_document jsonb) returns crm.customers
language plpgsql stable
as $$
declare
    v_customer crm.customers := in_customer;
begin
    v_customer.name := meta.text_of(in_document, 'name', 200, true);
    v_customer.name_en := meta.text_of(in_document, 'name_en', 200);
    v_customer.pinyin := meta.text_of(in_document, 'pinyin', 1000);
    v_customer.initials := meta.text_of(in_document, 'initials', 200);
    v_customer.contact := meta.text_of(in_document, 'contact', 80);
    v_customer.phone := meta.text_of(in_document, 'phone', 40);
    v_customer.province := meta.text_of(in_document, 'province', 80);
    v_customer.city := meta.text_of(in_document, 'city', 80);
    v_customer.district := meta.text_of(in_document, 'district', 80);
    v_customer.address := meta.text_of(in_document, 'address', 300);
    v_customer.tax_number := meta.text_of(in_document, 'tax_number', 40);
    v_customer.code := coalesce(nullif(meta.text_of(in_document, 'code', 40), ''), v_customer.code);
    v_customer.kind := coalesce(nullif(meta.text_of(in_document, 'kind', 20), ''), v_customer.kind);
    v_customer.branch_id := coalesce(meta.id_of(in_document, 'branch_id', false), v_customer.branch_id);
    v_customer.owner_id := coalesce(meta.id_of(in_document, 'owner_id', false), v_customer.owner_id);
    v_customer.price_list_id := coalesce(meta.id_of(in_document, 'price_list_id', false), v_customer.price_list_id);
    v_customer.credit_limit := coalesce(round(meta.numeric_of(in_document, 'credit_limit', 0, 999999999999, false), 2), v_customer.credit_limit);
    v_customer.payment_days := coalesce(meta.numeric_of(in_document, 'payment_days', 0, 365, false), v_customer.payment_days);
    v_customer.is_active := coalesce(meta.text_of(in_document, 'is_active', 5) <> 'false', v_customer.is_active);
    return v_customer;
end $$;
comment on function crm.filled_customer(crm.customers, jsonb) is
    'The customer with what a document says. Texts that are absent become empty; code, kind, branch, owner, price list, credit, payment days and activity stay as they are. UV001, UV003, UV004, UV005.';

create or replace function crm.check_customer(in_old crm.customers, in_new crm.customers) returns void
language plpgsql stable
as $$
begin
    if in_new.kind not in ('company', 'person', 'dealer', 'web') then
        perform meta.refuse('UV231', 'unknown kind of customer', jsonb_build_object('value', in_new.kind), 'kind');
    end if;
    if in_new.branch_id is null then
        perform meta.refuse('UV001', 'a required field is empty', '{"field": "branch_id"}', 'branch_id');
    end if;
    if in_new.branch_id is distinct from in_old.branch_id and not auth.has_role('erp_customer_view_all')
        and not in_new.branch_id = any (auth.branch_ids()) then
        perform meta.refuse('UV232', 'the branch is not there or not the person''s', jsonb_build_object('value', in_new.branch_id), 'branch_id');
    end if;
    if in_new.owner_id is distinct from in_old.owner_id then
        if in_new.owner_id <> auth.user_id() and not auth.has_role('erp_customer_view_all') then
            perform auth.require_role('erp_customer_view_branch');
        end if;
        if not exists (select from auth.users u where u.id = in_new.owner_id and u.is_active) then
            perform meta.refuse('UV233', 'the owner is not there or not active', jsonb_build_object('value', in_new.owner_id), 'owner_id');
        end if;
    end if;
    if in_new.credit_limit is distinct from in_old.credit_limit then
        perform auth.require_role('erp_order_release');
    end if;
    if not exists (select from catalog.price_lists l where l.id = in_new.price_list_id and l.currency = in_new.currency) then
        perform meta.refuse('UV234', 'the price list is not there', jsonb_build_object('value', in_new.price_list_id), 'price_list_id');
    end if;
    -- A cheaper list is a discount that no approval would see.
    if in_new.price_list_id is distinct from in_old.price_list_id then
        perform auth.require_role('erp_order_release');
    end if;
end $$;
comment on function crm.check_customer(crm.customers, crm.customers) is
    'Checks a customer against what was stored before. Only managers hand customers to others, only those who may release held orders grant credit or another price list. UV001, UV231 to UV234, UA001.';

create or replace function crm.refuse_code_in_use(in_customer crm.customers) returns void
language plpgsql stable
as $$
begin
    if exists (select from crm.customers c where c.code = in_customer.code and c.id is distinct from in_customer.id) then
        perform meta.refuse('UV235', 'the code is in use', jsonb_build_object('code', in_customer.code), 'code');
    end if;
end $$;
comment on function crm.refuse_code_in_use(crm.customers) is 'Refuses UV235 when another customer has the code.';

create or replace function crm.save_customer(in_request_id uuid, in_document jsonb, in_version int) returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
    v_result jsonb := meta.begin_request(in_request_id, 'crm.save_customer', in_document);
    v_id bigint := meta.id_of(in_document, 'id', false);
    v_old crm.customers;
    v_new crm.customers;
begin
    if v_result is not null then
        return v_result;
    end if;
    v_old := case when v_id is null then crm.new_customer() else crm.open_customer(v_id, in_version) end;
    v_new := crm.filled_customer(v_old, in_document);
    perform crm.check_customer(v_old, v_new);
    if v_new.code = '' then
        v_new.code := meta.next_number('CU', current_date);
    end if;
    perform crm.refuse_code_in_use(v_new);
    v_new := crm.write_customer(v_new);
    perform workflow.record_event('customer', v_new.id, case when v_id is null then 'create' else 'save' end, null, null);
    return meta.end_request(in_request_id, pg_catalog.jsonb_build_object('id', v_new.id, 'code', v_new.code, 'version', v_new.version));
end $$;
comment on function crm.save_customer(uuid, jsonb, int) is
    'Enters a customer, or changes the one with {"id"}. Fields as the columns of crm.customers; a new one without a code gets the next number. Returns id, code, version. UA001, UN001, UC001, UV001 to UV005, UV231 to UV235.';
grant execute on function crm.save_customer(uuid, jsonb, int) to erp_customer_enter;

create or replace function crm.write_customer(in_customer crm.customers) returns crm.customers
language plpgsql volatile
as $$
declare
    v_customer crm.customers;
begin
    insert into crm.customers as c (id, code, name, name_en, pinyin, initials, kind, branch_id, owner_id, price_list_id, currency,
        credit_limit, payment_days, contact, phone, province, city, district, address, tax_number, is_active, version, created_by)
    overriding system value
    values (coalesce(in_customer.id, nextval(pg_get_serial_sequence('crm.customers', 'id'))), in_customer.code, in_customer.name,
        in_customer.name_en, in_customer.pinyin, in_customer.initials, in_customer.kind, in_customer.branch_id, in_customer.owner_id,
        in_customer.price_list_id, in_customer.currency, in_customer.credit_limit, in_customer.payment_days, in_customer.contact,
        in_customer.phone, in_customer.province, in_customer.city, in_customer.district, in_customer.address, in_customer.tax_number,
        in_customer.is_active, in_customer.version + 1, coalesce(in_customer.created_by, auth.user_id()))
    on conflict (id) do update set
        code = excluded.code, name = excluded.name, name_en = excluded.name_en, pinyin = excluded.pinyin, initials = excluded.initials,
        kind = excluded.kind, branch_id = excluded.branch_id, owner_id = excluded.owner_id, price_list_id = excluded.price_list_id,
        credit_limit = excluded.credit_limit, payment_days = excluded.payment_days, contact = excluded.contact,
        phone = excluded.phone, province = excluded.province, city = excluded.city, district = excluded.district,
        address = excluded.address, tax_number = excluded.tax_number, is_active = excluded.is_active, version = excluded.version
    returning c.* into v_customer;
    return v_customer;
end $$;
comment on function crm.write_customer(crm.customers) is 'Stores a checked customer with the next version.';
