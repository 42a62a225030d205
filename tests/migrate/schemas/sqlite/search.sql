-- A virtual table, whose own tables are not ours, beside others.
create table notes (id integer primary key, body text not null);
create virtual table notes_index using fts5(body, content='notes', content_rowid='id');
create trigger notes_added after insert on notes begin insert into notes_index (rowid, body) values (new.id, new.body); end;
