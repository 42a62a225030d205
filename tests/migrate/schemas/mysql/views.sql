-- Views upon views, in another order than that of their names, and with what they say of themselves.
create table people (id int primary key, name varchar(40) not null, boss_id int, age int);
create table relata_migrate_1 (relata_migrate_1 int primary key, people int);
create view z_base as select id, name from people where age > 17;
create view m_middle as select z.id, upper(z.name) as shout, 'from `relata_migrate_1`.`people`' as quoted
  from z_base z;
create view a_top (number, text) as select m.id, m.shout from m_middle m join z_base b on b.id = m.id;
create algorithm = merge sql security invoker view grown as select * from people where age >= 18
  with local check option;
create view checked as select id, age from people where age < 100 with cascaded check option;
create algorithm = temptable view counted as select boss_id, count(*) as n from people group by boss_id;
create view own_name as select relata_migrate_1.relata_migrate_1, people.id
  from relata_migrate_1 left join (people join z_base on z_base.id = people.id)
  on people.id = relata_migrate_1.people
  where exists (select 1 from people relata_migrate_1 where relata_migrate_1.id > 3);
create view both_kinds as select id from people union all select relata_migrate_1 from relata_migrate_1;
