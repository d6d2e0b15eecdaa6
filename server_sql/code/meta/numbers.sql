-- Document numbers such as SO2611-000123: series, year and month, number.
create or replace function meta.next_number(in_series text, in_on date) returns text
language plpgsql volatile
as $$
declare
    v_period text := to_char(in_on, 'YYMM');
    v_sequence regclass := to_regclass('meta.numbers_' || lower(in_series));
    v_number bigint;
begin
    if v_sequence is not null then
        v_number := nextval(v_sequence);
    else
        insert into meta.numbers as n (series, period, last_number) values (in_series, v_period, 1)
        on conflict (series, period) do update set last_number = n.last_number + 1
        returning last_number into v_number;
    end if;
    return format('%s%s-%s', in_series, v_period, case when v_number < 1000000 then to_char(v_number, 'FM000000') else v_number::text end);
end $$;
comment on function meta.next_number(text, date) is
    'The next number of a series. Gap-free and counted by month, holding a lock until the transaction ends, unless the series was made fast.';

create or replace procedure meta.make_series_fast(in_series text)
language plpgsql
as $$
begin
    execute format('create sequence if not exists meta.%I', 'numbers_' || lower(in_series));
end $$;
comment on procedure meta.make_series_fast(text) is
    'Lets a series count on without waiting for other transactions; a command that fails leaves a gap, months do not restart it.';
