-- Roles that own views: see docs/adr/0023-what-several-jobs-see.md. Such a view shows some columns of a table to people who
-- hold nothing on the table itself; which of its rows they see is said by the policies of the view's owner.

create or replace procedure meta.ensure_reader(in_name name, in_comment text)
language plpgsql
as $$
begin
    call meta.ensure_role(in_name, in_comment);
    -- Only a member may give it views. The owner of all tables gains nothing by it.
    execute pg_catalog.format('grant %I to erp_owner', in_name);
end $$;
comment on procedure meta.ensure_reader(name, text) is 'Creates a role that owns views if it is not there yet.';

create or replace procedure meta.give_view(in_view regclass, in_reader name)
language plpgsql
as $$
declare
    v_schema name := (select c.relnamespace::pg_catalog.regnamespace from pg_catalog.pg_class c where c.oid = in_view);
begin
    -- To become an owner takes the right to create, for this moment.
    execute pg_catalog.format('grant create on schema %s to %I', v_schema, in_reader);
    execute pg_catalog.format('alter view %s owner to %I', in_view, in_reader);
    execute pg_catalog.format('revoke create on schema %s from %I', v_schema, in_reader);
end $$;
comment on procedure meta.give_view(regclass, name) is 'Makes a reader the owner of a view, so that the view shows the rows which its policies name.';

call meta.ensure_reader('erp_reads_brief', 'Owns the views that show documents without prices and amounts; nobody logs in as it.');
call meta.ensure_reader('erp_reads_to_ship', 'Owns the view of what warehouses have to ship and where; nobody logs in as it.');
