// SPDX-License-Identifier: BSL-1.0
// What the structs have otherwise than the schema, in words.
#pragma once

#include <relata/migrate/diff.hpp>
#include <relata/migrate/generate.hpp>

#include <vector>

namespace relata::migrate::generate {

/// One note for each thing that the changes make, drop or alter.
[[nodiscard]] std::vector<cpp_note> notes_of(schema_change const& changes);

}  // namespace relata::migrate::generate
