-- The steps of documents: allowed or refused by the rows of workflow.transitions, recorded in the timeline.

create or replace function workflow.record_event(in_type text, in_id bigint, in_action text, in_from text, in_to text,
    in_note text default '', in_details jsonb default '{}') returns void
language sql volatile
as $$
    insert into workflow.events (document_type, document_id, action, from_state, to_state, user_id, note, details)
    values (in_type, in_id, in_action, in_from, in_to, auth.user_id(), in_note, in_details)
$$;
comment on function workflow.record_event(text, bigint, text, text, text, text, jsonb) is
    'Writes one line into the timeline of a document, in the name of the person of this session.';

create or replace function workflow.check_step(in_type text, in_from text, in_action text) returns workflow.transitions
language plpgsql stable
as $$
declare
    v_step workflow.transitions;
begin
    select * into v_step from workflow.transitions t
    where t.document_type = in_type and t.from_state = in_from and t.action = in_action
    order by t.action_role is not null and not auth.has_role(t.action_role), t.action_role
    limit 1;
    if not found then
        perform meta.refuse('US001', format('%s cannot %s a document in state %s', in_type, in_action, in_from),
            jsonb_build_object('document_type', in_type, 'action', in_action, 'state', in_from));
    end if;
    if v_step.action_role is not null then
        perform auth.require_role(v_step.action_role);
    end if;
    return v_step;
end $$;
comment on function workflow.check_step(text, text, text) is
    'The step that an action takes in this state, if the person of this session has one of its roles. Refuses US001 (no such step in this state) and UA001 (role missing).';

create or replace function workflow.take_step(in_type text, in_id bigint, in_from text, in_action text,
    in_note text default '', in_details jsonb default '{}') returns text
language plpgsql volatile
as $$
declare
    v_step workflow.transitions := workflow.check_step(in_type, in_from, in_action);
begin
    perform workflow.record_event(in_type, in_id, in_action, in_from, v_step.to_state, in_note, in_details);
    return v_step.to_state;
end $$;
comment on function workflow.take_step(text, bigint, text, text, text, jsonb) is
    'Checks that the step exists in this state and that the person of this session may take it, records it, and returns the state it leads to. Refuses US001 (no such step in this state) and UA001 (role missing).';

create or replace view workflow.my_steps with (security_invoker = true) as
select distinct t.document_type, t.from_state, t.action, t.to_state
from workflow.transitions t
where t.action_role is not null and pg_catalog.pg_has_role(session_user, t.action_role, 'member');
comment on view workflow.my_steps is 'The steps that the person of this session may take: what buttons a document shows in which state.';
grant select on workflow.my_steps to erp_person;
