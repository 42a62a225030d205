-- Types as SQLite lets them be written, or not.
create table types (a, b int, c unsigned big int, d varchar(20), e decimal ( 10 , 2 ), f double precision, g "quoted type", h blob not null, i national character varying (30) null, j timestamp with time zone, k int constraint only_name);
