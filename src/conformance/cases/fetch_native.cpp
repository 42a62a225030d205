// SPDX-License-Identifier: BSL-1.0
//
// Fetch: computed columns, and types of the server's own that relata has no word for.

#include "conformance/case.hpp"
#include "conformance/samples.hpp"
#include "conformance/storage.hpp"
#include "conformance/subject.hpp"

#include <relata/types/bytes.hpp>

#include <optional>
#include <string>

namespace relata::conformance {
namespace {

void computed_columns(subject& s) {
    auto& c = s.connection();
    auto const& table =
        s.create(table_of({column<std::int64_t>("id"), column<std::optional<std::int64_t>>("n"),
                           column<std::string>("t")}));
    store(c, table,
          {{value(1L), value(std::optional<std::int64_t>(4)), value("a")},
           {value(2L), value(std::optional<std::int64_t>()), value("b")},
           {value(3L), value(std::optional<std::int64_t>(6)), value("c")}},
          path::prepared);
    auto const from = " FROM " + quoted(c, table.name);
    using whole = std::optional<std::int64_t>;
    auto const one = [&](std::string const& what) {
        return read_column<whole>(c, "SELECT " + what + from + " WHERE id < 9").at(0);
    };
    s.equal(value(whole(3)), value(one("count(*)")), "count of rows");
    s.equal(value(whole(2)), value(one("count(n)")), "count of values");
    s.equal(value(whole(10)), value(one("sum(n)")), "sum");
    s.equal(value(whole(6)), value(one("max(n)")), "max");
    s.equal(value(whole(4)), value(one("min(n)")), "min");
    auto const none = " WHERE id > 9";
    for (auto const* what : {"sum(n)", "max(n)", "min(n)"})
        s.check(!read_column<whole>(c, "SELECT " + std::string(what) + from + none).at(0),
                std::string(what) + " over no rows is NULL");
    s.equal(std::vector<double>{5.0}, read_column<double>(c, "SELECT avg(n)" + from), "average");
    s.equal(std::vector<std::int64_t>{9, 11},
            read_column<std::int64_t>(c, "SELECT n + 5" + from + " WHERE n > 0 ORDER BY id"),
            "arithmetic");
    s.equal(std::vector<std::string>{"a", "Bb", "c"},
            read_column<std::string>(c, "SELECT replace(t, 'b', 'Bb')" + from + " ORDER BY id"),
            "text function");
    s.equal(3, read_column<std::int64_t>(c, "SELECT (SELECT count(*)" + from + ")").at(0),
            "subquery");
    for (auto const& samples : all_samples()) {
        auto const& ops = *samples.values.front().ops().optional;
        auto const got = read(c, "SELECT NULL AS missing" + from, {&ops});
        if (s.equal(3, got.size(), samples.name))
            for (auto const& row : got)
                s.check(row[0] == samples.values.front().null(),
                        "NULL without a type as " + std::string(samples.name));
    }
}

enum class reading { refused, wrong_type, read };

// What becomes of an expression of the server's own: nothing may be guessed and nothing may break.
template <class T>
reading try_reading(subject& s, std::string const& expression, std::optional<T> const& expected) {
    auto& c = s.connection();
    std::unique_ptr<driver::statement> statement;
    try {
        statement =
            prepare(c, "SELECT 7 AS before_it, " + expression + " AS native, 9 AS after_it");
        execute(*statement, {});
    } catch (error const&) {
        return reading::refused;
    }
    row_block block({&ops_of<std::int64_t>, &ops_of<std::optional<T>>, &ops_of<std::int64_t>}, 1);
    auto result = reading::read;
    try {
        (void)statement->fetch(block.plan(), 3, block.data(), block.stride(), 1);
        s.equal(value(7L), block.at(0, 0), expression + ": the column before it");
        s.equal(value(9L), block.at(0, 2), expression + ": the column after it");
        if (expected) s.equal(value(expected), block.at(0, 1), expression);
    } catch (error const& e) {
        // MySQL refuses some only while it gives the rows
        if (e.kind() == error_kind::unknown && e.info().native_code != 0) return reading::refused;
        s.check(e.kind() == error_kind::type_mismatch || e.kind() == error_kind::value_invalid ||
                    e.kind() == error_kind::out_of_range || e.kind() == error_kind::text_invalid,
                expression + ": " + e.what());
        s.check(!e.columns().empty() && e.columns()[0] == "native",
                expression + ": the error names the column");
        result = reading::wrong_type;
    }
    statement->finish();
    s.equal(std::vector<std::int64_t>{5}, read_column<std::int64_t>(c, "SELECT 5"),
            expression + ": the connection goes on");
    return result;
}

template <class T> void never_guessed(subject& s, std::vector<std::string> const& expressions) {
    unsigned read_well = 0;
    unsigned known = 0;
    for (auto const& each : expressions) {
        auto const result = try_reading<T>(s, each, {});
        known += result != reading::refused;
        read_well += result == reading::read;
    }
    s.check(known > 0, "the server knows one of the types at least");
    s.note("types known to the server: " + std::to_string(known) + " of " +
           std::to_string(expressions.size()) + ", read: " + std::to_string(read_well));
}

// A column type, a literal for it, and the number as which it is read.
struct native_column {
    char const* type;
    char const* literal;
    std::int64_t number;
};

void native_numbers(subject& s) {
    auto& c = s.connection();
    native_column const columns[] = {{"bit(9)", "b'101010101'", 341},
                                     {"bit(1)", "b'1'", 1},
                                     {"year", "2024", 2024},
                                     {"int unsigned", "4294967295", 4294967295},
                                     {"smallint unsigned", "65535", 65535},
                                     {"int(6) unsigned zerofill", "42", 42},
                                     {"mediumint", "-8388608", -8388608},
                                     {"tinyint(1)", "1", 1},
                                     {"smallint", "-32768", -32768},
                                     {"integer", "2147483647", 2147483647},
                                     {"bigint", "-9223372036854775807", -9223372036854775807}};
    unsigned accepted = 0;
    for (auto const& each : columns) {
        auto const name = s.fresh_name("n");
        s.drop_later(name);
        std::string const what = each.type;
        try {
            c.script("CREATE TABLE " + quoted(c, name) + " (" + quoted(c, "v") + " " + what + ")");
            c.script("INSERT INTO " + quoted(c, name) + " VALUES (" + each.literal + ")");
        } catch (error const&) {
            continue;  // not a type of this server
        }
        ++accepted;
        try {
            auto const got = read_column<std::int64_t>(c, "SELECT v FROM " + quoted(c, name));
            s.equal(each.number, got.at(0), what);
        } catch (error const& e) {
            s.check(what.starts_with("bit") && e.kind() == error_kind::type_mismatch,
                    what + ": " + e.what());
        }
    }
    s.check(accepted >= 3, "types that the server knows");
}

void native_words(subject& s) {
    auto& c = s.connection();
    struct {
        char const* type;
        char const* literal;
    } const columns[] = {{"set('x','y','z')", "'x,z'"},
                         {"enum('x,z','b')", "'x,z'"},
                         {"varchar(20)", "'x,z'"},
                         {"char(3)", "'x,z'"},
                         {"text", "'x,z'"},
                         {"blob sub_type text", "'x,z'"}};
    unsigned accepted = 0;
    for (auto const& each : columns) {
        auto const name = s.fresh_name("w");
        s.drop_later(name);
        try {
            c.script("CREATE TABLE " + quoted(c, name) + " (" + quoted(c, "v") + " " + each.type +
                     ")");
            c.script("INSERT INTO " + quoted(c, name) + " VALUES (" + each.literal + ")");
        } catch (error const&) {
            continue;
        }
        ++accepted;
        s.equal(std::vector<std::string>{"x,z"},
                read_column<std::string>(c, "SELECT v FROM " + quoted(c, name)), each.type);
    }
    s.check(accepted >= 3, "types that the server knows");
}

void native_types(subject& s) {
    native_numbers(s);
    native_words(s);
}

void unknown_types(subject& s) {
    std::vector<std::string> const expressions{
        "CAST('10.0.0.1' AS inet)",      "CAST('08:00:2b:01:02:03' AS macaddr)",
        "CAST('<a/>' AS xml)",           "CAST('a b' AS tsvector)",
        "CAST('12.5' AS money)",         "CAST('(1,2)' AS point)",
        "ST_GeomFromText('POINT(1 2)')", "CAST('1' AS bit(5))",
        "CAST('10.0.0.1' AS inet4)",     "zeroblob(4)",
        "CAST('2024-02-29' AS DATE)"};
    never_guessed<std::int64_t>(s, expressions);
    never_guessed<std::string>(s, expressions);
    never_guessed<bytes>(s, expressions);
}

void composed_types(subject& s) {
    std::vector<std::string> const expressions{
        "ROW(1, 'a')",         "int4range(1, 5)",        "CAST('1 day' AS interval)",
        "ARRAY[1, 2]",         "CAST('{1,2}' AS int[])", "json_array(1, 2)",
        "json_object('a', 1)", "CAST('1:00' AS timetz)", "CAST('1:00' AS TIME)"};
    never_guessed<std::string>(s, expressions);
    never_guessed<std::int64_t>(s, expressions);
    never_guessed<bytes>(s, expressions);
}

constexpr case_entry fetch_native_table[] = {
    {"FET-07",
     "Columns of the server's own integer and text types, unsigned ones, bits, years, sets and "
     "enumerations where it has them, are read as the number or the text that they hold.",
     &native_types},
    {"FET-17",
     "Computed columns, aggregates, subqueries and a NULL without a type are read like columns of "
     "a "
     "table.",
     &computed_columns},
    {"FET-18",
     "A value of a type that relata has no word for is refused with the column's name, or read as "
     "the text or bytes that it is; the columns beside it are not disturbed.",
     &unknown_types},
    {"FET-19",
     "Values of composed types, such as rows, ranges, intervals and arrays, are treated alike.",
     &composed_types},
};

}  // namespace

std::span<case_entry const> fetch_native_cases() { return fetch_native_table; }

}  // namespace relata::conformance
