-- A comment on each kind of object, with characters that need care.
create schema aside;
comment on schema aside is 'a schema';
create table noted (
    id integer constraint noted_pk primary key,
    name text constraint noted_name unique,
    size integer constraint noted_size check (size > 0),
    other integer constraint noted_other references noted (id),
    room integer,
    constraint noted_room exclude (room with =)
);
create index noted_index on noted (size);
comment on table noted is 'it''s "quoted" \ and ü and
of two lines';
comment on column noted.name is 'a name';
comment on constraint noted_pk on noted is 'a primary key';
comment on constraint noted_name on noted is 'a unique constraint';
comment on constraint noted_size on noted is 'a check';
comment on constraint noted_other on noted is 'a reference';
comment on constraint noted_room on noted is 'an exclusion';
comment on index noted_index is 'an index';
comment on index noted_pk is 'the index of a key';
create view seen as select id, name from noted;
comment on view seen is 'a view';
comment on column seen.name is 'a column of a view';
create materialized view kept as select id, name from noted;
create index kept_index on kept (name);
comment on materialized view kept is 'a materialized view';
comment on column kept.name is 'its column';
comment on index kept_index is 'its index';
create sequence counter;
comment on sequence counter is 'a sequence';
create type colour as enum ('red', 'green');
comment on type colour is 'an enumeration';
create type pair as (a integer, b integer);
comment on type pair is 'a composite type';
comment on column pair.a is 'its column';
create domain even as integer constraint is_even check (value % 2 = 0);
comment on domain even is 'a domain';
comment on constraint is_even on domain even is 'its check';
create function twice(n integer) returns integer language sql immutable return n * 2;
comment on function twice(integer) is 'a function';
create function noticed() returns trigger language plpgsql as $$ begin return null; end $$;
create trigger notice after insert on noted execute function noticed();
comment on trigger notice on noted is 'a trigger';
create policy own on noted using (true);
comment on policy own on noted is 'a policy';
create rule nothing as on delete to noted do instead nothing;
comment on rule nothing on noted is 'a rule';
create table aside.noted (id integer);
comment on table aside.noted is 'in another schema';
