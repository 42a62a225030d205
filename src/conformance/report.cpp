// SPDX-License-Identifier: BSL-1.0
//
// Reports for people at a terminal.

#include "conformance/report.hpp"

#include <fmt/format.h>

namespace relata::conformance {

totals count(std::vector<verdict> const& run) {
    totals t;
    for (auto const& v : run) {
        t.checks += v.checks;
        switch (v.result) {
        case result::passed: ++t.passed; break;
        case result::declared: ++t.declared; break;
        case result::failed: ++t.failed; break;
        case result::not_applicable: ++t.not_applicable; break;
        }
    }
    return t;
}

std::string line_of(verdict const& v) {
    auto line = fmt::format("{:<8} {:<14} {:>6} checks {:>7.2f} s", v.id, name_of(v.result),
                            v.checks, v.seconds);
    if (v.result == result::declared) line += "  lacks " + v.capability;
    if (v.result == result::failed) line += "  " + v.title;
    line += '\n';
    if (v.detail.empty()) return line;
    std::string_view rest = v.detail;
    while (!rest.empty()) {
        auto const size = std::min(rest.find('\n'), rest.size());
        line += fmt::format("         {}\n", rest.substr(0, size));
        rest.remove_prefix(std::min(size + 1, rest.size()));
    }
    return line;
}

std::string summary_of(std::vector<verdict> const& run) {
    auto const t = count(run);
    double seconds = 0;
    for (auto const& v : run) seconds += v.seconds;
    return fmt::format(
        "{} cases: {} passed, {} declared, {} failed, {} not applicable; {} checks in "
        "{:.1f} s\n",
        run.size(), t.passed, t.declared, t.failed, t.not_applicable, t.checks, seconds);
}

std::string text_report(std::vector<verdict> const& run) {
    std::string text;
    for (auto const& v : run) text += line_of(v);
    return text + summary_of(run);
}

std::string list_text(std::vector<case_entry const*> const& cases) {
    std::string text;
    for (auto const* each : cases) {
        text += fmt::format("{:<8} {}\n", each->id, each->title);
        if (!each->run && each->reason)
            text += fmt::format("         cannot apply: {}\n", each->reason);
    }
    return text;
}

}  // namespace relata::conformance
