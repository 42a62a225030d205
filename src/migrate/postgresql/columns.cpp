// SPDX-License-Identifier: BSL-1.0

#include "migrate/postgresql/reading.hpp"

#include <algorithm>

namespace relata::migrate::postgresql {

namespace {

struct column_row {
    std::int64_t relation;
    std::int32_t number;
    std::string name;
    std::string type;
    bool nullable;
    std::int64_t default_id;
    std::string expression;
    std::string identity;
    std::string computed;
    std::string collation;
    std::string storage;
    std::string compression;
    std::string statistics;
    std::string options;
    bool inherited;
};

constexpr std::string_view columns_head = R"(
select a.attrelid::bigint, a.attnum::int, a.attname::text,
       pg_catalog.format_type(a.atttypid, a.atttypmod), not a.attnotnull,
       coalesce(d.oid::bigint, 0), coalesce(pg_catalog.pg_get_expr(d.adbin, d.adrelid), ''),
       a.attidentity::text, a.attgenerated::text,
       case when a.attcollation = t.typcollation or a.attcollation = 0 then ''
            else (select case when n.nspname = 'pg_catalog' then '' else quote_ident(n.nspname) || '.' end
                         || quote_ident(o.collname)
                  from pg_catalog.pg_collation o join pg_catalog.pg_namespace n
                       on n.oid = o.collnamespace
                  where o.oid = a.attcollation) end,
       case when a.attstorage = t.typstorage then ''
            else case a.attstorage when 'p' then 'plain' when 'e' then 'external'
                                   when 'm' then 'main' else 'extended' end end,
       )";
constexpr std::string_view compression = "case a.attcompression when 'p' then 'pglz' when 'l' then "
                                         "'lz4' else '' end";
constexpr std::string_view columns_tail = R"(,
       case when a.attstattarget >= 0 then a.attstattarget::text else '' end,
       coalesce(array_to_string(a.attoptions, E'\n'), ''), not a.attislocal
from pg_catalog.pg_attribute a
join pg_catalog.pg_class c on c.oid = a.attrelid
join pg_catalog.pg_type t on t.oid = a.atttypid
left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
where a.attrelid >= 16384 and a.attnum > 0 and not a.attisdropped
  and c.relkind in ('r', 'p', 'v', 'm', 'c')
order by a.attrelid, a.attnum)";

catalog::column column_of(column_row&& found) {
    catalog::column c;
    c.name = std::move(found.name);
    c.type = std::move(found.type);
    c.nullable = found.nullable;
    c.collation = std::move(found.collation);
    if (found.identity == "a") c.identity = catalog::identity::always;
    if (found.identity == "d") c.identity = catalog::identity::by_default;
    if (!found.computed.empty()) {
        c.computed = found.computed == "s" ? catalog::computed::stored : catalog::computed::on_read;
        c.expression = one_spelling(std::move(found.expression));
    } else if (found.default_id != 0) {
        c.default_value = std::move(found.expression);
    }
    auto const set = [&c](char const* name, std::string& value) {
        if (!value.empty()) c.options.push_back({name, std::move(value)});
    };
    set("compression", found.compression);
    set("statistics", found.statistics);
    set("storage", found.storage);
    add_options(c.options, found.options, "attribute ");
    // The server's own count of a column's versions, of some builds: not part of a schema.
    std::erase_if(c.options, [](auto const& o) { return o.name == "attribute pg_attver"; });
    if (found.inherited) c.options.push_back({"inherited", ""});
    std::sort(c.options.begin(), c.options.end(),
              [](auto const& a, auto const& b) { return a.name < b.name; });
    return c;
}

}  // namespace

void read_columns(reading& r) {
    std::string query(columns_head);
    query.append(r.version >= 140000 ? compression : "''").append(columns_tail);
    for (auto& found : r.rows<column_row>(query)) {
        auto* const owner = r.find(found.relation);
        if (!owner) continue;
        auto const number = static_cast<std::size_t>(found.number);
        if (owner->columns.size() <= number) owner->columns.resize(number + 1);
        owner->columns[number] = found.name;
        bool const view = owner->kind == "v" || owner->kind == "m";
        if (found.default_id != 0)
            r.is(in::defaults, found.default_id, view ? "view" : "table", owner->name);
        if (view) continue;
        auto column = column_of(std::move(found));
        // A composite type is written from its columns; their comments are kept by name.
        if (owner->kind != "c")
            column.comment = r.take_comment(in::relations, found.relation, found.number);
        owner->table.columns.push_back(std::move(column));
    }
}

}  // namespace relata::migrate::postgresql
