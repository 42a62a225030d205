// SPDX-License-Identifier: BSL-1.0
/// \file
/// Entity-relationship diagrams of a schema, whole or a part of it.
#pragma once

#include <relata/schema/catalog.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace relata::migrate {

enum class shown_columns : std::uint8_t {
    all,
    keys,  ///< those of primary keys, unique constraints and references
    none,
};

/// Which part of a schema a picture or page shows. A picture of several hundred tables with all their
/// columns cannot be read: choose a viewpoint, or show keys only.
struct viewpoint {
    /// Only tables whose name matches one of these patterns; `*` stands for any text, `?` for one
    /// character. Of tables outside of PostgreSQL's `public` the name is `space.name`. Empty: all.
    std::vector<std::string> only = {};
    std::vector<std::string> without = {};  ///< and none of those
    std::string around = {};                ///< only this table and its neighbours
    unsigned depth = 1;                     ///< … over so many references, in either direction
    shown_columns columns = shown_columns::all;
};

/// The tables that a viewpoint shows, in the schema's order; they point into the schema. Throws
/// invalid_argument if it names a table that is not there or shows none of a schema that has some.
/// Thread-safe.
[[nodiscard]] RELATA_EXPORT std::vector<schema::catalog::table const*>
tables_in(schema::catalog::schema const& from, viewpoint const& shown);

/// The diagram as Mermaid's `erDiagram`, which many places show that show Markdown. Characters that
/// Mermaid cannot have in a name become `_`. Throws as tables_in does. Thread-safe.
[[nodiscard]] RELATA_EXPORT std::string draw_mermaid(schema::catalog::schema const& from,
                                                     viewpoint const& shown = {});

/// The diagram in Graphviz's language, for its program `dot`. Throws as tables_in does. Thread-safe.
[[nodiscard]] RELATA_EXPORT std::string draw_dot(schema::catalog::schema const& from,
                                                 viewpoint const& shown = {});

/// The diagram as an SVG document. Runs Graphviz's program `dot`, without a shell. Throws as tables_in
/// does, and not_supported if that program is not installed or fails. Thread-safe.
[[nodiscard]] RELATA_EXPORT std::string draw_svg(schema::catalog::schema const& from,
                                                 viewpoint const& shown = {});

}  // namespace relata::migrate
