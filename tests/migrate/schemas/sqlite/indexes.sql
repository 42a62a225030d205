-- Indexes: unique, partial, on expressions, descending, with collations.
create table articles (id integer primary key, title text, body text, author text, year int, deleted int not null default 0);
create unique index articles_title on articles (title collate nocase) where deleted = 0 and title <> '';
create index articles_lower on articles (lower(title), year desc, author collate binary);
create index "by ""year""" on articles(year/10*10 desc, substr(title, 1, 3) collate nocase);
create index articles_partial on articles (author) where year in (1999, 2000) or (deleted is not null and substr(body, 1) > 'x');
create index if not exists articles_minus on articles (-year, year - 1, year+1);
