// SPDX-License-Identifier: BSL-1.0
//
// JUnit's XML, which CI servers show.

#include "conformance/report.hpp"

#include <fmt/format.h>

namespace relata::conformance {
namespace {

// XML has no place for most control characters, not even escaped.
std::string xml_escaped(std::string_view text) {
    std::string out;
    for (char const c : text) {
        if (c == '&') out += "&amp;";
        else if (c == '<') out += "&lt;";
        else if (c == '>') out += "&gt;";
        else if (c == '"') out += "&quot;";
        else if (c == '\n') out += "&#10;";
        else if (static_cast<unsigned char>(c) < 0x20 && c != '\t') out += '?';
        else out += c;
    }
    return out;
}

std::string element_of(verdict const& v) {
    auto text = fmt::format("  <testcase classname=\"{}.{}\" name=\"{}\" time=\"{:.3f}\"",
                            xml_escaped(v.driver), v.transport, v.id, v.seconds);
    auto const detail = xml_escaped(v.detail);
    if (v.result == result::passed) return text + "/>\n";
    if (v.result == result::failed)
        return text + fmt::format("><failure message=\"{}\">{}</failure></testcase>\n",
                                  xml_escaped(v.title), detail);
    auto const why = v.result == result::declared ? "declared: lacks " + v.capability
                                                  : "cannot apply: " + detail;
    return text + fmt::format("><skipped message=\"{}\"/></testcase>\n", why);
}

}  // namespace

std::string junit_report(std::vector<verdict> const& run) {
    auto const t = count(run);
    auto text = fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                            "<testsuite name=\"relata-conformance\" tests=\"{}\" failures=\"{}\" "
                            "skipped=\"{}\">\n",
                            run.size(), t.failed, t.declared + t.not_applicable);
    for (auto const& v : run) text += element_of(v);
    return text + "</testsuite>\n";
}

}  // namespace relata::conformance
