-- What a table says of how it is kept.
create table squeezed (id int primary key, a text) row_format = compressed key_block_size = 4;
create table compact (id int primary key, a text) row_format = compact stats_persistent = 1
  stats_auto_recalc = 0 stats_sample_pages = 20;
create table dynamic_rows (id int primary key) row_format = dynamic checksum = 1 avg_row_length = 100
  max_rows = 1000 min_rows = 10 comment = 'last';
create table plain_file (id int, a char(10)) engine = MyISAM row_format = fixed pack_keys = 1 delay_key_write = 1;
create table commas (id int not null, a varchar(10) not null) engine = CSV;
