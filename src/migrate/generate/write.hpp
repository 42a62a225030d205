// SPDX-License-Identifier: BSL-1.0
// A draft as the text of a header.
#pragma once

#include "migrate/generate/draft.hpp"

#include <relata/migrate/generate.hpp>

namespace relata::migrate::generate {

[[nodiscard]] std::string write_header(catalog::schema const& from, draft const& all,
                                       std::vector<cpp_note> const& notes,
                                       cpp_options const& options);

/// The lines of C++ that describe one table: from `return describe…` to the
/// semicolon.
[[nodiscard]] std::string write_description(catalog::engine engine, draft_table const& t);

}  // namespace relata::migrate::generate
