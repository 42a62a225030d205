// SPDX-License-Identifier: BSL-1.0
//
// One page that needs nothing but itself: a row for each case, a column for each run.

#include "conformance/report.hpp"
#include "conformance/report_style.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>

namespace relata::conformance {
namespace {

using out = std::back_insert_iterator<std::string>;

std::string html_escaped(std::string_view text) {
    std::string safe;
    for (char const c : text) {
        if (c == '&') safe += "&amp;";
        else if (c == '<') safe += "&lt;";
        else if (c == '>') safe += "&gt;";
        else if (c == '"') safe += "&quot;";
        else safe += c;
    }
    return safe;
}

/// One column: all verdicts of a driver at a server by one transport.
struct run_column {
    std::string driver, transport, server;
    std::vector<verdict> all;
    std::map<std::string, verdict const*> by_id;
};

std::vector<run_column> columns_of(std::vector<verdict> const& runs) {
    std::vector<run_column> columns;
    for (auto const& v : runs) {
        auto at = std::find_if(columns.begin(), columns.end(), [&](run_column const& c) {
            return c.driver == v.driver && c.transport == v.transport && c.server == v.server;
        });
        if (at == columns.end())
            at = columns.insert(columns.end(), {v.driver, v.transport, v.server, {}, {}});
        at->all.push_back(v);
    }
    for (auto& c : columns)
        for (auto const& v : c.all) c.by_id[v.id] = &v;
    return columns;
}

/// One row: a case that at least one run has.
struct row {
    std::string id, title;
    case_group const* group;
};

std::vector<row> rows_of(std::vector<run_column> const& columns) {
    std::map<std::pair<char, std::string>, row> sorted;
    for (auto const& c : columns)
        for (auto const& v : c.all) {
            auto const* group = group_of(v.id);
            sorted.try_emplace({group ? group->letter : ' ', v.id}, row{v.id, v.title, group});
        }
    std::vector<row> rows;
    for (auto& each : sorted) rows.push_back(std::move(each.second));
    return rows;
}

char const* glyph(result r) {
    switch (r) {
    case result::passed: return "✓";
    case result::declared: return "–";
    case result::failed: return "✗";
    case result::not_applicable: break;
    }
    return "∅";
}

std::string anchor(std::size_t index, std::string const& id) {
    return fmt::format("c{}-{}", index, id);
}

void write_cell(out to, run_column const& c, std::size_t index, row const& r) {
    auto const found = c.by_id.find(r.id);
    if (found == c.by_id.end()) {
        fmt::format_to(to, "<td class=\"none\" title=\"not run\">·</td>");
        return;
    }
    auto const& v = *found->second;
    auto const what = v.result == result::declared ? "lacks " + v.capability : v.detail;
    auto const tip = fmt::format("{}: {}\n{} checks, {:.2f} s{}{}", v.driver, name_of(v.result),
                                 v.checks, v.seconds, what.empty() ? "" : "\n", what);
    auto text = std::string(glyph(v.result));
    if (v.result == result::failed)
        text = fmt::format("<a href=\"#{}\">{}</a>", anchor(index, v.id), text);
    if (v.result == result::declared)
        text += fmt::format(" <small>{}</small>", html_escaped(v.capability));
    fmt::format_to(to, "<td class=\"{}\" title=\"{}\">{}</td>", name_of(v.result),
                   html_escaped(tip), text);
}

bool all_passed(std::vector<run_column> const& columns, std::string const& id) {
    return std::all_of(columns.begin(), columns.end(), [&](run_column const& c) {
        auto const found = c.by_id.find(id);
        return found != c.by_id.end() && found->second->result == result::passed;
    });
}

void write_head(out to, std::vector<run_column> const& columns) {
    fmt::format_to(to, "<thead><tr><th>Case</th>");
    for (auto const& c : columns) {
        auto const t = count(c.all);
        fmt::format_to(to,
                       "<th scope=\"col\">{}<br><small>{}<br>{}</small>"
                       "<span class=\"sum {}\">{} passed · {} declared · {} failed</span></th>",
                       html_escaped(c.driver), html_escaped(c.server), html_escaped(c.transport),
                       t.failed ? "failed" : "passed", t.passed, t.declared, t.failed);
    }
    fmt::format_to(to, "</tr></thead>\n");
}

void write_matrix(out to, std::vector<run_column> const& columns) {
    fmt::format_to(to, "<div class=\"scroll\"><table>");
    write_head(to, columns);
    char letter = 0;
    for (auto const& r : rows_of(columns)) {
        if (char const own = r.group ? r.group->letter : ' '; own != letter) {
            letter = own;
            fmt::format_to(to, "<tr class=\"group\"><th colspan=\"{}\">{}</th></tr>\n",
                           columns.size() + 1,
                           r.group ? fmt::format("{}. {}", letter, r.group->title) : "Start");
        }
        fmt::format_to(to,
                       "<tr class=\"{}\"><th scope=\"row\"><details><summary>{}</summary>{}"
                       "</details></th>",
                       all_passed(columns, r.id) ? "plain" : "odd", r.id, html_escaped(r.title));
        for (std::size_t i = 0; i < columns.size(); ++i) write_cell(to, columns[i], i, r);
        fmt::format_to(to, "</tr>\n");
    }
    fmt::format_to(to, "</table></div>\n");
}

void write_failures(out to, std::vector<run_column> const& columns) {
    bool none = true;
    for (std::size_t i = 0; i < columns.size(); ++i)
        for (auto const& v : columns[i].all) {
            if (v.result != result::failed) continue;
            if (std::exchange(none, false)) fmt::format_to(to, "<h2>Failures</h2>\n");
            fmt::format_to(to,
                           "<section id=\"{}\"><h3>{} on {} ({}, {})</h3><p>{}</p><pre>{}</pre>"
                           "</section>\n",
                           anchor(i, v.id), v.id, html_escaped(v.driver), html_escaped(v.server),
                           html_escaped(v.transport), html_escaped(v.title),
                           html_escaped(v.detail));
        }
}

}  // namespace

std::string html_report(std::vector<verdict> const& runs) {
    auto const columns = columns_of(runs);
    auto const t = count(runs);
    std::string page;
    out const to(page);
    fmt::format_to(
        to,
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
        "<meta name=\"viewport\" content=\"width=device-width\">"
        "<title>relata driver conformance</title>\n<style>{}</style></head><body>\n"
        "<h1>Driver conformance</h1>\n<p>{} runs · {} checks · "
        "<b class=\"passed\">✓ {} passed</b> · <b class=\"declared\">– {} declared</b> · "
        "<b class=\"failed\">✗ {} failed</b> · ∅ {} cannot apply. "
        "A declared case names the capability that the driver says it lacks.</p>\n"
        "<label><input type=\"checkbox\" id=\"odd\"> hide cases that passed everywhere"
        "</label>\n",
        style_sheet, columns.size(), t.checks, t.passed, t.declared, t.failed, t.not_applicable);
    write_matrix(to, columns);
    write_failures(to, columns);
    return page + "</body></html>\n";
}

}  // namespace relata::conformance
