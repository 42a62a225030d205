// SPDX-License-Identifier: BSL-1.0

#include "migrate/mysql/catalogue.hpp"
#include "migrate/mysql/words.hpp"

#include <optional>

namespace relata::migrate::mysql {

namespace {

struct column_row {
    std::string table;
    std::string name;
    std::string type;
    std::string nullable;
    std::optional<std::string> value;
    std::string extra;
    std::optional<std::string> expression;
    std::optional<std::string> collation;
    std::string comment;
    std::optional<std::int64_t> srid;
};

std::vector<column_row> rows_of(reading& r) {
    if (r.mariadb) {
        return r.from.all(
            sql_query<"select table_name, column_name, column_type, is_nullable, column_default, "
                      "extra, generation_expression, collation_name, column_comment, null "
                      "from information_schema.columns where table_schema = database() "
                      "order by table_name, ordinal_position",
                      column_row>());
    }
    auto const sql = "select table_name, column_name, column_type, is_nullable, "
                     "if(extra like '%DEFAULT_GENERATED%', " +
                     recoded("column_default") + ", column_default), extra, " +
                     recoded("generation_expression") +
                     ", collation_name, column_comment, srs_id from information_schema.columns "
                     "where table_schema = database() order by table_name, ordinal_position";
    return r.from.all(sql_query<column_row>(unsafe_sql(sql)));
}

bool has(std::string_view extra, std::string_view word) { return extra.find(word) != extra.npos; }

// MariaDB gives SQL; MySQL the bare text of a literal, or an expression and DEFAULT_GENERATED.
std::optional<std::string> default_of(column_row& found, reading const& r) {
    if (!found.value) return {};
    if (r.mariadb) {
        if (*found.value == "NULL") return {};
        return without_database(*found.value, r.database);
    }
    if (has(found.extra, "DEFAULT_GENERATED")) {
        if (found.value->starts_with("CURRENT_TIMESTAMP")) return std::move(found.value);
        return "(" + without_database(unescaped(*found.value), r.database) + ")";
    }
    bool const bytes = found.type.starts_with("binary") || found.type.starts_with("varbinary");
    if (found.type.starts_with("bit") || (bytes && found.value->starts_with("0x")))
        return std::move(found.value);
    return text_literal(*found.value);
}

void add_extra(catalog::column& column, std::string_view extra) {
    if (has(extra, "auto_increment")) column.identity = catalog::identity::auto_increment;
    if (has(extra, "STORED GENERATED")) column.computed = catalog::computed::stored;
    if (has(extra, "VIRTUAL GENERATED")) column.computed = catalog::computed::on_read;
    if (has(extra, "INVISIBLE")) column.options.push_back({"invisible", ""});
    constexpr std::string_view on_update = "on update ";
    if (auto const at = extra.find(on_update); at != extra.npos) {
        auto const text = extra.substr(at + on_update.size());
        column.options.push_back(
            {"on update", std::string(text.substr(0, text.find_first_of(" ,")))});
    }
    if (has(extra, "WITHOUT SYSTEM VERSIONING"))
        column.options.push_back({"without system versioning", ""});
}

}  // namespace

void read_columns(reading& r) {
    catalog::table* table = nullptr;
    for (column_row& found : rows_of(r)) {
        if (!table || table->name.name != found.table) table = r.table(found.table);
        if (!table) continue;  // a column of a view
        catalog::column column;
        column.name = std::move(found.name);
        column.nullable = found.nullable == "YES";
        column.default_value = default_of(found, r);
        column.type = std::move(found.type);
        column.comment = std::move(found.comment);
        add_extra(column, found.extra);
        if (column.computed != catalog::computed::none) {
            auto const& text = found.expression.value_or("");
            column.expression = without_database(r.mariadb ? text : unescaped(text), r.database);
        }
        auto const* const usual = find_option(table->options, "collate");
        if (found.collation && (!usual || *usual != *found.collation))
            column.collation = std::move(*found.collation);
        if (found.srid) column.options.push_back({"srid", std::to_string(*found.srid)});
        sort_options(column.options);
        table->columns.push_back(std::move(column));
    }
}

}  // namespace relata::migrate::mysql
