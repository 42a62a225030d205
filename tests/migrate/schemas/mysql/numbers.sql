-- Every kind of number, with sign, width and what a column may say of its value.
create table counters (
  id bigint unsigned not null auto_increment,
  tiny tinyint not null default -1,
  flag boolean not null default true,
  small smallint unsigned default 7,
  medium mediumint,
  padded int(6) zerofill not null default 12,
  price decimal(12, 4) unsigned not null default 1.5,
  ratio float,
  exact double default 0.1,
  bits bit(5) not null default b'10110',
  made year,
  primary key (id)
) auto_increment = 1000 comment 'counts, what''s counted, a \\ and a "quote"';
create table without_key (a int, b int null default null);
create table two_keys (a int not null, b int not null, c int, primary key (b, a), key (c, b));
