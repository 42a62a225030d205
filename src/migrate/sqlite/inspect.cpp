// SPDX-License-Identifier: BSL-1.0

#include "migrate/product.hpp"
#include "migrate/sqlite/read_text.hpp"
#include "migrate/sqlite/tokens.hpp"

#include <relata/core/error.hpp>
#include <relata/sql/raw.hpp>

#include <algorithm>

namespace relata::migrate::sqlite {

namespace {

namespace catalog = schema::catalog;

struct object {
    std::string type;
    std::string name;
    std::string table;
    std::string text;
    std::string kind;     // of a table: table, virtual or shadow
    std::string columns;  // as SQLite itself has them
};

// The whole schema in one query, so that it is of one moment. Columns are read by the text; SQLite's
// own list of them is there to compare.
std::vector<object> objects(connection& from) {
    return from.all(
        sql_query<"select m.type, m.name, m.tbl_name, coalesce(m.sql, ''),"
                  " case when m.type = 'table' then coalesce((select l.type from"
                  "  pragma_table_list(m.name) l where l.schema = 'main'), '') else '' end,"
                  " case when m.type = 'table' and m.sql not like 'create virtual%' then"
                  "  coalesce((select group_concat(x.name || ' ' || x.pk, char(10))"
                  "   from pragma_table_xinfo(m.name) x), '') else '' end"
                  " from sqlite_schema m where m.name not like 'sqlite\\_%' escape '\\'"
                  " order by m.name, m.type",
                  object>());
}

std::string columns_of(catalog::table const& t) {
    std::string all;
    for (auto const& column : t.columns) {
        std::size_t place = 0;
        if (t.primary)
            for (std::size_t i = 0; i < t.primary->parts.size(); ++i)
                if (place == 0 && same_name(t.primary->parts[i].column, column.name)) place = i + 1;
        if (!all.empty()) all += '\n';
        all += column.name + ' ' + std::to_string(place);
    }
    return all;
}

catalog::table table_of(object const& from) {
    auto table = read_table(from.text, from.name);
    if (columns_of(table) != from.columns)
        throw error(error_kind::not_supported,
                    "the text of table " + from.name + " is not understood as SQLite does");
    return table;
}

void add_index(catalog::schema& to, object const& from) {
    for (auto& table : to.tables)
        if (same_name(table.name.name, from.table)) {
            table.indexes.push_back(read_index(from.text, table, from.name));
            return;
        }
}

}  // namespace

catalog::schema inspect(connection& from) {
    catalog::schema to;
    auto const all = objects(from);
    for (auto const& each : all) {
        if (each.type == "table" && each.kind == "virtual")
            to.others.push_back({"virtual table", {"", each.name}, {}, each.text});
        else if (each.type == "table" && each.kind != "shadow") to.tables.push_back(table_of(each));
        else if (each.type == "view") to.views.push_back(read_view(each.text, each.name));
        else if (each.type == "trigger")
            to.others.push_back({"trigger", {"", each.name}, {"", each.table}, each.text});
    }
    for (auto const& each : all)
        if (each.type == "index" && !each.text.empty()) add_index(to, each);
    to.version = from.one(sql_query<"select sqlite_version()", std::string>()).m0;
    return to;
}

}  // namespace relata::migrate::sqlite
