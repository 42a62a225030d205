// SPDX-License-Identifier: BSL-1.0
/// \file
/// What the tests of the PostgreSQL driver share, beside server_support.hpp.
#pragma once

#include "server_support.hpp"

#include <relata/postgresql.hpp>

#include <tuple>

namespace postgresql_test {

using server_test::bulk;
using server_test::connection;
using server_test::error_of;
using server_test::execute;
using server_test::one;
using server_test::options;
using server_test::param_of;
using server_test::prepare;
using server_test::rows;
using server_test::run;

/// The server of RELATA_TEST_POSTGRESQL, nothing when the variable is not set.
inline std::optional<relata::driver::address> server() {
    return server_test::server_of("RELATA_TEST_POSTGRESQL");
}

inline connection connect_to(relata::driver::address const& where) {
    return relata::postgresql::driver_entry().connect(where);
}

inline connection connect(options more = {}) {
    auto where = *server();
    where.options = std::move(more);
    return connect_to(where);
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

#define NEED_SERVER() NEED_SERVER_OF("RELATA_TEST_POSTGRESQL")
