-- Character sets and collations of tables and of columns; enumerations, sets, bytes.
create table latin (
  id int primary key,
  own varchar(20),
  other varchar(20) character set utf8mb4 collate utf8mb4_bin not null default 'ü''\\',
  nocase char(4) character set ascii,
  binary_text varchar(9) binary,
  long_text text,
  medium_text mediumtext character set latin1 collate latin1_bin
) character set latin1 collate latin1_german1_ci;
create table choices (
  one enum('a', 'it''s', 'back\\slash', 'two words', '') not null default 'it''s',
  many set('x', 'y', 'z') default 'x,z',
  raw binary(4) default 'ab',
  var varbinary(300),
  big longblob,
  remark varchar(10) comment 'line one
line two'
) character set utf8mb4 collate utf8mb4_unicode_ci comment 'choices';
