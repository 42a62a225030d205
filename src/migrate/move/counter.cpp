// SPDX-License-Identifier: BSL-1.0
//
// The next value of a column that the database fills.

#include "migrate/move/copy.hpp"

#include <relata/sql/raw.hpp>
#include <relata/dialect/dialect.hpp>

#include <algorithm>

namespace relata::migrate::moving {

namespace {

std::string quoted(connection const& c, std::string const& name) {
    std::string out;
    c.spelling().append_identifier(out, name);
    return out;
}

std::optional<std::int64_t> sqlite_next(connection& c, table_route const& t) {
    try {
        auto const last = c.first(
            sql_query<"select seq from sqlite_sequence where name = ?", std::int64_t>(t.name));
        return last ? std::optional(last->m0 + 1) : std::nullopt;
    } catch (error const& e) {
        if (e.kind() == error_kind::table_not_found) return {};  // no table has a counter
        throw;
    }
}

std::optional<std::int64_t> postgresql_next(connection& c, table_route const& t) {
    auto const sequence =
        c.one(sql_query<"select pg_get_serial_sequence(?, ?)", std::optional<std::string>>(
                  quoted(c, t.name), t.counter))
            .m0;
    if (!sequence) return {};
    return c
        .one(sql_query<std::int64_t>(unsafe_sql(
            "select last_value + case when is_called then 1 else 0 end from " + *sequence)))
        .m0;
}

std::optional<std::int64_t> mysql_next(connection& c, table_route const& t) {
    return c
        .one(sql_query<"select cast(auto_increment as signed) from information_schema.tables "
                       "where table_schema = database() and table_name = ?",
                       std::optional<std::int64_t>>(t.name))
        .m0;
}

std::optional<std::int64_t> next_of(connection& c, table_route const& t) {
    switch (c.spelling().id()) {
    case dialect::family::sqlite: return sqlite_next(c, t);
    case dialect::family::postgresql: return postgresql_next(c, t);
    default: return mysql_next(c, t);
    }
}

void set_next(connection& c, table_route const& t, std::int64_t next) {
    switch (c.spelling().id()) {
    case dialect::family::sqlite:
        c.execute(sql_command<"delete from sqlite_sequence where name = ?">(t.name));
        c.execute(
            sql_command<"insert into sqlite_sequence (name, seq) values (?, ?)">(t.name, next - 1));
        break;
    case dialect::family::postgresql:
        (void)c.one(
            sql_query<"select setval(pg_get_serial_sequence(?, ?), ?, false)", std::int64_t>(
                quoted(c, t.name), t.counter, next));
        break;
    default:
        c.script(unsafe_sql("alter table " + quoted(c, t.name) +
                            " auto_increment = " + std::to_string(next)));
    }
}

}  // namespace

void move_counter(connection& from, connection& to, table_route const& t) {
    if (t.counter.empty()) return;
    auto const highest =
        to.one(sql_query<std::optional<std::int64_t>>(unsafe_sql(
                   "select max(" + quoted(to, t.counter) + ") from " + quoted(to, t.name))))
            .m0;
    auto const next = std::max(next_of(from, t).value_or(1), highest.value_or(0) + 1);
    if (next > 1) set_next(to, t, next);
}

}  // namespace relata::migrate::moving
