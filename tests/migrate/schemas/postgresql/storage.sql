-- How tables are stored.
create unlogged table fleeting (id integer primary key);
create table packed (
    id integer,
    a text compression pglz,
    b text,
    c text,
    d bytea
) with (autovacuum_enabled = false, autovacuum_vacuum_scale_factor = 0.05, fillfactor = 60, toast.autovacuum_enabled = false);
alter table packed alter column b set storage external;
alter table packed alter column c set storage main;
alter table packed alter column d set storage plain;
alter table packed alter column a set statistics 321;
alter table packed alter column a set (n_distinct = -0.5, n_distinct_inherited = 10);
alter table packed replica identity full;
create table no_identity (id integer);
alter table no_identity replica identity nothing;
create table by_index (id integer not null);
create unique index by_index_id on by_index (id);
alter table by_index replica identity using index by_index_id;
create table by_key (id integer constraint by_key_pk primary key);
alter table by_key cluster on by_key_pk;
create table no_columns ();
create table had_columns (a integer, b text, c date);
alter table had_columns drop column b;
alter table had_columns add column d text default 'filled';
create index had_columns_c on had_columns (c, a);
