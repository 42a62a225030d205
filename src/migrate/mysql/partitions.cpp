// SPDX-License-Identifier: BSL-1.0

#include "migrate/mysql/catalogue.hpp"
#include "migrate/mysql/words.hpp"

#include <optional>

namespace relata::migrate::mysql {

namespace {

// A partition, or a part of one.
struct row {
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
    return std::string(method).append(" (").append(expression.value_or("")).append(")");
}

std::string definition_of(row const& found) {
    auto out = "PARTITION " + quoted(found.name);
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

void add(catalog::partitioning& to, row const& found, std::string& last) {
    if (to.by.empty()) {
        to.by = spread(found.method, found.expression);
        if (found.part_method)
            to.by += " SUBPARTITION BY " + spread(*found.part_method, found.part_expression);
        last.clear();
    }
    if (last != found.name) {
        to.parts.push_back(definition_of(found));
        last = found.name;
        if (found.part) to.parts.back() += " (SUBPARTITION " + quoted(*found.part) + ")";
    } else if (found.part) {
        to.parts.back().pop_back();
        to.parts.back() += ",SUBPARTITION " + quoted(*found.part) + ")";
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
                  row>());
    std::string last;
    for (row const& found : rows)
        if (auto* const table = r.table(found.table)) add(table->partitioning, found, last);
}

}  // namespace relata::migrate::mysql
