// SPDX-License-Identifier: BSL-1.0

#include "migrate/mysql/catalogue.hpp"
#include "migrate/mysql/words.hpp"

#include <optional>

namespace relata::migrate::mysql {

namespace {

// A partition, or a part of one.
struct partition_row {
    std::string table;
    std::string name;
    std::optional<std::string> part;
    std::string method;
    std::optional<std::string> part_method;
    std::optional<std::string> expression;
    std::optional<std::string> part_expression;
    std::optional<std::string> values;
    std::optional<std::string> comment;
};

std::string spread(std::string_view method, std::optional<std::string> const& expression) {
    // Kept as it was spelled: names may be in double quotes, and texts are not allowed in it.
    auto text = expression.value_or("");
    std::ranges::replace(text, '"', '`');
    return std::string(method).append(" (").append(text).append(")");
}

std::string definition_of(partition_row const& found) {
    auto out = "PARTITION " + quote_name(found.name);
    if (found.method.starts_with("RANGE")) {
        auto const limit = found.values.value_or("");
        out += limit == "MAXVALUE" && found.method == "RANGE" ? " VALUES LESS THAN MAXVALUE"
                                                              : " VALUES LESS THAN (" + limit + ")";
    } else if (found.method.starts_with("LIST")) {
        // MariaDB's partition for all other values
        out += found.values == "DEFAULT" ? " DEFAULT"
                                         : " VALUES IN (" + found.values.value_or("") + ")";
    }
    if (auto const text = found.comment.value_or(""); !text.empty() && !found.part)
        out += " COMMENT = " + text_literal(text);
    return out;
}

// Whether the parts of all partitions have the names that they get by themselves.
bool usual_names(std::vector<partition_row> const& rows) {
    std::size_t at = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        at = i > 0 && rows[i].name == rows[i - 1].name ? at + 1 : 0;
        if (rows[i].part != rows[i].name + "sp" + std::to_string(at)) return false;
    }
    return true;
}

void add(catalog::partitioning& to, std::vector<partition_row> const& rows) {
    auto const& first = rows.front();
    bool const named = first.part && !usual_names(rows);
    to.by = spread(first.method, first.expression);
    if (first.part_method)
        to.by += " SUBPARTITION BY " + spread(*first.part_method, first.part_expression);
    if (first.part && !named) {
        auto const count = std::ranges::count(rows, first.name, &partition_row::name);
        to.by += " SUBPARTITIONS " + std::to_string(count);
    }
    std::string last;
    for (partition_row const& found : rows) {
        bool const begins = last != found.name;
        if (begins) to.parts.push_back(definition_of(found));
        last = found.name;
        if (!named) continue;
        auto& text = to.parts.back();
        if (!begins) text.pop_back();
        text += (begins ? " (SUBPARTITION " : ",SUBPARTITION ") + quote_name(*found.part) + ")";
    }
}

}  // namespace

void read_partitions(reading& r) {
    auto const rows = r.from.all(
        sql_query<"select table_name, partition_name, subpartition_name, partition_method, "
                  "subpartition_method, partition_expression, subpartition_expression, "
                  "partition_description, partition_comment from information_schema.partitions "
                  "where table_schema = database() and partition_name is not null "
                  "order by table_name, partition_ordinal_position, "
                  "subpartition_ordinal_position",
                  partition_row>());
    for (auto from = rows.begin(); from != rows.end();) {
        auto const end = std::find_if(
            from, rows.end(), [&](partition_row const& x) { return x.table != from->table; });
        if (auto* const table = r.table(from->table))
            add(table->partitioning, std::vector<partition_row>(from, end));
        from = end;
    }
}

}  // namespace relata::migrate::mysql
