// SPDX-License-Identifier: BSL-1.0
/// \file
/// Queries of the builder, spelled by the dialect and run through the driver interface on a scratch
/// table: no engine, and no name of a table that another run could use as well.
#pragma once

#include "conformance/storage.hpp"
#include "conformance/subject.hpp"

#include <relata/dialect/dialect.hpp>
#include <relata/schema/table.hpp>
#include <relata/sql/functions.hpp>
#include <relata/sql/select.hpp>

#include <optional>
#include <string>
#include <vector>

namespace relata::conformance {

/// The struct whose queries are spelled.
struct entry_row {
    std::int64_t id{};
    std::string t;
    std::optional<std::int64_t> n;
};

/// The name that stands for the scratch table.
inline constexpr std::string_view word_table = "kit_words_anywhere";

/// A scratch table for `entry_row`.
inline schema::table const& create_words(subject& s) {
    return s.create(table_of({column<std::int64_t>("id"), column<std::string>("t"),
                              column<std::optional<std::int64_t>>("n")}));
}

/// Spells a query, with the scratch table in place of the name.
template <class Q>
dialect::rendered spelled(driver::connection& on, schema::table const& table, Q const& query) {
    auto out = dialect::render(
        {&sql::node_of<typename Q::query_shape>, query.values(), Q::param_count}, on.spelling());
    for (auto at = out.text.find(word_table); at != out.text.npos;
         at = out.text.find(word_table, at + table.name.size()))
        out.text.replace(at, word_table.size(), table.name);
    return out;
}

/// The first column of a query on the scratch table.
template <class T, class Q>
std::vector<T> answer(driver::connection& on, schema::table const& table, Q const& query) {
    auto const text = spelled(on, table, query);
    auto const statement = on.prepare(text.text, text.types.data(), unsigned(text.types.size()));
    statement->execute(text.values.data(), unsigned(text.values.size()));
    std::vector<T> out;
    for (auto const& row : read_rest(*statement, {&ops_of<T>}))
        out.push_back(row[0].template as<T>());
    return out;
}

}  // namespace relata::conformance

template <>
inline constexpr auto relata::table<relata::conformance::entry_row> =
    relata::describe<relata::conformance::entry_row>("kit_words_anywhere")
        .key<&relata::conformance::entry_row::id>();
