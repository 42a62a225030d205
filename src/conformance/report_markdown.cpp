// SPDX-License-Identifier: BSL-1.0
//
// Reports for the web's plainest form, among them docs/reference/conformance.md.

#include "conformance/report.hpp"

#include <fmt/format.h>

namespace relata::conformance {
namespace {

// One line, with what Markdown tables would take for their own.
std::string cell(std::string_view text) {
    std::string out;
    for (char const c : text) {
        if (c == '\n') out += "<br>";
        else if (c == '|') out += "\\|";
        else if (c == '<') out += "&lt;";
        else out += c;
    }
    return out;
}

}  // namespace

std::string markdown_report(std::vector<verdict> const& run) {
    std::string text = "| case | driver | result | checks | detail |\n"
                       "| --- | --- | --- | ---: | --- |\n";
    for (auto const& v : run)
        text +=
            fmt::format("| {} | {} ({}) | {} | {} | {} |\n", v.id, cell(v.driver), v.transport,
                        name_of(v.result), v.checks,
                        cell(v.result == result::declared ? "lacks " + v.capability : v.detail));
    return text + "\n" + summary_of(run);
}

std::string list_markdown(std::vector<case_entry const*> const& cases) {
    std::string text = "# Conformance cases\n\n"
                       "What a driver is held to by `relata-conformance`. Written by "
                       "`relata-conformance --list --report md`; do not edit.\n";
    case_group const* group = nullptr;
    for (auto const* each : cases) {
        if (auto const* own = group_of(each->id); own != group && own) {
            group = own;
            text += fmt::format("\n## {}. {}\n\n", own->letter, own->title);
        }
        text += fmt::format("- **{}** {}", each->id, each->title);
        if (!each->run && each->reason) text += fmt::format(" *Cannot apply: {}*", each->reason);
        text += '\n';
    }
    return text;
}

}  // namespace relata::conformance
