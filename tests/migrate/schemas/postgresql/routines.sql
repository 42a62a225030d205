-- Functions, procedures and aggregates, and tables that need them.
set check_function_bodies = off;
create function next_code() returns text language sql as $$ select 'c' || (count(*) + 1) from coded $$;
create function is_even(n integer) returns boolean language sql immutable strict parallel safe
    as 'select n % 2 = 0';
create function is_even(n text) returns boolean language plpgsql immutable as $$
begin
    return length(n) % 2 = 0;
end $$;
create table coded (
    id integer check (is_even(id)),
    code text default next_code() check (is_even(code)),
    half integer generated always as (id / 2) stored
);
create index by_evenness on coded (is_even(code));
create function codes_of(c coded) returns setof text language plpgsql
    security definer set search_path to 'pg_catalog' set work_mem to '4MB' cost 20 rows 5 as $body$
declare one public.coded%rowtype;
begin
    return next c.code; -- with a ; and a 'quote'
end $body$;
create function defaults(a integer, b text default 'x;''y', variadic c integer[] default '{}')
    returns table (x integer, y text) language sql as $$ select a, b $$;
create procedure tidy(inout n integer) language plpgsql as $$ begin n := n + 1; commit; end $$;
create function glue(a text, b text) returns text language sql immutable
    as $$ select case when b is null then a when a is null then b else a || ', ' || b end $$;
create aggregate glued(text) (sfunc = glue, stype = text, initcond = '', parallel = restricted);
create function add_up(state bigint, n integer) returns bigint language sql immutable strict as 'select state + n';
create function take_off(state bigint, n integer) returns bigint language sql immutable strict as 'select state - n';
create aggregate moving(integer) (sfunc = add_up, stype = bigint, initcond = '0',
    msfunc = add_up, minvfunc = take_off, mstype = bigint, minitcond = '0');
create view all_glued as select glued(code) as codes from coded;
create domain even_number as integer check (is_even(value));
create table uses_domain (n even_number);
create type weekday as enum ('mo', 'tu');
create function weekday_of(n integer) returns weekday language sql immutable
    as $$ select case n when 0 then 'mo' else 'tu' end::weekday $$;
create cast (integer as weekday) with function weekday_of(integer) as assignment;
