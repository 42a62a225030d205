// SPDX-License-Identifier: BSL-1.0
// Commands that work on many databases: which they are, and what is told of them.
#pragma once

#include "cli/session.hpp"

#include <relata/migrate/tenants.hpp>

namespace relata::cli {

/// What stands in a URL for the name of a tenant.
inline constexpr char const* tenant_place = "{tenant}";

/// The options of commands that can work on all tenants.
struct tenants_flags {
    std::string file;
    std::size_t at_once = 4;
    std::size_t stop_after = 0;
};
void add_tenants_flags(command& of, tenants_flags& to);

/// The tenants of a file, or if that is empty of the environment: those that --tenant names, or all. Empty: the
/// command works on one database. Throws usage_error for unknown and missing ones, invalid_argument with the
/// line for what cannot be read.
[[nodiscard]] std::vector<migrate::tenant> tenants_of(session const& s,
                                                      std::string const& file = {});

/// How a command tells of a tenant that is done; `told` is what its work returned.
using tenant_words = std::function<std::string(std::vector<std::string> const& told)>;
using tenant_work =
    std::function<std::vector<std::string>(migrate::tenant const&, database const&)>;

/// Does the work for all of them and tells what became of each.
/// \return done, or some_failed
int work_for_all(session const& s, std::vector<migrate::tenant> const& all, tenants_flags const& f,
                 tenant_words const& words, tenant_work const& work);

}  // namespace relata::cli
