-- Names that need quotes: key words, spaces, quotes, other scripts, and those of SQL.
create table "select" ("from" integer primary key, [where and] text, `group``by` text, "a""b" text, 'string' text);
create table "Größe" ("größe" real, "名前" text, "x; drop table y" text unique);
create table "with'quote" ("primary" int, "check" int check ("check" > 0), "unique" int unique, "foreign" int references "select" ("from"));
create index "in dex" on "select" ("group`by", [a"b]);
create view "v w" as select "from", [where and] as "x y" from "select";
create trigger "tr igger" after insert on "select" begin update "Größe" set "größe" = 1; end;
