// SPDX-License-Identifier: BSL-1.0

#include "migrate/mysql/catalogue.hpp"
#include "migrate/characters.hpp"

#include <optional>

namespace relata::migrate::mysql {

namespace {

struct table_row {
    std::string name;
    std::string type;
    std::optional<std::string> engine;
    std::optional<std::string> options;
    std::optional<std::string> collation;
    std::string comment;
    std::optional<std::int64_t> rows;
};

// The options as CREATE TABLE would have them: words and name=value, where a value may be in quotes.
void add_options(catalog::table& table, std::string_view text) {
    while (!text.empty()) {
        char quote = 0;
        std::size_t end = 0;
        for (; end < text.size() && (quote != 0 || text[end] != ' '); ++end) {
            char const c = text[end];
            if (quote == 0 && (c == '\'' || c == '"' || c == '`')) quote = c;
            else if (c == quote) quote = 0;
        }
        auto const word = text.substr(0, end);
        text.remove_prefix(end == text.size() ? end : end + 1);
        if (word.empty() || word == "partitioned") continue;
        auto const equals = word.find('=');
        std::string name(word.substr(0, equals));
        // Names in quotes are those of an engine's own attributes, whose case we leave alone.
        if (name.find('`') == name.npos) std::ranges::transform(name, name.begin(), lower);
        table.options.push_back({std::move(name), equals == word.npos
                                                      ? std::string()
                                                      : std::string(word.substr(equals + 1))});
    }
}

}  // namespace

void read_tables(reading& r) {
    auto rows = r.from.all(
        sql_query<"select table_name, table_type, engine, create_options, table_collation, "
                  "table_comment, table_rows from information_schema.tables "
                  "where table_schema = database() and table_type not in ('VIEW', 'SYSTEM VIEW')",
                  table_row>());
    for (table_row& found : rows) {
        if (found.type == "SEQUENCE") {
            r.found.sequences.push_back({{"", std::move(found.name)}, {}, {}, found.comment});
            continue;
        }
        catalog::table table;
        table.name.name = std::move(found.name);
        table.comment = std::move(found.comment);
        table.estimated_rows = found.rows.value_or(-1);
        add_option(table.options, "engine", found.engine.value_or(""));
        add_option(table.options, "collate", found.collation.value_or(""));
        add_options(table, found.options.value_or(""));
        if (found.type == "SYSTEM VERSIONED") table.options.push_back({"system versioning", ""});
        sort_options(table.options);
        r.found.tables.push_back(std::move(table));
    }
    std::ranges::sort(r.found.tables, {}, &catalog::table::name);
    std::ranges::sort(r.found.sequences, {}, &catalog::sequence::name);
}

}  // namespace relata::migrate::mysql
