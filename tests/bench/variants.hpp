// SPDX-License-Identifier: BSL-1.0
/// \file
/// The makers of the variants, and what they share.
#pragma once

#include "subject.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace bench {

/// A database, taken out of its URL.
struct target {
    std::string url;
    std::string scheme, user, host, port, database;  ///< sqlite: database is the path
};
[[nodiscard]] target parse_target(std::string const& url);
/// The file of one variant: SQLite locks a file for one connection here.
[[nodiscard]] target own_file(target const& where, std::string const& variant);
[[nodiscard]] inline bool is_file(target const& where) { return where.scheme == "sqlite"; }

[[nodiscard]] std::unique_ptr<subject> make_raw(target const& where);
[[nodiscard]] std::unique_ptr<subject> make_relata(target const& where);
[[nodiscard]] std::unique_ptr<subject> make_soci(target const& where);
[[nodiscard]] std::unique_ptr<subject> make_pqxx(target const& where);

/// Creates the tables and loads `rows` items. With `plain`, item_copy has no checks: a table as
/// somebody would write it who does not need them.
void load(target const& where, std::int64_t rows, bool plain);

/// Deterministic rows.
[[nodiscard]] copies make_copies(std::int64_t rows);
[[nodiscard]] keys make_keys(std::int64_t count, std::int64_t rows);

[[nodiscard]] std::uint64_t checksum(items const& rows);
[[nodiscard]] std::uint64_t checksum(copies const& rows);
[[nodiscard]] std::uint64_t checksum(std::vector<group_row> const& rows);

}  // namespace bench
