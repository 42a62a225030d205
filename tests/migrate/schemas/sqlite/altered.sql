-- What ALTER TABLE leaves behind in the text.
create table first_name (a integer primary key, b text unique, c text check (c <> b));
create index first_b on first_name (b);
create table child (id integer primary key, first_id int references first_name (a));
alter table first_name rename to second_name;
alter table second_name add column d text not null default 'x' check (d <> '');
alter table second_name rename column b to renamed;
alter table second_name add e int references child (id);
alter table child add column gone int;
alter table child drop column gone;
create table copied as select a, renamed as "as", 1 + 1 as n from second_name;
