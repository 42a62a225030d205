-- Partitioned tables of each kind, with keys, indexes and references that reach into the partitions.
create table region (id integer primary key, name text not null);
create table measure (
    id bigint not null,
    at date not null,
    region_id integer references region (id) on delete cascade,
    value numeric check (value >= 0),
    primary key (id, at)
) partition by range (at);
create index measure_region on measure (region_id);
create table measure_2025 partition of measure for values from ('2025-01-01') to ('2026-01-01');
create table measure_2026 partition of measure for values from ('2026-01-01') to ('2027-01-01')
    partition by list (id);
create table measure_2026_north partition of measure_2026 for values in (1, 2);
create table measure_2026_rest partition of measure_2026 default;
create table measure_old (
    value numeric,
    at date not null,
    id bigint not null,
    region_id integer,
    constraint measure_value_check check (value >= 0),
    constraint old_key primary key (id, at)
);
alter table measure attach partition measure_old for values from (minvalue) to ('2025-01-01');
create index only_here on measure_2025 (value) where value > 10;
alter table measure_2025 alter column value set default 7;
create table spread (k text, v text not null) partition by hash (k, lower(v));
create table spread_0 partition of spread for values with (modulus 2, remainder 0);
create table spread_1 partition of spread for values with (modulus 2, remainder 1);
create unique index on spread_0 (k);
create table points_at_measure (
    measure_id bigint, measure_at date,
    foreign key (measure_id, measure_at) references measure (id, at)
);
create function touch() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger touched before update on measure for each row execute function touch();
