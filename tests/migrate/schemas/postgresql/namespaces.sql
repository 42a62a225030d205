-- The same names in several namespaces, and references between them.
create schema billing;
create schema "Odd Schema";
create type billing.state as enum ('open', 'paid');
create type state as enum ('on', 'off');
create table item (id integer primary key, state state);
create table billing.item (id integer primary key, state billing.state default 'open', other state);
create table "Odd Schema".item (
    id integer primary key references item (id),
    billed integer references billing.item (id),
    n bigserial,
    m bigint generated always as identity
);
create index item_state on item (state);
create index item_state on billing.item (state);
create view billing.items as select i.id, o.billed from item i join "Odd Schema".item o on o.id = i.id;
create function billing.next() returns integer language sql as 'select 1';
alter table item add column n integer default billing.next();
create sequence "Odd Schema".counter;
create sequence billing.elsewhere;
create table counts (n bigint default nextval('billing.elsewhere'));
