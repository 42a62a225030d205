-- Every way to write a key, and AUTOINCREMENT.
create table by_rowid (id integer primary key, note);
create table counted (id integer primary key autoincrement, note text);
create table counted_after (id integer, note text, primary key (id autoincrement));
create table named (id integer constraint named_key primary key on conflict replace, v text constraint v_once unique on conflict ignore);
create table backwards (id integer primary key desc, v int);
create table backwards_alias (id integer, v int, primary key (id desc));
create table several (a int, b text collate nocase, c real, primary key (b collate rtrim desc, a), unique (c, a) on conflict fail, constraint pair unique (a, b));
create table "text key" ("the ""id""" varchar(20) not null primary key);
create table without_key (a, b);
