-- Prefixes, directions, kinds of indexes, comments.
create table places (
  id int not null,
  name varchar(200) not null,
  story text,
  title varchar(100),
  place point not null,
  rank_of int,
  primary key (id),
  unique key by_name (name(20), rank_of),
  unique key `odd ``name` (rank_of desc, id),
  key backwards (name desc, rank_of asc) comment 'it''s sorted',
  key prefix (story(15)),
  fulltext key words (title, story),
  fulltext key title_only (title),
  spatial key where_it_is (place)
) engine = InnoDB;
create table in_memory (a int not null, b int, key by_hash (a) using hash, key by_tree (b) using btree,
  unique key once (b)) engine = MEMORY;
create table my_isam (a int not null auto_increment, b varchar(10), primary key (b, a)) engine = MyISAM;
