-- Enumerations, domains, composite and range types, and tables that use them.
create type mood as enum ('sad', 'so so', 'it''s fine', 'happy');
alter type mood add value 'elated' before 'happy';
create domain positive as integer constraint is_positive check (value > 0);
create domain short_text as varchar(20) collate "C" default 'none' not null
    constraint not_blank check (btrim(value) <> '') constraint has_no_x check (value !~ 'x');
create domain small_positive as positive check (value < 100);
create domain checked_later as text;
alter domain checked_later add constraint later check (length(value) < 5) not valid;
create type place as (street text collate "C", number positive, since timestamptz(3));
create type span as range (subtype = positive);
create type float_span as range (subtype = float8, subtype_diff = float8mi);
create table people (
    id uuid primary key default gen_random_uuid(),
    feeling mood not null default 'so so',
    feelings mood[] default array['sad', 'happy']::mood[],
    age small_positive,
    nick short_text,
    home place,
    homes place[],
    years span,
    price numeric(10, 3) default 1.5,
    code char(4),
    wide varchar(300),
    bits bit(8) default b'10101010',
    more_bits bit varying(12),
    at time(2) with time zone,
    during interval day to second (3),
    rest interval year to month,
    data jsonb default '{"a": [1, 2]}',
    address inet,
    matrix double precision[][],
    raw bytea default '\xdeadbeef',
    made timestamp(0) default current_timestamp
);
create table of_type of place (number with options not null default 3);
