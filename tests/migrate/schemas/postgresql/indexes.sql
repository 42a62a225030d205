-- Indexes in all their forms.
create extension pg_trgm;
create collation german (provider = icu, locale = 'de-DE', deterministic = false);
create table document (
    id bigint primary key,
    title text not null,
    body text collate "C",
    tags text[],
    data jsonb,
    area box,
    words tsvector,
    author varchar(50),
    umlauts text collate german,
    made timestamptz not null default now(),
    size integer
);
create index plain on document (title);
create unique index together on document (author, title desc nulls last, made desc);
create index nulls_in_front on document (size nulls first);
create index partial on document (size) where size > 100 and title <> 'a (b';
create index on_expression on document (lower(title), (size + 1) desc, (data ->> 'a'));
create index covering on document (author) include (title, size);
create index patterns on document (title text_pattern_ops, author varchar_pattern_ops);
create index collated on document (title collate "C", body, umlauts collate "POSIX", lower(title) collate "C");
create index by_tags on document using gin (tags) with (fastupdate = off);
create index by_path on document using gin (data jsonb_path_ops);
create index by_words on document using gin (to_tsvector('english', body));
create index by_area on document using gist (area) with (fillfactor = 70);
create index by_words_too on document using gist (words tsvector_ops (siglen = 64));
create index similar_title on document using gist (title gist_trgm_ops (siglen = 32));
create index by_time on document using brin (made) with (pages_per_range = 16);
create index by_hash on document using hash (author);
create unique index at_most_one on document (author) nulls not distinct where size is null;
create index with_statistics on document ((size * 2));
alter index with_statistics alter column 1 set statistics 500;
alter table document cluster on plain;
create statistics together_stats (dependencies, ndistinct) on author, title from document;
comment on statistics together_stats is 'they go together';
