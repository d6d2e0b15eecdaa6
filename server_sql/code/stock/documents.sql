-- What the documents of stock, production and purchasing have in common.

create or replace function stock.lines_of(in_document jsonb, in_field text default 'lines') returns jsonb
language plpgsql immutable
as $$
declare
    v_lines jsonb := in_document -> in_field;
begin
    if coalesce(jsonb_typeof(v_lines), 'null') = 'null' or v_lines = '[]' then
        perform meta.refuse('UV001', 'a document has no lines', jsonb_build_object('field', in_field), in_field);
    end if;
    if jsonb_typeof(v_lines) <> 'array' or jsonb_array_length(v_lines) > 1000 then
        perform meta.refuse('UV003', 'the lines are not a list of at most 1000',
            jsonb_build_object('field', in_field, 'value', left(v_lines::text, 40)), in_field);
    end if;
    return v_lines;
end $$;
comment on function stock.lines_of(jsonb, text) is 'The lines of a document, at least one and at most a thousand. UV001 none, UV003 not a list.';

create or replace function stock.check_qty(in_product_id bigint, in_qty numeric, in_field text) returns void
language plpgsql stable
as $$
declare
    v_product record;
begin
    select p.code, u.code as unit, u.decimals into v_product
    from catalog.products p join org.units u on u.id = p.unit_id where p.id = in_product_id;
    if in_qty <> round(in_qty, v_product.decimals) then
        perform meta.refuse('UV301', format('%s is counted with %s decimals', v_product.code, v_product.decimals),
            jsonb_build_object('product', v_product.code, 'qty', in_qty, 'unit', v_product.unit, 'decimals', v_product.decimals), in_field);
    end if;
end $$;
comment on function stock.check_qty(bigint, numeric, text) is 'Refuses UV301 when a quantity has more decimals than the unit of the product.';
