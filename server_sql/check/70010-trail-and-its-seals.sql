-- The trail of changes is as it was when it was sealed.
-- A row names a change that was altered, removed or inserted after its batch was sealed, or a seal that does not follow on the one before. Find out who had the database owner's or a superuser's rights at the time; the trail itself can't be mended.
with sealed as (
    select s.number, r.id, r.hash
    from audit.seals s cross join lateral unnest(s.row_ids, s.row_hashes) r (id, hash)
),
kept as (
    select c.id, c.at, c.table_name, c.row_id, audit.row_hash(c) as hash
    from audit.changes c where c.id <= (select max(s.last_id) from audit.seals s)
),
chain as (
    select s.number, s.hash, audit.seal_hash(lag(s.hash) over w, s) as right_hash,
        s.number = coalesce(lag(s.number) over w, 0) + 1 and s.first_id = coalesce(lag(s.last_id) over w, 0) + 1 as follows
    from audit.seals s window w as (order by s.number)
)
select case when k.id is null then 'removed' when s.id is null then 'inserted' else 'altered' end as what,
    s.number as seal, coalesce(k.id, s.id) as change_id, k.at, k.table_name, k.row_id
from sealed s full join kept k on k.id = s.id
where s.hash is distinct from k.hash
union all
select 'broken seal', c.number, null, null, null, null from chain c where c.hash <> c.right_hash or not c.follows
order by 2, 3
