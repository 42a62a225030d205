-- Objects that need each other.
create table node (id integer primary key, depth integer, label text);
create function depth_of(n node) returns integer language sql immutable return (n).id % 7;
create function label_of(n integer) returns text language plpgsql as $$
declare found public.node;
begin
    select * into found from public.node where id = n;
    return found.label;
end $$;
create function default_depth(ignored node) returns integer language sql return 3;
create function other_depth() returns integer language sql return default_depth(null::node);
alter table node alter column depth set default other_depth();
alter table node add constraint shallow check (depth_of(node) < 10);
alter table node add column next_id integer references node (id);
create view shown as select id, label_of(id) as label from node;
create function shown_label(s shown) returns text language sql return (s).label;
create view shown_again as select shown_label(s) as label from shown s;
create table uses_view (s shown, labels text[]);
create table a_child (b_id integer);
create table b_parent (id integer primary key, a shown_again);
alter table a_child add foreign key (b_id) references b_parent (id);
