-- Who reads and calls what of this schema. Credentials, secrets, challenges and failures are granted to nobody.
grant usage on schema auth to erp_gate, erp_person;

grant execute on function auth.server_info(), auth.begin_login(text), auth.answer_login(uuid, text), auth.finish_login(uuid, jsonb),
    auth.answer_code(uuid, text), auth.begin_enrolment(uuid), auth.confirm_enrolment(uuid, text), auth.renew_password(uuid, jsonb),
    auth.renew_recovery_codes(uuid), auth.give_up_codes(uuid), auth.resume_session(uuid),
    auth.request_reset(text), auth.begin_reset(text, text) to erp_gate;

grant execute on function auth.user_id(), auth.branch_ids(), auth.warehouse_ids(), auth.work_centre_ids(), auth.has_role(name),
    auth.my_profile(), auth.my_account(), auth.end_session(uuid), auth.server_info(),
    auth.keep_session(text, boolean), auth.end_what_is_over(), auth.end_own_sessions(uuid, jsonb, int) to erp_person;

grant execute on function auth.create_user(uuid, jsonb, int), auth.save_user(uuid, jsonb, int), auth.set_user_roles(uuid, jsonb, int), auth.set_user_scopes(uuid, jsonb, int),
    auth.disable_user(uuid, jsonb, int), auth.enable_user(uuid, jsonb, int), auth.unlock_user(uuid, jsonb, int),
    auth.reset_password(uuid, jsonb, int), auth.end_sessions(uuid, jsonb, int) to erp_user_manage;

create policy select_person on auth.users for select to erp_person using (true);
grant select (id, display_name, display_name_en, is_active) on auth.users to erp_person;
grant select on auth.people to erp_person;
grant select on auth.users to erp_user_manage;

create policy select_person on auth.roles for select to erp_person using (true);
grant select on auth.roles to erp_person;

create policy select_own on auth.user_branches for select to erp_person using (user_id = (select auth.user_id()));
create policy select_all on auth.user_branches for select to erp_user_manage using (true);
create policy select_own on auth.user_warehouses for select to erp_person using (user_id = (select auth.user_id()));
create policy select_all on auth.user_warehouses for select to erp_user_manage using (true);
create policy select_own on auth.user_work_centres for select to erp_person using (user_id = (select auth.user_id()));
create policy select_all on auth.user_work_centres for select to erp_user_manage using (true);
grant select on auth.user_branches, auth.user_warehouses, auth.user_work_centres to erp_person;

create policy select_own on auth.sessions for select to erp_person using (user_id = (select auth.user_id()));
create policy select_all on auth.sessions for select to erp_user_manage using (true);
-- Not the id: see auth.resume_session.
grant select (user_id, started_at, valid_until, address, client, computer, tag, last_active_at) on auth.sessions to erp_person;
grant select on auth.session_list to erp_person;

create policy select_all on auth.attempts for select to erp_audit_view using (true);
grant select (id, at, user_id, address, client, verdict) on auth.attempts to erp_audit_view;

create policy select_all on auth.gate_settings for select to erp_user_manage, erp_settings_manage using (true);
grant select on auth.gate_settings to erp_user_manage, erp_settings_manage;
