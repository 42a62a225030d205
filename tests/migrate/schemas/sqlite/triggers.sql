-- Triggers of every time and kind, also in place of a view's changes.
create table stock (id integer primary key, amount int not null, changed text);
create table log (at text default current_timestamp, what text);
create view stock_view as select id, amount from stock;
create trigger stock_insert after insert on stock begin insert into log (what) values ('new; ' || new.id); end;
create trigger if not exists stock_update before update of amount on stock for each row when new.amount < 0
begin
    select raise(abort, 'negative');
end;
create trigger "stock delete" after delete on stock begin
    delete from log where what like '%' || old.id;
    update stock set changed = 'x' where id = old.id;
end;
create trigger view_insert instead of insert on stock_view begin insert into stock (amount) values (new.amount); end;
