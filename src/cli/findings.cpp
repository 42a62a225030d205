// SPDX-License-Identifier: BSL-1.0

#include "cli/findings.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace relata::cli {

namespace {

using json = nlohmann::ordered_json;

void show_text(session const& s, std::string const& file, migrate::finding const& f) {
    auto const c = f.severity == migrate::severity::error     ? color::red
                   : f.severity == migrate::severity::warning ? color::yellow
                                                              : color::blue;
    auto place = file + (f.line == 0 ? "" : ':' + std::to_string(f.line)) + ": ";
    s.out.line(place + s.out.in(c, std::string(name_of(f.severity)) + ' ' + f.rule) +
               (f.object.empty() ? "" : ' ' + f.object) + ": " + f.message);
    if (f.safe_sql.empty()) return;
    std::string line;
    for (char const ch : f.safe_sql) {
        if (ch != '\n') {
            line += ch;
            continue;
        }
        s.out.line(s.out.in(color::faint, "    " + line));
        line.clear();
    }
    if (!line.empty()) s.out.line(s.out.in(color::faint, "    " + line));
}

void show_json(session const& s, std::string const& file, migrate::finding const& f) {
    std::vector<member> object{
        {"event", "finding"}, {"rule", f.rule}, {"level", name_of(f.severity)}, {"file", file}};
    if (f.line != 0) object.emplace_back("line", f.line);
    if (!f.object.empty()) object.emplace_back("object", f.object);
    object.emplace_back("message", f.message);
    if (!f.safe_sql.empty()) object.emplace_back("safe_sql", f.safe_sql);
    if (!f.suppressed.empty()) object.emplace_back("suppressed", f.suppressed);
    s.out.event(object);
}

// https://docs.github.com/actions/reference/workflow-commands-for-github-actions: % and ends of lines
std::string escaped(std::string const& text) {
    std::string out;
    for (char const c : text) {
        if (c == '%') out += "%25";
        else if (c == '\n') out += "%0A";
        else if (c == '\r') out += "%0D";
        else out += c;
    }
    return out;
}
void show_github(session const& s, std::string const& file, migrate::finding const& f) {
    auto const* const level =
        f.severity == migrate::severity::note ? "notice" : name_of(f.severity).data();
    s.out.line(std::string("::") + level + " file=" + escaped(file) +
               (f.line == 0 ? "" : ",line=" + std::to_string(f.line)) + ",title=" + f.rule +
               "::" + escaped((f.object.empty() ? "" : f.object + ": ") + f.message));
}

json sarif_result(std::string const& file, migrate::finding const& f) {
    json location{{"physicalLocation", {{"artifactLocation", {{"uri", file}}}}}};
    if (f.line != 0) location["physicalLocation"]["region"] = {{"startLine", f.line}};
    json result{{"ruleId", f.rule},
                {"level", name_of(f.severity)},
                {"message", {{"text", (f.object.empty() ? "" : f.object + ": ") + f.message}}},
                {"locations", json::array({location})}};
    if (!f.suppressed.empty())
        result["suppressions"] =
            json::array({{{"kind", "inSource"}, {"justification", f.suppressed}}});
    return result;
}

void show_sarif(session const& s, std::vector<findings_of_file> const& all) {
    json rules = json::array();
    for (auto const& each : migrate::lint_rules())
        rules.push_back({{"id", each.id},
                         {"shortDescription", {{"text", each.title}}},
                         {"fullDescription", {{"text", each.explanation}}}});
    json results = json::array();
    for (auto const& file : all)
        for (auto const& each : file.findings) results.push_back(sarif_result(file.file, each));
    json const run{{"tool", {{"driver", {{"name", "relata"}, {"rules", rules}}}}},
                   {"results", results}};
    s.out.line(json{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                    {"version", "2.1.0"},
                    {"runs", json::array({run})}}
                   .dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

}  // namespace

std::string_view name_of(migrate::severity of) noexcept {
    switch (of) {
    case migrate::severity::note: return "note";
    case migrate::severity::warning: return "warning";
    case migrate::severity::error: break;
    }
    return "error";
}

void show_findings(session const& s, std::vector<findings_of_file> const& all,
                   std::string const& format) {
    if (format == "sarif") return show_sarif(s, all);
    for (auto const& file : all)
        for (auto const& each : file.findings) {
            if (format == "json") show_json(s, file.file, each);
            else if (!each.suppressed.empty()) continue;
            else if (format == "github") show_github(s, file.file, each);
            else show_text(s, file.file, each);
        }
}

}  // namespace relata::cli
