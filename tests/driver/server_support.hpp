// SPDX-License-Identifier: BSL-1.0
/// \file
/// What the tests of the server drivers share: the server from the environment, and one-line ways to
/// run a statement with values and to read its rows.
#pragma once

#include <relata/driver/driver.hpp>
#include <relata/sql/values.hpp>
#include <engine/url.hpp>

#include <catch2/catch.hpp>

#include <cstdlib>
#include <deque>
#include <optional>

namespace server_test {

using options = std::vector<std::pair<std::string, std::string>>;
using connection = std::unique_ptr<relata::driver::connection>;

/// The server whose URL is in a variable of the environment, nothing when it is not set.
inline std::optional<relata::driver::address> server_of(char const* variable) {
    char const* const url = std::getenv(variable);
    if (!url || !*url) return std::nullopt;
    return relata::engine::parse_url(url);
}

/// Prepares with the types of these values.
template <class... Ts>
std::unique_ptr<relata::driver::statement> prepare(relata::driver::connection& c,
                                                   std::string_view sql) {
    relata::type_info const* const types[] = {&relata::type_of<Ts>..., nullptr};
    return c.prepare(sql, types, sizeof...(Ts));
}

template <class T> relata::param param_of(T const& value) {
    return relata::detail::as_optional_param<relata::plain_t<T>>(value);
}

template <class... Ts> void execute(relata::driver::statement& s, Ts const&... values) {
    relata::param const params[] = {param_of(values)..., relata::param{}};
    s.execute(params, sizeof...(Ts));
}

/// The rows of an executed statement with one column.
template <class T> std::deque<T> rows(relata::driver::statement& s) {
    relata::field const plan = relata::make_field(relata::type_of<T>, 0, 0);
    std::deque<T> out;
    for (;;) {
        alignas(T) T value{};
        if (s.fetch(&plan, 1, &value, sizeof(T), 1) == 0) break;
        out.push_back(std::move(value));
    }
    s.finish();
    return out;
}

/// One value of a query's only row.
template <class T, class... Ts>
T one(relata::driver::connection& c, std::string_view sql, Ts const&... values) {
    auto const s = prepare<Ts...>(c, sql);
    execute(*s, values...);
    auto found = rows<T>(*s);
    REQUIRE(found.size() == 1);
    return std::move(found[0]);
}

/// Runs a statement and returns how many rows it touched.
template <class... Ts>
std::int64_t run(relata::driver::connection& c, std::string_view sql, Ts const&... values) {
    auto const s = prepare<Ts...>(c, sql);
    execute(*s, values...);
    auto const touched = s->affected();
    s->finish();
    return touched;
}

/// The error that a call throws; fails the test when it throws none.
template <class Call> relata::error_info error_of(Call&& call) {
    try {
        call();
    } catch (relata::error const& e) {
        UNSCOPED_INFO(e.what() << " | " << e.info().native_message);
        return e.info();
    }
    FAIL("no error was thrown");
    return {};
}

/// Inserts the values of a range through a bulk insert into one column. The placeholder is that of
/// the server.
template <class T>
std::int64_t bulk(relata::driver::connection& c, std::string_view table, std::string_view column,
                  std::deque<T> const& values, std::string_view placeholder = "?") {
    struct source {
        std::deque<T> const& values;
        std::size_t next = 0;
    } from{values};
    std::string const sql = "INSERT INTO " + std::string(table) + " (" + std::string(column) +
                            ") VALUES (" + std::string(placeholder) + ")";
    relata::driver::bulk_target target;
    target.table = table;
    target.columns = {std::string(column)};
    target.insert = sql;
    target.types = {&relata::type_of<T>};
    relata::field const plan = relata::make_field(relata::type_of<T>, 0, 0);
    auto const next = [](void* at) -> void const* {
        auto& s = *static_cast<source*>(at);
        return s.next < s.values.size() ? &s.values[s.next++] : nullptr;
    };
    return c.bulk_insert(target, &plan, 1, {next, &from});
}

}  // namespace server_test

/// First line of each test case: NEED_SERVER_OF(variable).
#define NEED_SERVER_OF(variable)                                                                   \
    do {                                                                                           \
        if (!server_test::server_of(variable)) {                                                   \
            WARN("skipped: " << (variable) << " is not set");                                      \
            return;                                                                                \
        }                                                                                          \
    } while (false)
