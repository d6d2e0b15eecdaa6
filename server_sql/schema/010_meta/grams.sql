-- Search by parts of words. Indexes are built on these functions: a change needs an upgrade file that rebuilds them.
-- The indexes are GIN `with (fastupdate = off)`: what waits in such an index's list is read by every search, 20 ms after some imports.
create function meta.words_of(in_text text) returns setof text
language sql immutable parallel safe
as $$
    select word
    from pg_catalog.regexp_split_to_table(
        pg_catalog.lower(normalize(in_text, nfkc)),
        '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f\u3000-\u303f\uff00-\uff0f\ufe00-\ufe4f]+') word
    where word <> ''
$$;
comment on function meta.words_of(text) is
    'Runs of letters, digits and symbols between spaces and punctuation, lower-cased, full-width forms made narrow.';

create function meta.grams(in_text text) returns text[]
language sql immutable parallel safe
as $$
    select coalesce(pg_catalog.array_agg(distinct gram), '{}')
    from meta.words_of(in_text) word
    cross join pg_catalog.generate_series(1, pg_catalog.length(word)) place
    cross join lateral (values
        (case when place < pg_catalog.length(word) then pg_catalog.substr(word, place, 2) end),
        (case when place = 1 or pg_catalog.substr(word, place, 1) !~ '[0-9a-z\u00c0-\u052f]'
            then pg_catalog.substr(word, place, 1) end)
    ) piece (gram)
    where gram is not null
$$;
comment on function meta.grams(text) is
    'Pieces of a text for a GIN index: pairs of neighbouring characters, first letters of words, and each character that is no letter of Latin, Greek or Cyrillic (so each Chinese one).';

create function meta.grams_of_query(in_text text) returns text[]
language sql immutable parallel safe
as $$
    select coalesce(pg_catalog.array_agg(distinct gram), '{}')
    from meta.words_of(in_text) word
    cross join pg_catalog.generate_series(1, greatest(pg_catalog.length(word) - 1, 1)) place
    cross join lateral pg_catalog.substr(word, place, 2) gram
$$;
comment on function meta.grams_of_query(text) is
    'Pieces that a matching text must hold: `meta.grams(name) @> meta.grams_of_query(typed)`; empty if nothing was typed.';
