// SPDX-License-Identifier: BSL-1.0
/// \file
/// A schema as a JSON text: what lies beside a migration as snapshot.json.
#pragma once

#include <relata/schema/catalog.hpp>

#include <string>
#include <string_view>

namespace relata::migrate {

/// The schema as JSON with an end of line, in a fixed order and without what has its usual value:
/// equal schemas give equal bytes. The server's version and estimated numbers of rows are left out.
/// Throws text_invalid for text that is not UTF-8. Thread-safe.
[[nodiscard]] RELATA_EXPORT std::string to_json(schema::catalog::schema const& from);

/// Reads what to_json wrote. Throws invalid_argument for a text that is not such JSON, that has a
/// member which this version does not know, or whose format is newer. Thread-safe.
[[nodiscard]] RELATA_EXPORT schema::catalog::schema from_json(std::string_view text);

}  // namespace relata::migrate
