// SPDX-License-Identifier: BSL-1.0
/// \file
/// What is told about runs: as text, JSON, JUnit XML, Markdown, and one HTML page.
#pragma once

#include "conformance/case.hpp"
#include "conformance/child.hpp"

#include <string>
#include <vector>

namespace relata::conformance {

/// How often each result came.
struct totals {
    unsigned passed = 0, declared = 0, failed = 0, not_applicable = 0;
    std::uint64_t checks = 0;
};
[[nodiscard]] totals count(std::vector<verdict> const& run);

/// One line for a case, as it ends.
[[nodiscard]] std::string line_of(verdict const& v);
/// The last line of a text report.
[[nodiscard]] std::string summary_of(std::vector<verdict> const& run);

[[nodiscard]] std::string text_report(std::vector<verdict> const& run);
[[nodiscard]] std::string json_report(std::vector<verdict> const& run);
[[nodiscard]] std::string junit_report(std::vector<verdict> const& run);
[[nodiscard]] std::string markdown_report(std::vector<verdict> const& run);
/// A matrix of cases and runs, as one page that needs no other file.
[[nodiscard]] std::string html_report(std::vector<verdict> const& runs);

/// Reads what json_report wrote. Throws invalid_argument.
[[nodiscard]] std::vector<verdict> read_json(std::string const& file);

/// The cases themselves, as text, JSON or Markdown.
[[nodiscard]] std::string list_text(std::vector<case_entry const*> const& cases);
[[nodiscard]] std::string list_json(std::vector<case_entry const*> const& cases);
[[nodiscard]] std::string list_markdown(std::vector<case_entry const*> const& cases);

}  // namespace relata::conformance
