-- Foreign keys with actions, to itself, in circles, and over several columns.
create table b_leader (id int primary key, team_id int, key (team_id));
create table a_team (
  id int primary key,
  leader_id int,
  parent_id int,
  constraint team_leader foreign key (leader_id) references b_leader (id) on delete set null,
  constraint team_parent foreign key (parent_id) references a_team (id) on delete cascade on update cascade
);
alter table b_leader add constraint leader_team foreign key (team_id) references a_team (id)
  on delete restrict on update no action;
create table c_seat (room int not null, number int not null, unique key seat (room, number));
create table a_booking (
  id int primary key,
  room int,
  number int,
  key by_seat (number),
  foreign key (room, number) references c_seat (room, number) on update cascade
);
