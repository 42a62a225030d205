// SPDX-License-Identifier: BSL-1.0

#include "conformance/each_way.hpp"

#include "conformance/samples.hpp"
#include "conformance/storage.hpp"

#include <algorithm>
#include <string>

namespace relata::conformance {
namespace {

// id, the value, the value in a column that can be NULL, and NULL.
std::vector<row_values> rows_of(std::vector<value> const& values, std::int64_t first) {
    std::vector<row_values> rows;
    for (auto const& each : values)
        rows.push_back(
            {value(std::int64_t(rows.size()) + first), each, each.optional(), each.null()});
    return rows;
}

schema::table const& table_for(subject& s, value_ops const& ops) {
    return s.create(
        table_of({column<std::int64_t>("id"), column_of("plain", ops),
                  column_of("filled", *ops.optional), column_of("empty", *ops.optional)}));
}

std::vector<value_ops const*> columns_for(value_ops const& ops) {
    return {&ops_of<std::int64_t>, &ops, ops.optional, ops.optional};
}

void compare(subject& s, std::vector<row_values> const& sent, std::vector<row_values> const& got,
             std::string const& what) {
    if (!s.equal(sent.size(), got.size(), what + ": rows")) return;
    for (std::size_t r = 0; r < sent.size(); ++r)
        for (std::size_t column = 1; column < sent[r].size(); ++column)
            s.equal(sent[r][column], got[r][column], what);
}

std::int64_t found(driver::connection& c, std::string const& sql, row_values const& values) {
    return read_column<std::int64_t>(c, sql, values).at(0);
}

// How many rows have the value in a column. The dialect says how the two are compared.
std::int64_t equal_to(driver::connection& c, std::string const& start, std::string_view name,
                      value const& wanted, bool as_literal) {
    auto const column_text = quoted(c, name);
    auto const text = start + "?";
    std::string literal;
    param const bound = wanted.bind();
    if (as_literal) dialect::append_literal(literal, bound, c.spelling());
    using sql::op;
    auto const& type = wanted.type();
    sql::node const end{.kind = op::end};
    sql::node const left{
        .kind = op::raw, .text = column_text.c_str(), .b = &end, .type = &type, .has_b = true};
    sql::node const placed_value{.kind = op::value, .params = 1, .type = &type};
    sql::node const written_value{
        .kind = op::raw, .text = literal.c_str(), .b = &end, .type = &type, .has_b = true};
    sql::node const& right = as_literal ? written_value : placed_value;
    sql::node const equal{.kind = op::eq, .params = right.params, .a = &left, .b = &right};
    sql::node const list{.kind = op::list, .params = right.params, .a = &equal, .b = &end};
    sql::node const query{
        .kind = op::raw, .params = right.params, .text = text.c_str(), .b = &list};
    auto const out = dialect::render({&query, &bound, right.params}, c.spelling());
    auto const statement = c.prepare(out.text, out.types.data(), unsigned(out.types.size()));
    statement->execute(out.values.data(), unsigned(out.values.size()));
    return read_rest(*statement, {&ops_of<std::int64_t>}).at(0)[0].as<std::int64_t>();
}

void look_for(subject& s, schema::table const& table, std::vector<value> const& values,
              std::string const& what, bool literals) {
    auto& c = s.connection();
    auto const start = "SELECT count(*) FROM " + quoted(c, table.name) + " WHERE ";
    auto const writable = that_fit(s.can(), values, path::literal);
    for (auto const& each : values) {
        auto const times = std::count(values.begin(), values.end(), each);
        s.equal(times, equal_to(c, start, "plain", each, false), what + ", bound in WHERE");
        s.equal(times, equal_to(c, start, "filled", each.optional(), false),
                what + ", bound in WHERE as an optional");
        if (!literals || std::find(writable.begin(), writable.end(), each) == writable.end())
            continue;
        s.equal(times, equal_to(c, start, "plain", each, true), what + ", literal in WHERE");
    }
    s.equal(values.size(), found(c, start + quoted(c, "empty") + " IS NULL", {}),
            what + ", NULL in WHERE");
}

void try_ways(subject& s, std::string_view name, std::vector<value> const& values, bool literals) {
    auto& c = s.connection();
    auto const& ops = values.front().ops();
    bool const looks = ops.type->kind != kind::json;
    auto const& table = table_for(s, ops);
    for (auto const way : all_paths) {
        if (way == path::literal && !literals) continue;
        auto const rows = rows_of(that_fit(s.can(), values, way), 0);
        auto const what = std::string(name) + ", " + std::string(name_of(way));
        c.begin(isolation::read_committed, false);
        s.equal(rows.size(), store(c, table, rows, way), what + ": stored rows");
        compare(s, rows, read_table(c, table, columns_for(ops)), what);
        if (looks && way == path::prepared) look_for(s, table, values, std::string(name), literals);
        c.rollback();
    }
}

}  // namespace

void each_way(subject& s, std::string_view name, std::vector<value> const& values) {
    try_ways(s, name, values, true);
}

void each_way_bound(subject& s, std::string_view name, std::vector<value> const& values) {
    try_ways(s, name, values, false);
}

void refused_each_way(subject& s, std::string_view name, value const& bad, kinds const& expected,
                      std::string const& hidden) {
    auto& c = s.connection();
    auto const& table =
        s.create(table_of({column<std::int64_t>("id"), column_of("plain", bad.ops())}));
    std::vector<std::string> secrets;
    if (!hidden.empty()) secrets.push_back(hidden);
    for (auto const way : all_paths) {
        auto const what = std::string(name) + ", " + std::string(name_of(way));
        s.throws(expected, [&] { store(c, table, {{value(1L), bad}}, way); }, what, secrets);
        s.check(c.transaction() == transaction_state::none, what + ": no transaction is left");
        s.equal(0, count(c, table), what + ": nothing is stored");
    }
    auto const where = "SELECT count(*) FROM " + quoted(c, table.name) + " WHERE plain = ?";
    if (bad.type().kind == kind::json) return;
    s.throws(expected, [&] { found(c, where, {bad}); }, std::string(name) + ", in WHERE", secrets);
    s.equal(0, count(c, table), std::string(name) + ": the connection goes on");
}

}  // namespace relata::conformance
