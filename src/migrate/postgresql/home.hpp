// SPDX-License-Identifier: BSL-1.0
// A database that was opened with a search path of its own has its tables there: a tenant among others.
#pragma once

#include "migrate/postgresql/reading.hpp"

namespace relata::migrate::postgresql {

/// The namespace that the URL's search_path begins with; empty: it says nothing, or public.
[[nodiscard]] std::string home_of(handle const& from);
/// Keeps what is in this namespace, without its name.
void keep_home(catalog::schema& of, std::string const& home);

}  // namespace relata::migrate::postgresql
