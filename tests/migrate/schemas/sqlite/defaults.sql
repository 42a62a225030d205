-- Defaults as literals, words and expressions.
create table defaults (
    a integer default 1, b integer default -1, c real default +2.5e-3, d text default 'it''s',
    e text default (lower('ABC')), f text default current_timestamp, g integer default (1 + 2 * -3),
    h blob default x'00ff', i integer default true, j text default null, k text default 'a,b)',
    l text not null default '' collate nocase, m integer default ( - 5 ),
    n text default (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')), o integer default 0x1F, p text default "q"
);
