// SPDX-License-Identifier: BSL-1.0
//
// Limits: what fits is done whole, what does not fit is refused whole.

#include "conformance/case.hpp"
#include "conformance/storage.hpp"
#include "conformance/subject.hpp"

#include <algorithm>

namespace relata::conformance {
namespace {

using number = std::int64_t;

// SELECT of how many of `count` values are at least 0, over IN lists of values.
std::string in_list(std::size_t count) {
    std::string sql = "SELECT 1 WHERE 5 IN (";
    for (std::size_t i = 0; i < count; ++i) sql += i ? ", ?" : "?";
    return sql + ")";
}

std::size_t answers(driver::connection& c, std::size_t count) {
    std::vector<type_info const*> const types(count, &type_of<number>);
    auto const query = prepare(c, in_list(count), types);
    row_values values(count, value(number(0)));
    values.back() = value(number(5));
    execute(*query, values);
    return read_rest(*query, {&ops_of<number>}).size();
}

void parameters(subject& s) {
    auto& c = s.connection();
    s.equal(1, answers(c, 1), "an answer with one value");
    s.equal(1, answers(c, 500), "an answer with 500 values");
    std::size_t const most = s.can().max_params;
    s.needs(most > 0, "max_params");
    s.equal(1, answers(c, most), "an answer with as many values as there may be");
    s.throws(error_kind::limit_exceeded, [&] { answers(c, most + 1); }, "one value more");
    s.equal(1, answers(c, 1), "an answer after that");
}

void many_columns(subject& s) {
    auto& c = s.connection();
    std::vector<schema::column> columns = {column<number>("id")};
    std::vector<value_ops const*> ops = {&ops_of<number>};
    row_values row = {value(number(1))};
    for (number i = 0; i < 400; ++i) {
        columns.push_back(column<number>("c" + std::to_string(i)));
        ops.push_back(&ops_of<number>);
        row.push_back(value(i));
    }
    auto const& table = s.create(table_of(columns));
    for (auto const way : {path::prepared, path::batch}) {
        row[0] = value(number(way));
        store(c, table, {row}, way);
    }
    auto const rows = read_table(c, table, ops);
    s.equal(2, rows.size(), "rows of 401 columns");
    number wrong = 0;
    for (auto const& got : rows)
        for (number i = 0; i < 400; ++i) wrong += got[std::size_t(i) + 1].as<number>() != i;
    s.equal(0, wrong, "wrong values in 400 columns");
}

void nested_expressions(subject& s) {
    auto& c = s.connection();
    std::string sql = "SELECT ";
    for (int i = 0; i < 50; ++i) sql += '(';
    sql += '1';
    for (int i = 0; i < 50; ++i) sql += " + 1)";
    s.equal(51, read_column<number>(c, sql).at(0), "a sum nested 50 deep");
}

void long_names(subject& s) {
    auto& c = s.connection();
    s.needs(s.can().max_identifier > 0, "max_identifier");
    std::size_t const portable = 63;  // what relata itself allows
    std::size_t const most = std::min<std::size_t>(s.can().max_identifier, portable);
    std::string longest = s.fresh_name();
    longest.resize(most, 'n');
    s.drop_later(longest);
    run_script(c, "CREATE TABLE " + quoted(c, longest) + " (" + quoted(c, longest) + " BIGINT)");
    execute(c, "INSERT INTO " + quoted(c, longest) + " VALUES (3)");
    s.equal(std::vector<number>{3},
            read_column<number>(c, "SELECT " + quoted(c, longest) + " FROM " + quoted(c, longest)),
            "the row of a table with the longest name");
    s.throws(
        error_kind::invalid_schema,
        [&] { (void)quoted(c, longest + std::string(portable + 1 - most, 'n')); },
        "a name that is longer by one");
}

void twenty_connections(subject& s) {
    std::vector<std::unique_ptr<driver::connection>> open;
    for (int i = 0; i < 20; ++i) open.push_back(s.connect());
    number sum = 0;
    for (auto const& each : open) sum += read_column<number>(*each, "SELECT 1").at(0);
    s.equal(20, sum, "answers of twenty connections that are open at once");
}

void many_prepared(subject& s) {
    auto& c = s.connection();
    std::vector<std::unique_ptr<driver::statement>> open;
    for (number i = 0; i < 500; ++i)
        open.push_back(prepare(c, "SELECT " + std::to_string(i) + " + ?", {&type_of<number>}));
    number wrong = 0;
    for (number i = 499; i >= 0; --i) {
        auto& each = *open[std::size_t(i)];
        execute(each, {value(number(1))});
        wrong += read_rest(each, {&ops_of<number>}).at(0)[0].as<number>() != i + 1;
    }
    s.equal(0, wrong, "wrong answers of 500 statements that are prepared at once");
}

constexpr case_entry limits_table[] = {
    {"LIM-01",
     "A statement takes as many values as is declared; one more is refused with limit_exceeded "
     "and the connection goes on.",
     &parameters, nullptr, 60},
    {"LIM-02", "A table may have 400 columns, and an expression be nested 50 deep.",
     [](subject& s) {
         many_columns(s);
         nested_expressions(s);
     }},
    {"LIM-03", "Twenty connections can be open at once.", &twenty_connections},
    {"LIM-04", "500 statements can be prepared at once on one connection.", &many_prepared},
    {"LIM-05", "A name as long as is declared stays whole; a longer one is refused, never cut.",
     &long_names},
};

}  // namespace

std::span<case_entry const> limits_cases() { return limits_table; }

}  // namespace relata::conformance
