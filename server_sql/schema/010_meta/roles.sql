-- Roles belong to the cluster and may be there already when a database is installed beside another one or restored.
create procedure meta.ensure_role(in_name name, in_comment text)
language plpgsql
as $$
begin
    if not exists (select from pg_catalog.pg_roles where rolname = in_name) then
        execute pg_catalog.format('create role %I nologin', in_name);
    end if;
    execute pg_catalog.format('comment on role %I is %L', in_name, in_comment);
end $$;
comment on procedure meta.ensure_role(name, text) is 'Creates an action role or a job role if it is not there yet.';
