// SPDX-License-Identifier: BSL-1.0

#include "migrate/mysql/catalogue.hpp"
#include "migrate/mysql/words.hpp"

#include <optional>

namespace relata::migrate::mysql {

namespace {

// A part of an index.
struct index_part_row {
    std::string table;
    std::string index;
    std::int64_t not_unique;
    std::optional<std::string> column;
    std::optional<std::string> expression;
    std::optional<std::string> direction;
    std::optional<std::int64_t> length;
    std::string method;
    std::string comment;
    std::string hidden;
};

std::vector<index_part_row> index_rows(reading& r) {
    if (r.mariadb) {
        return r.from.all(
            sql_query<"select table_name, index_name, non_unique, column_name, null, collation, "
                      "sub_part, index_type, index_comment, ignored "
                      "from information_schema.statistics where table_schema = database() "
                      "order by table_name, index_name, seq_in_index",
                      index_part_row>());
    }
    auto const sql =
        "select table_name, index_name, non_unique, column_name, " + recoded("expression") +
        ", collation, sub_part, index_type, index_comment, if(is_visible = 'NO', 'YES', 'NO') "
        "from information_schema.statistics where table_schema = database() "
        "order by table_name, index_name, seq_in_index";
    return r.from.all(sql_query<index_part_row>(unsafe_sql(sql)));
}

catalog::part part_of(index_part_row& found, reading const& r) {
    catalog::part part;
    part.column = std::move(found.column).value_or("");
    if (found.expression)
        part.expression = without_database(unescaped(*found.expression), r.database);
    part.descending = found.direction == "D";
    // The length that spatial indexes show is of their own making.
    if (found.length && found.method != "SPATIAL")
        part.options.push_back({"length", std::to_string(*found.length)});
    return part;
}

// Empty for the method that the table's engine takes when none is given.
std::string method_of(index_part_row const& found, catalog::table const& table) {
    auto const* const engine = find_option(table.options, "engine");
    auto const* const usual = engine && *engine == "MEMORY" ? "HASH" : "BTREE";
    std::string out;
    if (found.method != usual)
        for (char const c : found.method) out += static_cast<char>(c | 0x20);
    return out;
}

void begin_index(catalog::table& table, index_part_row& found, bool mariadb) {
    std::vector<catalog::option> options;
    auto method = method_of(found, table);
    if (found.hidden == "YES") options.push_back({mariadb ? "ignored" : "invisible", ""});
    if (found.not_unique != 0) {
        auto& index = table.indexes.emplace_back();
        index.name = std::move(found.index);
        index.method = std::move(method);
        index.comment = std::move(found.comment);
        index.options = std::move(options);
        return;
    }
    add_option(options, "method", std::move(method));
    bool const primary = found.index == "PRIMARY";
    auto& key = primary ? table.primary.emplace() : table.uniques.emplace_back();
    if (!primary) key.name = std::move(found.index);
    key.comment = std::move(found.comment);
    key.options = std::move(options);
}

}  // namespace

void read_indexes(reading& r) {
    catalog::table* table = nullptr;
    std::string index;
    std::vector<catalog::part>* parts = nullptr;
    for (index_part_row& found : index_rows(r)) {
        if (!table || table->name.name != found.table) {
            table = r.table(found.table);
            parts = nullptr;
        }
        if (!table) continue;
        auto part = part_of(found, r);
        if (!parts || index != found.index) {
            index = found.index;
            bool const unique = found.not_unique == 0;
            begin_index(*table, found, r.mariadb);
            parts = !unique              ? &table->indexes.back().parts
                    : index == "PRIMARY" ? &table->primary->parts
                                         : &table->uniques.back().parts;
        }
        parts->push_back(std::move(part));
    }
    for (auto& t : r.found.tables) {
        std::ranges::sort(t.indexes, {}, &catalog::index::name);
        std::ranges::sort(t.uniques, {}, &catalog::key::name);
    }
}

}  // namespace relata::migrate::mysql
