-- Dates and times, and what they become by themselves.
create table moments (
  id int primary key,
  day date not null default '2020-02-29',
  hour_of time(3),
  made datetime(6) not null default current_timestamp(6),
  changed datetime not null default current_timestamp on update current_timestamp,
  touched datetime(3) null on update current_timestamp(3),
  stamp timestamp not null default current_timestamp,
  later timestamp null,
  fixed timestamp(2) null default '2021-01-02 03:04:05.67'
);
