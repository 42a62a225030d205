-- Foreign keys: circles, a table to itself, several columns, actions, deferrable, without a target's columns.
create table people (id integer primary key, boss_id int references people (id) on delete set null,
    team_id int constraint of_team references teams deferrable initially deferred);
create table teams (id integer primary key, lead_id int not null references people (id) on update cascade on delete restrict,
    country text, town text,
    constraint place foreign key (country, town) references places (country, town) on delete set default on update no action,
    foreign key (country) references countries not deferrable initially immediate);
create table places (country text, town text, primary key (country, town));
create table countries (code text primary key, capital text references nowhere (x) match full deferrable);
