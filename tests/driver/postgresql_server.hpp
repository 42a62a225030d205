// SPDX-License-Identifier: BSL-1.0
/// \file
/// What the tests of the PostgreSQL driver share: the server from the environment, and one-line
/// ways to run a statement with values and to read its rows.
#pragma once

#include <relata/driver/driver.hpp>
#include <relata/postgresql.hpp>
#include <relata/sql/values.hpp>
#include <engine/url.hpp>

#include <catch2/catch.hpp>

#include <cstdlib>
#include <deque>
#include <optional>
#include <tuple>

namespace postgresql_test {

using options = std::vector<std::pair<std::string, std::string>>;

/// The server of RELATA_TEST_POSTGRESQL, nothing when the variable is not set.
inline std::optional<relata::driver::address> server() {
    char const* const url = std::getenv("RELATA_TEST_POSTGRESQL");
    if (!url || !*url) return std::nullopt;
    return relata::engine::parse_url(url);
}

inline std::unique_ptr<relata::driver::connection> connect(options more = {}) {
    auto where = *server();
    where.options = std::move(more);
    return relata::postgresql::driver_entry().connect(where);
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
        return e.info();
    }
    FAIL("no error was thrown");
    return {};
}

/// A plan over the values of a tuple, and over structs made of them.
template <class... Ts> std::vector<relata::field> plan_of(std::tuple<Ts...> const& values) {
    std::vector<relata::field> plan;
    auto const base = reinterpret_cast<char const*>(&values);
    std::apply(
        [&](auto const&... value) {
            (plan.push_back(relata::make_field(
                 relata::type_of<std::remove_cvref_t<decltype(value)>>, std::uint16_t(plan.size()),
                 std::uint32_t(reinterpret_cast<char const*>(&value) - base))),
             ...);
        },
        values);
    return plan;
}

}  // namespace postgresql_test

/// First line of each test case.
#define NEED_SERVER()                                                                              \
    do {                                                                                           \
        if (!postgresql_test::server()) {                                                          \
            WARN("skipped: RELATA_TEST_POSTGRESQL is not set");                                    \
            return;                                                                                \
        }                                                                                          \
    } while (false)
