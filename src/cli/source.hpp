// SPDX-License-Identifier: BSL-1.0
// FROM and TO: whatever has a schema.
#pragma once

#include "cli/session.hpp"

namespace relata::cli {

inline constexpr char const* source_text = "a database's URL, env:NAME of relata.toml, a folder of "
                                           "migrations, a snapshot .json, a .sql file, "
                                           "model (the program's own tables), or empty";

struct two_schemas {
    catalog::schema from;
    catalog::schema to;
};

/// Reads both; the one that has an engine gives it to the other. Throws usage_error for a source that is
/// none, and what reading them throws.
[[nodiscard]] two_schemas read_both(session const& s, std::string const& from,
                                    std::string const& to);
/// Reads one. `engine` is that of what has none itself; without one it is that of --dev, or SQLite.
[[nodiscard]] catalog::schema read_source(session const& s, std::string const& source,
                                          std::optional<catalog::engine> engine = {});
/// Whether it says itself which engine it is of.
[[nodiscard]] bool has_engine(std::string const& source);
/// The text of a file. Throws usage_error for one that cannot be read.
[[nodiscard]] std::string content_of(std::string const& file);

}  // namespace relata::cli
