-- What lies on tables and is kept as text.
create table account (id integer primary key, owner text, amount numeric);
create table journal (account_id integer, amount numeric, at timestamptz default now());
create view balances as select id, amount from account;
create function record() returns trigger language plpgsql as $$
begin
    insert into journal (account_id, amount) values (new.id, new.amount);
    return new;
end $$;
create trigger a_recorded after insert or update of amount on account
    for each row when (new.amount > 0) execute function record();
create trigger b_off before delete on account for each statement execute function record('with', 'values');
alter table account disable trigger b_off;
create trigger c_always before insert on account for each row execute function record();
alter table account enable always trigger c_always;
create constraint trigger d_later after insert on account deferrable initially deferred
    for each row execute function record();
create trigger e_seen after update on account referencing old table as before new table as after
    for each statement execute function record();
create trigger f_instead instead of insert on balances for each row execute function record();
create rule g_redirect as on insert to journal where new.amount = 0 do instead nothing;
create rule h_off as on delete to journal do also select 1;
alter table journal disable rule h_off;
alter table account enable row level security;
alter table account force row level security;
create policy everyone_reads on account for select using (true);
create policy owner_writes on account as restrictive for update
    to current_user using (owner = current_user) with check (amount > 0);
create policy owner_adds on account for insert with check (owner = current_user);
create function on_ddl() returns event_trigger language plpgsql as $$ begin end $$;
create event trigger watch on ddl_command_end when tag in ('DROP TABLE', 'CREATE VIEW')
    execute function on_ddl();
alter event trigger watch disable;
