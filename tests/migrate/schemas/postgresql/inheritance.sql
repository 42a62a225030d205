-- Tables that inherit, from one and from several.
create table city (id integer primary key, name text not null default 'x', people integer, check (people > 0));
create table river (length integer, name text not null);
create table capital (state char(2) not null, constraint two_letters check (length(state) = 2)) inherits (city);
create table port (name text not null, depth numeric) inherits (city, river);
create table deep_port () inherits (port);
alter table capital alter column name set default 'capital';
alter table capital alter column people set not null;
create index on capital (name);
alter table deep_port add constraint deep check (depth > 100);
