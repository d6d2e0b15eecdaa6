-- Append-only tables are partitioned by month from the first day. A default partition catches what lies outside the
-- prepared months (a clock that is wrong by a year must not stop the warehouse).
create procedure meta.make_month_partitions(in_table regclass, in_from date, in_months int)
language plpgsql
as $$
declare
    v_schema name;
    v_table name;
    v_month date;
    v_partition name;
begin
    select n.nspname, c.relname into strict v_schema, v_table
    from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace where c.oid = in_table;
    for v_month in
        select pg_catalog.generate_series(pg_catalog.date_trunc('month', in_from),
            pg_catalog.date_trunc('month', in_from) + pg_catalog.make_interval(months => in_months - 1), '1 month')::date
    loop
        v_partition := pg_catalog.format('%s_%s', v_table, pg_catalog.to_char(v_month, 'YYYYMM'));
        if pg_catalog.to_regclass(pg_catalog.format('%I.%I', v_schema, v_partition)) is null then
            execute pg_catalog.format('create table %I.%I partition of %I.%I for values from (%L) to (%L)',
                v_schema, v_partition, v_schema, v_table, v_month, v_month + interval '1 month');
            execute pg_catalog.format('alter table %I.%I enable row level security', v_schema, v_partition);
            execute pg_catalog.format('comment on table %I.%I is %L', v_schema, v_partition,
                pg_catalog.format('Rows of %s.%s of one month.', v_schema, v_table));
        end if;
    end loop;
    v_partition := v_table || '_other';
    if pg_catalog.to_regclass(pg_catalog.format('%I.%I', v_schema, v_partition)) is null then
        execute pg_catalog.format('create table %I.%I partition of %I.%I default',
            v_schema, v_partition, v_schema, v_table);
        execute pg_catalog.format('alter table %I.%I enable row level security', v_schema, v_partition);
        execute pg_catalog.format('comment on table %I.%I is %L', v_schema, v_partition,
            pg_catalog.format('Rows of %s.%s outside the prepared months.', v_schema, v_table));
    end if;
end $$;
comment on procedure meta.make_month_partitions(regclass, date, int) is
    'Makes the month partitions of a table that are missing, from the month of in_from for in_months months, and its default partition.';
