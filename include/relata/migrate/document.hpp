// SPDX-License-Identifier: BSL-1.0
/// \file
/// A schema as a page to read.
#pragma once

#include <relata/migrate/draw.hpp>

#include <string>

namespace relata::migrate {

struct document_options {
    std::string title = {};    ///< empty: "Database schema"
    viewpoint shown = {};      ///< which tables; their columns are always all there
    std::string picture = {};  ///< HTML: a picture as draw_svg gives it, shown above the tables
};

/// The schema in Markdown: contents, then each table with its columns, keys, references in both
/// directions, indexes, checks and comments; then views, types, sequences and the rest. Text of the
/// schema cannot become markup. Throws as tables_in does. Thread-safe.
[[nodiscard]] RELATA_EXPORT std::string to_markdown(schema::catalog::schema const& from,
                                                    document_options const& options = {});

/// The same as one HTML file that loads nothing, with contents at the side and a box that filters by
/// names of tables and columns; light or dark as the reader's system is. All text of the schema is
/// escaped, the picture is not. Throws as tables_in does. Thread-safe.
[[nodiscard]] RELATA_EXPORT std::string to_html(schema::catalog::schema const& from,
                                                document_options const& options = {});

}  // namespace relata::migrate
