-- Computed columns, stored and not, with indexes and checks on them.
create table boxes (
    width real not null check (width > 0),
    height real not null, -- a comment, with a comma
    area real generated always as (width * height) stored,
    "is square" integer as (width = height) /* virtual */ virtual not null,
    label text generated always as (printf('%g x %g (%s)', width, height, 'it''s')),
    constraint sane check (area < 1e6 and label is not null)
);
create index boxes_area on boxes (area) where "is square";
