// SPDX-License-Identifier: BSL-1.0
// relata.toml: what an environment's database is, and where the migrations are.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace relata::cli {

/// An entry as it is written. `${NAME}` in it is the environment variable, which is looked for when the
/// value is needed: who works on one database need not have the secrets of all.
struct setting {
    std::string written;  ///< empty: not there
    std::string place;    ///< file and line

    /// Throws invalid_argument with the place for a variable that is not set.
    [[nodiscard]] std::string value() const;
};

struct environment {
    setting url;
    std::vector<setting> devs;          ///< scratch databases, one for each engine
    setting migrations;                 ///< folder, relative to that of the file
    setting tenants;                    ///< file that lists them, relative to that of the file
    std::vector<setting> tenant_names;  ///< or the list itself
    std::string folder;                 ///< that of the file
};

struct config {
    std::string file;     ///< empty: there is none
    setting environment;  ///< the usual one
    std::map<std::string, cli::environment> environments;
};

/// Reads the file, or if it is empty, relata.toml of this folder or the nearest one above it. Throws
/// invalid_argument with the file and line for what cannot be read and an unknown entry; an empty config
/// where there is no file.
[[nodiscard]] config read_config(std::string const& file);

}  // namespace relata::cli
