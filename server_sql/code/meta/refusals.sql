-- Refusals: the server names the code and the parameters, the client owns the sentence.
create or replace function meta.refuse(
    in_code text, in_message text, in_parameters jsonb default '{}', in_field text default ''
) returns void
language plpgsql volatile
as $$
begin
    raise exception using errcode = in_code, message = in_message, detail = in_parameters::text, column = in_field;
end $$;
comment on function meta.refuse(text, text, jsonb, text) is
    'Refuses a command: SQLSTATE U…, English message for the log, named parameters for the sentence, field of the document.';

create or replace function meta.plain_text(in_text text) returns text
language sql immutable parallel safe
as $$
    select regexp_replace(translate(in_text, E'\u000B\u000C\u0085\u2028\u2029', '     '),
        '[\u0001-\u0008\u000E-\u001F\u007F-\u009F\u00AD\u180E\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\U000E0000-\U000E007F]',
        '', 'g')
$$;
comment on function meta.plain_text(text) is
    'A text as it is read: without control characters, invisible ones and those that turn the direction of reading, a blank for unusual line ends. The joiners, marks and break points that scripts and emoji need stay (U+200B to U+200F), and so do tabs and line breaks.';

create or replace function meta.text_of(
    in_document jsonb, in_field text, in_max int default 200, in_required boolean default false
) returns text
language plpgsql immutable
as $$
declare
    v_value jsonb := in_document -> in_field;
    v_text text := pg_catalog.btrim(meta.plain_text(in_document ->> in_field), E' \t\r\n');
begin
    if coalesce(v_text, '') = '' then
        if in_required then
            perform meta.refuse('UV001', 'a required field is empty', jsonb_build_object('field', in_field), in_field);
        end if;
        return '';
    end if;
    if jsonb_typeof(v_value) not in ('string', 'number') then
        perform meta.refuse('UV003', 'a field is not text', jsonb_build_object('field', in_field, 'value', left(v_text, 40)), in_field);
    end if;
    if length(v_text) > in_max then
        perform meta.refuse('UV005', 'a text is too long',
            jsonb_build_object('field', in_field, 'length', length(v_text), 'max', in_max), in_field);
    end if;
    return v_text;
end $$;
comment on function meta.text_of(jsonb, text, int, boolean) is
    'A trimmed, plain text of a document, '''' if it is absent. UV001 required and empty, UV003 not text, UV005 too long.';

create or replace function meta.numeric_of(
    in_document jsonb, in_field text, in_min numeric, in_max numeric, in_required boolean default true
) returns numeric
language plpgsql immutable
as $$
declare
    v_text text := meta.text_of(in_document, in_field, 60, in_required);
    v_number numeric;
begin
    if v_text = '' then
        return null;
    end if;
    if v_text !~ '^[-+]?(\d+\.?\d*|\.\d+)$' then
        perform meta.refuse('UV003', 'a field is not a number', jsonb_build_object('field', in_field, 'value', left(v_text, 40)), in_field);
    end if;
    v_number := v_text::numeric;
    if v_number < in_min or v_number > in_max then
        perform meta.refuse('UV004', 'a number is out of range',
            jsonb_build_object('field', in_field, 'value', v_text, 'min', in_min::text, 'max', in_max::text), in_field);
    end if;
    return v_number;
end $$;
comment on function meta.numeric_of(jsonb, text, numeric, numeric, boolean) is
    'A number of a document between in_min and in_max, null if it is absent and not required. UV001, UV003, UV004.';

create or replace function meta.id_of(in_document jsonb, in_field text, in_required boolean default true) returns bigint
language plpgsql immutable
as $$
declare
    v_number numeric := meta.numeric_of(in_document, in_field, 1, 9223372036854775807, in_required);
begin
    if v_number <> trunc(v_number) then
        perform meta.refuse('UV003', 'an id is not a whole number',
            jsonb_build_object('field', in_field, 'value', v_number::text), in_field);
    end if;
    return v_number::bigint;
end $$;
comment on function meta.id_of(jsonb, text, boolean) is 'The id of another row that a document names. UV001, UV003, UV004.';

create or replace function meta.date_of(
    in_document jsonb, in_field text, in_required boolean default true,
    in_from date default '2000-01-01', in_to date default '2099-12-31'
) returns date
language plpgsql stable
as $$
declare
    v_text text := meta.text_of(in_document, in_field, 60, in_required);
    v_date date;
begin
    if v_text = '' then
        return null;
    end if;
    begin
        if v_text !~ '^\d{4}-\d{2}-\d{2}$' then
            raise datetime_field_overflow;
        end if;
        v_date := v_text::date;
    exception when data_exception then
        perform meta.refuse('UV006', 'a field is not a date', jsonb_build_object('field', in_field, 'value', left(v_text, 40)), in_field);
    end;
    if v_date < in_from or v_date > in_to then
        perform meta.refuse('UV004', 'a date is out of range',
            jsonb_build_object('field', in_field, 'value', v_text, 'min', in_from::text, 'max', in_to::text), in_field);
    end if;
    return v_date;
end $$;
comment on function meta.date_of(jsonb, text, boolean, date, date) is
    'A date (yyyy-mm-dd) of a document between in_from and in_to, null if it is absent and not required. UV001, UV004, UV006.';
