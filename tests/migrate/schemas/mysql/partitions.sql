-- Tables in partitions of each kind.
create table by_range (id int not null, made date not null, primary key (id, made))
  partition by range (year(made)) (
    partition old values less than (2020) comment = 'what is old',
    partition recent values less than (2025),
    partition rest values less than maxvalue);
create table by_columns (a int not null, b varchar(10) not null, primary key (a, b))
  partition by range columns (b, a) (
    partition first values less than ('m', 10),
    partition last values less than (maxvalue, maxvalue));
create table by_list (id int not null, kind int not null, primary key (id, kind))
  partition by list (kind) (partition odd values in (1, 3, 5), partition even values in (2, 4, null));
create table by_names (id int, name varchar(5)) character set latin1
  partition by list columns (name) (partition some values in ('a', 'it''s'), partition more values in ('c'));
create table by_hash (id int primary key, a int) partition by hash (id * 2) partitions 4;
create table by_key (id int primary key, a int) partition by linear key (id) partitions 3;
create table named (id int primary key) partition by hash (id) (partition east, partition west);
create table in_two_steps (id int not null, made date not null)
  partition by range (year(made)) subpartition by hash (to_days(made)) subpartitions 2 (
    partition old values less than (2020), partition rest values less than maxvalue);
