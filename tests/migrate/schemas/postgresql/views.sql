-- Views on views on materialized views; their names do not tell the order.
create table track (id integer primary key, album text not null, seconds integer, price numeric(6, 2));
create view z_base as select id, album, seconds from track where seconds > 0;
create view m_middle as select album, count(*) as tracks, sum(seconds) as total from z_base group by album;
create materialized view b_stored as select album, total from m_middle where tracks > 1;
create unique index b_stored_album on b_stored (album);
create view a_top (record, minutes) as select album, total / 60 from b_stored;
create function minutes_of(name text) returns bigint language sql stable
    begin atomic select minutes from a_top where record = name; end;
create view a_first as select id, minutes_of(album) as minutes from track;
create view by_key as select t.*, count(*) as n from track t join z_base z on z.id = t.id group by t.id;
create view careful with (security_barrier = true) as select id from track where price < 10;
create view checked as select id, price from track where price > 0 with local check option;
create view checked_deep as select id from checked where id > 0 with cascaded check option;
create view invoked with (security_invoker = true) as select 1 as one;
create view with_default as select id, album from track;
alter view with_default alter column album set default 'unknown';
create recursive view counted (n) as values (1) union all select n + 1 from counted where n < 10;
create materialized view empty_one as select id from track with no data;
create materialized view packed with (fillfactor = 50) as select * from track;
