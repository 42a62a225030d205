// SPDX-License-Identifier: BSL-1.0
/// \file
/// A folder of migrations: one directory for each, and `relata.sum`, which proves that none was edited.
///
/// | file | what it is |
/// | --- | --- |
/// | `<14 digits>_<name>/meta.json` | `{"parent": "<id before it>"}`, null for the first one |
/// | `…/up.<engine>.sql`, `…/up.sql` | the statements for one engine, or for all others |
/// | `…/down.<engine>.sql`, `…/down.sql` | the way back; may be missing |
/// | `…/snapshot.<engine>.json` | the schema after it, see snapshot.hpp; may be missing |
/// | `relata.sum` | for each migration in order: its hash, which holds all before it, and its id |
///
/// `<engine>` is sqlite, postgresql, mysql or mariadb; MariaDB takes the SQL of MySQL where it has none.
#pragma once

#include <relata/migrate/script.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relata::migrate {

/// One file of a migration; its content has no byte order mark, and LF at the ends of lines.
struct migration_file {
    std::string name;
    std::string content;

    friend bool operator==(migration_file const&, migration_file const&) = default;
};

/// One migration.
struct migration {
    std::string id;      ///< name of its directory, such as 20261122090000_add_orders
    std::string parent;  ///< id of the one before it; empty: it is the first
    std::vector<std::string> replaces;  ///< ids of those that were squashed into it
    std::string hash;                   ///< its line in relata.sum, 64 hexadecimal digits
    std::vector<migration_file> files;  ///< sorted by name

    /// Whether it has statements for this engine.
    [[nodiscard]] RELATA_EXPORT bool has_up(schema::catalog::engine on) const noexcept;
    [[nodiscard]] RELATA_EXPORT bool has_down(schema::catalog::engine on) const noexcept;
    /// Its statements for this engine. Throws migration_folder_invalid where it has none for it, or has
    /// some that read_script refuses. Thread-safe, as are the others.
    [[nodiscard]] RELATA_EXPORT std::vector<statement> up(schema::catalog::engine on) const;
    [[nodiscard]] RELATA_EXPORT std::vector<statement> down(schema::catalog::engine on) const;
    /// The schema after it, if that is kept. Throws migration_folder_invalid for no snapshot of this engine.
    [[nodiscard]] RELATA_EXPORT std::optional<schema::catalog::schema>
    snapshot(schema::catalog::engine on) const;
    /// SHA-256 of what `up` reads: what a database remembers of an applied migration.
    [[nodiscard]] RELATA_EXPORT std::string up_hash(schema::catalog::engine on) const;

    friend bool operator==(migration const&, migration const&) = default;
};

/// A folder as it was read.
struct folder {
    std::string path;
    std::vector<migration> migrations;  ///< each one after its parent

    /// The migration with this id, or null.
    [[nodiscard]] RELATA_EXPORT migration const* find(std::string_view id) const noexcept;
    /// Where it is in the list; its size where it is not.
    [[nodiscard]] RELATA_EXPORT std::size_t place_of(std::string_view id) const noexcept;
};

/// Reads a folder and proves it. An empty one, without relata.sum, has no migrations. Directories and
/// files whose names begin with a dot are left alone.
///
/// Throws migration_folder_invalid, with the name of the thing and what to do, for: no such folder, a
/// wrong name, an unknown file, a migration without meta.json or statements, a parent that is not there,
/// two migrations after one parent, and any difference from relata.sum. Thread-safe.
[[nodiscard]] RELATA_EXPORT folder read_folder(std::string const& path);

/// Reads a folder without comparing it with relata.sum; else as read_folder. For those who are about to
/// write relata.sum anew. Thread-safe.
[[nodiscard]] RELATA_EXPORT folder read_unproved(std::string const& path);

/// Writes relata.sum for what is in the folder now: after an edit that was meant, and after a merge.
/// Throws as read_unproved, and unknown when the file cannot be written. One thread at a time.
RELATA_EXPORT void write_sum(std::string const& path);

/// What a new migration does on one engine.
struct engine_steps {
    schema::catalog::engine engine = schema::catalog::engine::sqlite;
    std::vector<step> up;
    std::vector<step> down;                           ///< empty: there is no way back
    std::optional<schema::catalog::schema> snapshot;  ///< after it
};

/// Adds a migration after the last one, and writes relata.sum. The folder is made if it is missing.
/// Nothing is left behind when it fails.
/// \param name   lower case letters, digits and underscores
/// \param time   14 digits, year to second in UTC; empty: now, or a second after the last migration
/// \param steps  an engine without any gets none; empty: an up.sql for all
/// \param script what that up.sql holds; empty: it is to be written by hand
/// \return the folder as it is then
/// Throws migration_folder_invalid for a folder that is not sound, invalid_argument for a wrong name or
/// time or an id that is there already, unknown when a file cannot be written. One thread at a time.
RELATA_EXPORT folder add_migration(std::string const& path, std::string const& name,
                                   std::string const& time, std::vector<engine_steps> const& steps,
                                   std::string const& script = {});

}  // namespace relata::migrate
