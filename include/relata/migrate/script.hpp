// SPDX-License-Identifier: BSL-1.0
/// \file
/// A file of SQL as the statements of a migration, and back.
#pragma once

#include <relata/migrate/plan.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace relata::migrate {

/// One statement of a file.
struct statement {
    std::string text;            ///< without a semicolon at its end and comments before it
    bool in_transaction = true;  ///< false on MySQL, and after a line `-- relata:outside`
    std::size_t line = 0;        ///< where it begins in the file, from 1
    std::vector<std::string>
        marks;  ///< other lines `-- relata:…` before it, without the `-- relata:`
    /// Name of the step in C++ that runs here, see data_step.hpp; the text is then the line that mentions
    /// it. Empty: the text is SQL.
    std::string data_step = {};

    friend bool operator==(statement const&, statement const&) = default;
};

/// The statements of a file. A statement ends at a semicolon outside of quotes, dollar quotes and
/// comments; triggers of SQLite end at their END, and lines with DELIMITER are understood on MySQL. Where
/// that is not enough, a line `-- relata:block` begins a statement that a line `-- relata:end` ends, with
/// nothing between them looked at. A line `-- relata:outside` says that the next statement runs outside of
/// the transaction. On MySQL and MariaDB each statement stands alone. A line `-- relata:step NAME` between
/// statements is one of them, in C++.
///
/// \param text  UTF-8; a byte order mark is left out, and CRLF is read as LF
/// \param name  of the file, for errors
/// Throws migration_folder_invalid with the line for what is not understood: a quote or block without an
/// end, a program whose end cannot be told, and statements that begin or end transactions, which would
/// undo or make last what the journal does not know. Thread-safe.
[[nodiscard]] RELATA_EXPORT std::vector<statement>
read_script(std::string_view text, schema::catalog::engine engine, std::string_view name);

/// The file that read_script reads as these steps. Throws invalid_argument for a step that no file can
/// hold: one with a carriage return or a line `-- relata:end`, and one that begins or ends a
/// transaction. Thread-safe.
[[nodiscard]] RELATA_EXPORT std::string write_script(std::vector<step> const& steps,
                                                     schema::catalog::engine engine);

}  // namespace relata::migrate
