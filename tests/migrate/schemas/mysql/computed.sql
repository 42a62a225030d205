-- Computed columns, defaults that are expressions, checks.
create table orders (
  id int primary key,
  quantity int not null check (quantity > 0),
  price decimal(10, 2) not null,
  total decimal(12, 2) generated always as (quantity * price) stored comment 'what is paid',
  label varchar(60) as (concat(`name`, ' ''x'' ', quantity)) virtual,
  name varchar(30) not null,
  token char(36) default (uuid()),
  chance double default (1 + rand() * 2),
  constraint cheap check (price < 1000 or name <> 'it''s \\ "dear"'),
  check (price >= 0),
  key by_total (total)
);
create table documents (id int primary key, body json, extra json not null);
