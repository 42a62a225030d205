-- Triggers in their order, routines with parameters of many types, events.
create table stock (id int primary key, left_over int not null, log varchar(200));
create table history (id int auto_increment primary key, what varchar(100));
delimiter //
create trigger z_first before insert on stock for each row set new.left_over = new.left_over + 1//
create trigger a_second before insert on stock for each row
begin
  -- the order of the two is that of their making
  if new.left_over < 0 then set new.left_over = 0; end if;
  set new.log = concat(coalesce(new.log, ''), ';', 'two ''words''');
end//
create trigger note_change after update on stock for each row
  insert into history (what) values (concat('changed ', old.id))//
create function doubled(x int unsigned, factor decimal(6,2)) returns decimal(12,2) deterministic no sql
  comment 'it''s a product' return x * factor//
create function shouted(t varchar(30) character set latin1) returns varchar(40) character set utf8mb4
  collate utf8mb4_bin deterministic
begin
  declare out_text varchar(40);
  set out_text = concat(upper(t), '!');
  return out_text;
end//
create procedure tidy(in older int, out removed bigint, inout `odd name` enum('a', 'b'))
  modifies sql data sql security invoker
begin
  delete from history where id < older;
  select row_count() into removed;
end//
create procedure nothing() begin end//
set sql_mode = 'PIPES_AS_CONCAT'//
create function glued(a varchar(5), b varchar(5)) returns varchar(10) deterministic return a || b//
set sql_mode = default//
create event nightly on schedule every 1 day starts '2031-01-01 03:00:00' on completion preserve disable
  comment 'removes what''s old' do call tidy(1, @x, @y)//
create event now_and_then on schedule every '1:30' hour_minute starts '2031-01-01 00:00:00'
  ends '2032-01-01 00:00:00' disable do begin delete from history; end//
create event once on schedule at '2035-06-01 12:00:00' do delete from history//
delimiter ;
create view uses_function as select id, doubled(left_over, 2) as twice from stock;
