// SPDX-License-Identifier: BSL-1.0

#include "conformance/capability.hpp"

#include <relata/core/error.hpp>

namespace relata::conformance {
namespace {

using driver::capabilities;

constexpr capability table[] = {
    {"returning", "INSERT, UPDATE and DELETE … RETURNING", &capabilities::returning},
    {"update_returning", "UPDATE … RETURNING", &capabilities::update_returning},
    {"transactional_ddl", "DDL is rolled back with its transaction",
     &capabilities::transactional_ddl},
    {"concurrent_streams", "several open results on one connection",
     &capabilities::concurrent_streams},
    {"streaming", "rows arrive while the database still makes the result",
     &capabilities::streaming},
    {"watches_network", "no wait for a silent server lasts longer than it should",
     &capabilities::watches_network},
    {"cancel", "a running statement can be cancelled", &capabilities::cancel},
    {"savepoints", "savepoints", &capabilities::savepoints},
    {"keeps_rows", "statements are run, not played from a script", &capabilities::keeps_rows},
    {"server_process", "a server behind a network address", &capabilities::server_process},
    {"several_hosts", "a URL with several hosts, tried in order", &capabilities::several_hosts},
    {"read_only_transactions", "transactions that refuse to write",
     &capabilities::read_only_transactions},
    {"affected_rows", "the number of affected rows is known", &capabilities::affected_rows},
    {"constraint_names", "errors name the violated constraint", &capabilities::constraint_names},
    {"alive_check", "a connection notices that its server is gone", &capabilities::alive_check},
    {"row_lists", "INSERT … VALUES with several rows", &capabilities::row_lists},
    {"nulls_apart", "a NULL in a unique key of several columns is no duplicate",
     &capabilities::nulls_apart},
    {"utc_clock", "the database tells the time in UTC", &capabilities::utc_clock},
    {"any_credentials", "every character in a user's name and in a password",
     &capabilities::any_credentials},
};

}  // namespace

std::span<capability const> all_capabilities() { return table; }

std::string_view name_of(bool capabilities::* member) {
    for (auto const& each : table)
        if (each.member == member) return each.name;
    fail(error_kind::invalid_argument, "a capability is not in the table of the conformance kit");
}

std::string name_of(isolation level) {
    constexpr std::string_view names[] = {"read_committed", "snapshot", "serializable"};
    return "isolation_levels." + std::string(names[unsigned(level)]);
}

}  // namespace relata::conformance
