-- Defaults that only an old sql_mode lets pass.
set @old_mode = @@sql_mode, sql_mode = '';
create table old_times (
  id int primary key,
  day date not null default '0000-00-00',
  moment datetime not null default '0000-00-00 00:00:00',
  partly date default '2000-00-00'
);
create table beside (id int primary key, day date not null default '2000-01-01');
set sql_mode = @old_mode;
