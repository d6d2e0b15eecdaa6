-- People, their rights and the gate through which they log in.
create schema auth;
comment on schema auth is 'People, roles, credentials, sessions and the gate.';
