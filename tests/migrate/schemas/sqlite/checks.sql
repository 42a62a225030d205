-- Checks, named and not, whose text has what looks like the end of one.
-- In the last table what is in double quotes is a text where there is no such column.
create table checked (
    id integer primary key,
    state text not null check (state in ('new', 'open)', 'done''s')),
    price numeric(10, 2) constraint price_positive check (price >= 0) constraint ends check (price < 1000000),
    "group" text check ("group" glob '[a-z]*' and length("group") between 1 and 10),
    json text check (json is null or json || 'z' <> 'x' || 'y'),
    flags int check (case when flags & 1 then flags > 2 else not (flags = ~3) end),
    constraint "both" check ((state = 'done)' and price is not null) or state != 'done')
    constraint without_comma check (id <> 7)
);
create table text_in_names (a text check (a <> "it's a text"), b int as (length("text" || "a" || lower("A"))), check ("b" > 0 or text_in_names."a" = ""));
create index text_in_names_index on text_in_names (b) where a <> "x";
