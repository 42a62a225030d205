// SPDX-License-Identifier: BSL-1.0
// What lint found, in the formats that people, scripts and code hosts read.
#pragma once

#include "cli/session.hpp"

#include <relata/migrate/lint.hpp>

namespace relata::cli {

struct findings_of_file {
    std::string file;
    std::vector<migrate::finding> findings;
};

[[nodiscard]] std::string_view name_of(migrate::severity of) noexcept;

/// \param format  text, json, github or sarif
void show_findings(session const& s, std::vector<findings_of_file> const& all,
                   std::string const& format);

}  // namespace relata::cli
