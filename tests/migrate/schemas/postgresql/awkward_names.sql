-- Names that need quoting, or hold SQL.
create schema "select";
create table "select"."Order" ("from" integer primary key, "Group By" text default 'a''b"c', "a.b" integer,
    "comma, x" integer check ("comma, x" > 0), "ü ☃" text, "q""uote" text unique,
    "new
line" integer, "'; drop table x; --" integer);
create index "index; --" on "select"."Order" ("Group By", ("a.b" + 1));
create type "select"."Ty pe" as enum ('', '''', '"', 'a,b', '\');
create table "references" (
    id serial,
    "table" "select"."Ty pe"[],
    parent integer constraint "a ""b""" references "select"."Order" ("from")
);
create view "view" as select "from" as "select", "a.b" from "select"."Order";
create function "fun(c"("in" integer, "Ty pe" "select"."Ty pe") returns integer language sql as 'select 1';
comment on function "fun(c"(integer, "select"."Ty pe") is '''';
create sequence "S eq" owned by "references"."table";
create table "A very long name that is exactly sixty-three bytes in length 123" (
    "another very long name of a column that goes on until the limit" integer generated always as identity);
create domain "do main" as text check (value <> ')');
