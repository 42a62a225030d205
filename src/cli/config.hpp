// SPDX-License-Identifier: BSL-1.0
// relata.toml: what an environment's database is, and where the migrations are.
#pragma once

#include <map>
#include <string>

namespace relata::cli {

struct environment {
    std::string url;
    std::string dev;         ///< scratch database
    std::string migrations;  ///< folder, relative to the file
};

struct config {
    std::string file;         ///< empty: there is none
    std::string environment;  ///< the usual one
    std::map<std::string, cli::environment> environments;
};

/// Reads the file, or if it is empty, relata.toml of this folder or the nearest one above it. `${NAME}` in
/// a value is the environment variable. Throws invalid_argument with the file and line for what cannot be
/// read, an unknown entry, and a variable that is not set; an empty config where there is no file.
[[nodiscard]] config read_config(std::string const& file);

}  // namespace relata::cli
