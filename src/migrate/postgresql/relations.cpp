// SPDX-License-Identifier: BSL-1.0

#include "migrate/postgresql/reading.hpp"
#include "migrate/postgresql/spelling.hpp"

namespace relata::migrate::postgresql {

namespace {

struct relation_row {
    std::int64_t id;
    std::string space;
    std::string name;
    std::string kind;
    bool unlogged;
    bool partition;
    std::string parents;
    std::string partitioned_by;
    std::string bound;
    std::string query;
    std::string options;
    std::string long_options;
    std::string access_method;
    std::string tablespace;
    std::string of_type;
    bool row_security;
    bool forced_row_security;
    std::string replica_identity;
    bool populated;
    std::int64_t estimated_rows;
    std::int64_t row_type;
};

constexpr std::string_view relations_query = R"(
select c.oid::bigint, n.nspname::text, c.relname::text, c.relkind::text, c.relpersistence = 'u',
       c.relispartition,
       coalesce((select string_agg(h.inhparent::text, ',' order by h.inhseqno)
                 from pg_catalog.pg_inherits h where h.inhrelid = c.oid), ''),
       case when c.relkind = 'p' then pg_catalog.pg_get_partkeydef(c.oid) else '' end,
       case when c.relispartition then pg_catalog.pg_get_expr(c.relpartbound, c.oid) else '' end,
       case when c.relkind in ('v', 'm') then pg_catalog.pg_get_viewdef(c.oid) else '' end,
       coalesce(array_to_string(c.reloptions, E'\n'), ''),
       coalesce(array_to_string(l.reloptions, E'\n'), ''),
       coalesce(nullif(m.amname::text, 'heap'), ''), coalesce(s.spcname::text, ''),
       case when c.reloftype <> 0 then pg_catalog.format_type(c.reloftype, null) else '' end,
       c.relrowsecurity, c.relforcerowsecurity, c.relreplident::text, c.relispopulated,
       c.reltuples::bigint, c.reltype::bigint
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join pg_catalog.pg_class l on l.oid = c.reltoastrelid
left join pg_catalog.pg_am m on m.oid = c.relam
left join pg_catalog.pg_tablespace s on s.oid = c.reltablespace
left join pg_catalog.pg_depend e
       on e.classid = 'pg_catalog.pg_class'::regclass and e.objid = c.oid and e.objsubid = 0
      and e.deptype = 'e'
where c.relkind in ('r', 'p', 'v', 'm', 'c') and c.oid >= 16384 and e.objid is null
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema')";

catalog::view view_of(relation_row const& found) {
    catalog::view v;
    v.name = named(found.space, found.name);
    v.query = found.query;
    while (v.query.starts_with(' ')) v.query.erase(0, 1);
    while (v.query.ends_with(';') || v.query.ends_with('\n')) v.query.pop_back();
    v.materialized = found.kind == "m";
    add_options(v.options, found.options);
    add_options(v.options, found.long_options, "toast.");
    if (!found.access_method.empty()) set(v.options, "access method", found.access_method);
    if (!found.tablespace.empty()) set(v.options, "tablespace", found.tablespace);
    if (v.materialized && !found.populated) set(v.options, "not populated");
    return v;
}

catalog::table table_of(relation_row const& found) {
    catalog::table t;
    t.name = named(found.space, found.name);
    t.partitioning.by = found.partitioned_by;
    t.partitioning.bound = found.bound;
    t.estimated_rows = found.estimated_rows;
    add_options(t.options, found.options);
    add_options(t.options, found.long_options, "toast.");
    if (found.unlogged) set(t.options, "unlogged");
    if (!found.access_method.empty()) set(t.options, "access method", found.access_method);
    if (!found.tablespace.empty()) set(t.options, "tablespace", found.tablespace);
    if (!found.of_type.empty()) set(t.options, "of", found.of_type);
    if (found.row_security) set(t.options, "row security");
    if (found.forced_row_security) set(t.options, "force row security");
    if (found.replica_identity == "n") set(t.options, "replica identity", "nothing");
    if (found.replica_identity == "f") set(t.options, "replica identity", "full");
    return t;
}

// Parents are given by number, and any of them may be read later than its child.
void put_parents(reading& r, relation_row const& found) {
    auto& child = r.relations.at(found.id);
    std::string inherited;
    for (auto const id : numbers(found.parents)) {
        auto const* parent = r.find(id);
        if (!parent) continue;
        r.out.dependencies.push_back({{"table", child.name}, {"table", parent->name}});
        if (found.partition) {
            child.table.partitioning.parent = parent->name;
            continue;
        }
        inherited.append(inherited.empty() ? "" : ", ")
            .append(with_default_space(quote_name(parent->name), false));
    }
    if (!inherited.empty()) set(child.table.options, "inherits", std::move(inherited));
}

}  // namespace

void read_relations(reading& r) {
    auto const found = r.rows<relation_row>(relations_query);
    for (auto const& row : found) {
        auto& made = r.relations[row.id];
        made.name = named(row.space, row.name);
        made.kind = row.kind;
        bool const view = row.kind == "v" || row.kind == "m";
        bool const table = row.kind == "r" || row.kind == "p";
        if (view) {
            made.view = view_of(row);
            made.view.comment = r.take_comment(in::relations, row.id);
        }
        if (table) {
            made.table = table_of(row);
            made.table.comment = r.take_comment(in::relations, row.id);
        }
        auto const* const kind = table ? "table" : view ? "view" : "type";
        r.is(in::relations, row.id, kind, made.name);
        r.is(in::types, row.row_type, kind, made.name);
    }
    for (auto const& row : found) put_parents(r, row);
}

}  // namespace relata::migrate::postgresql
