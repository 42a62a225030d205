// SPDX-License-Identifier: BSL-1.0
//
// Many mistakes, each provoked for real: the table says what kind each must be, on every database.

#include "conformance/case.hpp"
#include "conformance/storage.hpp"
#include "conformance/subject.hpp"

#include <fmt/format.h>

namespace relata::conformance {
namespace {

using enum error_kind;

struct mistake {
    kinds expected;
    char const* sql;  ///< {0}: a table with the columns id, a (unique), b, w; {1}: no table
};

// Where databases differ in what they count as what, the kinds say so.
mistake const all_mistakes[] = {
    {syntax, "SELEKT 1"},
    {syntax, "SELECT 1 FROM {0} WHERE"},
    {syntax, "SELECT 1 FROM {0} ORDER"},
    {syntax, "SELECT (1 FROM {0}"},
    {syntax, "SELECT 1 +* 2"},
    {syntax, "INSERT INTO {0} (id, a, b, w) VALUES (1, 2, 3, 'x'"},
    {syntax, "INSERT INTO {0} (id, a) VALUES (1, 2, 3)"},
    {syntax, "UPDATE {0} SET"},
    {syntax, "DELETE {0} FROM WHERE"},
    {syntax, "CREATE TABLE {1} (id BIGINT,)"},
    {syntax, "SELECT nothing_like_this_there(1)"},
    {syntax, "SELECT id FROM {0} UNION SELECT id, a FROM {0}"},
    {syntax, "SELECT 1 FROM {0} WHERE count(*) > 1"},
    {table_not_found, "SELECT 1 FROM {1}"},
    {table_not_found, "SELECT 1 FROM {0} x JOIN {1} y ON x.id = y.id"},
    {table_not_found, "INSERT INTO {1} VALUES (1)"},
    {table_not_found, "UPDATE {1} SET a = 1"},
    {table_not_found, "DELETE FROM {1}"},
    {table_not_found, "DROP TABLE {1}"},
    {table_not_found, "ALTER TABLE {1} ADD c BIGINT"},
    {table_not_found, "CREATE INDEX kit_no_index ON {1} (id)"},
    {column_not_found, "SELECT nothing_there FROM {0}"},
    {column_not_found, "SELECT 1 FROM {0} WHERE nothing_there = 1"},
    {column_not_found, "SELECT 1 FROM {0} ORDER BY nothing_there"},
    {column_not_found, "SELECT id FROM {0} GROUP BY nothing_there"},
    {column_not_found, "INSERT INTO {0} (nothing_there) VALUES (1)"},
    {column_not_found, "UPDATE {0} SET nothing_there = 1"},
    {column_not_found, "DELETE FROM {0} WHERE nothing_there = 1"},
    {{column_not_found, syntax}, "SELECT id FROM {0} x, {0} y"},
    {already_exists, "CREATE TABLE {0} (id BIGINT)"},
    {already_exists, "ALTER TABLE {0} ADD a BIGINT"},
    {already_exists, "CREATE TABLE {1} (id BIGINT, id BIGINT)"},
    {unique_violation, "INSERT INTO {0} VALUES (1, 9, 9, 'y')"},
    {unique_violation, "INSERT INTO {0} VALUES (9, 1, 9, 'y')"},
    {unique_violation,
     "INSERT INTO {0} SELECT 8, 8, b, w FROM {0} UNION ALL SELECT 8, 7, b, w FROM {0}"},
    {unique_violation, "INSERT INTO {0} SELECT id + 5, a, b, w FROM {0}"},
    {not_null_violation, "INSERT INTO {0} VALUES (9, NULL, 9, 'y')"},
    {not_null_violation, "INSERT INTO {0} (id, b) VALUES (9, 9)"},
    {not_null_violation, "UPDATE {0} SET a = NULL"},
    {check_violation, "INSERT INTO {0} VALUES (9, 9, -1, 'y')"},
    {check_violation, "UPDATE {0} SET b = -1"},
    {{value_too_long, check_violation}, "INSERT INTO {0} VALUES (9, 9, 9, 'abcd')"},
    {{value_too_long, check_violation}, "UPDATE {0} SET w = 'abcd'"},
};

void provoke(subject& s, mistake const& each, std::string const& sql, std::string const& table) {
    auto& c = s.connection();
    bool const change =
        sql.starts_with("CREATE") || sql.starts_with("DROP") || sql.starts_with("ALTER");
    for (bool const as_script : {false, true}) {
        if (change && !as_script) continue;
        auto const what = fmt::format("{}{}", each.sql, as_script ? " (script)" : "");
        auto const run = [&] {
            if (as_script) run_script(c, sql);
            else execute(c, sql);
        };
        auto const info = s.throws(each.expected, run, what);
        s.equal(outcome::rejected, info.outcome, what + ": the outcome");
        s.equal(retry_advice::no, info.retry, what + ": the same again fails again");
        s.check(info.connection_usable, what + ": the connection stays usable");
        s.check(info.native_code != 0 || !info.sqlstate.empty(), what + ": the code is there");
        s.check(!info.native_message.empty(), what + ": the database's words are there");
        s.equal(transaction_state::none, c.transaction(), what + ": no transaction is left");
        s.equal(std::vector<std::int64_t>{1},
                read_column<std::int64_t>(c, "SELECT a FROM " + quoted(c, table)),
                what + ": rows afterwards");
    }
}

void every_mistake(subject& s) {
    auto& c = s.connection();
    auto const name = s.fresh_name();
    auto const none = s.fresh_name("none");
    s.drop_later(name);
    s.drop_later(none);
    run_script(
        c,
        fmt::format("CREATE TABLE {} (id BIGINT NOT NULL PRIMARY KEY, "
                    "a BIGINT NOT NULL UNIQUE, b BIGINT, w VARCHAR(3), "
                    "CONSTRAINT {} CHECK (b >= 0), "
                    // for a database that would keep longer words
                    "CONSTRAINT {} CHECK (w LIKE '' OR w LIKE '_' OR w LIKE '__' OR w LIKE '___'))",
                    quoted(c, name), quoted(c, name + "_k"), quoted(c, name + "_w")));
    execute(c, fmt::format("INSERT INTO {} VALUES (1, 1, 1, 'x')", quoted(c, name)));
    for (auto const& each : all_mistakes)
        provoke(s, each, fmt::format(fmt::runtime(each.sql), quoted(c, name), quoted(c, none)),
                name);
}

constexpr case_entry error_table_table[] = {
    {"ERR-17",
     "Each of forty and more mistakes, provoked by a statement and by a script, has the kind that "
     "the table says, its native code and words, and does nothing.",
     &every_mistake},
};

}  // namespace

std::span<case_entry const> error_table_cases() { return error_table_table; }

}  // namespace relata::conformance
