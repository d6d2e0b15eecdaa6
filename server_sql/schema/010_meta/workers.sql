-- Whether somebody is there to run background jobs, and to send mail.
create table meta.workers (
    only_row boolean primary key default true check (only_row),
    seen_at timestamptz,
    mail_seen_at timestamptz
);
comment on table meta.workers is 'When a worker reported last (one row).';
comment on column meta.workers.mail_seen_at is 'When one reported that knows a mail server.';
insert into meta.workers default values;
alter table meta.workers enable row level security;
