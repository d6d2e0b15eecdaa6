-- Who made the company's own roles: people come after roles.
alter table auth.roles add foreign key (created_by) references auth.users on delete restrict;
