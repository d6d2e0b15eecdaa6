-- What the worker (erp-desktop worker) may do beside its queue, and how other functions hand it jobs.

create or replace function meta.defer_job(in_queue text, in_task text, in_arguments jsonb) returns void
language plpgsql volatile set search_path = jobs, pg_catalog
as $$
begin
    perform procrastinate_defer_jobs_v1(array[row(in_queue, in_task, 0, null, null, in_arguments, null)::procrastinate_job_to_defer_v1]);
end $$;
comment on function meta.defer_job(text, text, jsonb) is
    'Puts a job into the queue: it is there when the transaction is, and gone with it. Arguments hold ids, never a secret.';

create or replace function meta.report_worker(in_sends_mail boolean) returns void
language sql volatile security definer set search_path = ''
as $$
    update meta.workers set seen_at = clock_timestamp(), mail_seen_at = case when in_sends_mail then clock_timestamp() else mail_seen_at end
$$;
comment on function meta.report_worker(boolean) is 'A worker says that it is alive, and whether it knows a mail server.';

create or replace function meta.sends_mail() returns boolean
language sql stable
as $$
    select coalesce(w.mail_seen_at > clock_timestamp() - interval '2 minutes', false) from meta.workers w
$$;
comment on function meta.sends_mail() is 'Whether a worker that can send mail was alive within the last two minutes.';

grant usage on schema meta to erp_worker;
grant execute on function meta.report_worker(boolean) to erp_worker;
