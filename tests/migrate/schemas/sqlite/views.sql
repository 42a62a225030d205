-- Views on tables and on views, with names of columns and common table expressions.
create table sales (day text not null, amount int not null);
create view per_day as select day, sum(amount) as total from sales group by day;
create view "best days" (day, total) as select day, total from per_day where total > 100 order by 2 desc;
create view running as
with recursive n(i) as (select 1 union all select i + 1 from n where i < 10)
select i, (select sum(amount) from sales) as s from n -- the end
;
