-- Names that need their quotes, in every place that has one.
create table `select` (
  `from` int not null,
  `a ``b``` varchar(10) default '`from`',
  `"x"` int,
  `schlüssel; drop table x` int check (`schlüssel; drop table x` <> 3),
  primary key (`from`),
  key `order by` (`a ``b```),
  unique key `it's` (`"x"`)
) comment '`select`';
create table `two words` (
  id int primary key,
  `ref``d` int,
  `computed ``one```int as (`ref``d` + 1) stored,
  constraint `a name
over lines` foreign key (`ref``d`) references `select` (`from`),
  constraint `check ``it``` check (`ref``d` > 0)
);
create view `view ``of``` as select `a ``b```, `from` as `group` from `select`;
create table a123456789012345678901234567890123456789012345678901234567890123 (
  b123456789012345678901234567890123456789012345678901234567890123 int primary key);
