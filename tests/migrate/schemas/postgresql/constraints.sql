-- Constraints in all their forms.
create extension btree_gist;
create table company (
    id integer constraint company_pk primary key with (fillfactor = 80),
    code text constraint company_code unique,
    motto text constraint company_motto unique deferrable initially deferred,
    country text,
    number integer,
    constraint by_country unique nulls not distinct (country, number) include (code)
);
create table employee (
    company_id integer,
    id integer,
    boss_id integer,
    backup_id integer,
    name text,
    hired date not null,
    fired date,
    salary numeric,
    primary key (company_id, id),
    constraint in_company foreign key (company_id) references company (id)
        on update cascade on delete restrict deferrable initially deferred,
    constraint has_boss foreign key (company_id, boss_id) references employee (company_id, id)
        match full on delete set null deferrable,
    constraint has_backup foreign key (company_id, backup_id) references employee (company_id, id)
        on delete set default (backup_id),
    constraint hired_first check (hired < fired or fired is null),
    constraint unparented check (salary > 0) no inherit
);
alter table employee add constraint later check (name in ('a', 'b', 'c')) not valid;
alter table employee add constraint looked_up foreign key (name) references company (code) not valid;
create table booking (
    room integer,
    during tstzrange,
    cancelled boolean default false,
    constraint no_overlap exclude using gist (room with =, during with &&) where (not cancelled)
        deferrable initially deferred
);
create table left_hand (id integer primary key, right_id integer);
create table right_hand (id integer primary key, left_id integer references left_hand (id));
alter table left_hand add foreign key (right_id) references right_hand (id);
