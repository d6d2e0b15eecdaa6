-- Changes are announced on the channel erp_changes as '<kind>:<id>', or '<kind>:*' when more than 50 rows changed at once.
create or replace function meta.tg__announce() returns trigger
language plpgsql volatile
as $$
declare
    v_ids bigint[];
begin
    execute pg_catalog.format(
        'select array_agg(id) from (select distinct %I as id from changed where %1$I is not null limit 51) few', tg_argv[1]) into v_ids;
    if pg_catalog.cardinality(v_ids) > 50 then
        perform pg_catalog.pg_notify('erp_changes', tg_argv[0] || ':*');
    else
        perform pg_catalog.pg_notify('erp_changes', tg_argv[0] || ':' || id) from pg_catalog.unnest(v_ids) id;
    end if;
    return null;
end $$;
comment on function meta.tg__announce() is 'Announces changed rows: first argument the kind, second the column that holds the id.';

create or replace procedure meta.announce_changes(in_table regclass, in_kind text, in_column name default 'id')
language plpgsql
as $$
declare
    v_event text;
begin
    foreach v_event in array array['insert', 'update', 'delete'] loop
        execute format(
            'create or replace trigger _900_announce_%1$s after %1$s on %2$s referencing %3$s table as changed '
            'for each statement execute function meta.tg__announce(%4$L, %5$L)',
            v_event, in_table, case v_event when 'delete' then 'old' else 'new' end, in_kind, in_column);
    end loop;
end $$;
comment on procedure meta.announce_changes(regclass, text, name) is
    'Announces changes of a table as kind; in_column names the id to announce, such as order_id for the lines of an order.';
