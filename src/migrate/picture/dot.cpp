// SPDX-License-Identifier: BSL-1.0

#include "migrate/picture/parts.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace relata::migrate {

namespace {

using namespace picture;

constexpr std::size_t longest_type = 30;

constexpr char const* head = R"(digraph schema {
    graph [rankdir=RL, pack=24, packmode="graph", nodesep=0.35, ranksep=1.1, splines=true,
        bgcolor="#ffffff", pad=0.3, fontname="Helvetica,Arial,sans-serif"];
    node [shape=plain, fontname="Helvetica,Arial,sans-serif", fontsize=11, fontcolor="#1c2024"];
    edge [dir=both, color="#7a8794", penwidth=1.1, arrowsize=0.8];
)";

// The text, or its beginning and an ellipsis; never half of a character.
std::string shortened(std::string const& text) {
    if (text.size() <= longest_type) return text;
    auto end = longest_type - 1;
    while (end > 0 && (text[end] & '\xC0') == '\x80') --end;
    return text.substr(0, end) + "\xE2\x80\xA6";
}

std::string cell(std::string const& attributes, std::string const& content) {
    return "<td align=\"left\"" + attributes + ">" + content + "</td>";
}

std::string marks_of(column_role const& role) {
    std::string out;
    if (role.primary) out = "PK";
    if (role.refers) (out += out.empty() ? "" : " ") += "FK";
    if (role.unique && !role.primary) (out += out.empty() ? "" : " ") += "UK";
    if (out.empty()) return " ";
    return "<font color=\"#9a6700\" point-size=\"8\"><b>" + out + "</b></font>";
}

std::string label_row(catalog::table const& t, catalog::column const& c, bool shaded) {
    auto const role = role_of(t, c.name);
    auto const ground = shaded ? " bgcolor=\"#f4f6f8\"" : std::string();
    auto const name = role.primary ? "<b>" + escaped(c.name) + "</b>" : escaped(c.name);
    auto const type = escaped(shortened(c.type)) + (c.nullable ? " <i>null</i>" : "");
    return "<tr>" + cell(ground, marks_of(role)) + cell(ground, name) +
           cell(ground, type.empty() ? " " : "<font color=\"#68737d\">" + type + "</font>") +
           "</tr>";
}

// Columns are ports, so that a line ends at the column that it means.
std::string label(catalog::table const& t, std::vector<catalog::column const*> const& columns) {
    std::string out = "<<table border=\"1\" color=\"#b6c0ca\" cellborder=\"0\" cellspacing=\"0\" "
                      "cellpadding=\"4\" bgcolor=\"#ffffff\">\n";
    out += "      <tr><td colspan=\"3\" align=\"left\" bgcolor=\"#2b5a86\" port=\"head\"><font "
           "color=\"#ffffff\" point-size=\"12\"><b>" +
           escaped(full_name(t.name)) + "</b></font></td></tr>\n";
    for (std::size_t i = 0; i < columns.size(); ++i) {
        auto text = label_row(t, *columns[i], i % 2 == 1);
        text.insert(text.find("<td") + 3, " port=\"l" + std::to_string(i) + "\"");
        text.insert(text.rfind("<td") + 3, " port=\"r" + std::to_string(i) + "\"");
        out += "      " + text + "\n";
    }
    auto const hidden = t.columns.size() - columns.size();
    if (hidden > 0 && !columns.empty())
        out += "      <tr><td colspan=\"3\" align=\"left\"><font color=\"#98a2ac\" "
               "point-size=\"9\">and " +
               std::to_string(hidden) + " more</font></td></tr>\n";
    return out + "    </table>>";
}

class diagram {
public:
    diagram(catalog::schema const& from, viewpoint const& shown)
        : engine_(from.engine), shown_(shown), tables_(tables_in(from, shown)) {
        for (auto const* t : tables_) numbers_.emplace(t, numbers_.size());
    }

    std::string text() {
        out_ = head;
        for (auto const* t : tables_)
            out_ +=
                "    " + node(*t) + " [label=" + label(*t, columns_of(*t, shown_.columns)) + "];\n";
        for (auto const* t : tables_)
            for (auto const& r : t->references)
                if (auto const* other = target_of(r, tables_, engine_)) edge(*t, r, *other);
        place_lonely();
        return std::move(out_) + "}\n";
    }

private:
    std::string node(catalog::table const& t) const {
        return "t" + std::to_string(numbers_.at(&t));
    }

    // Where a line ends: at the first column, on the side that looks to the other table.
    std::string end_at(catalog::table const& t, std::string const& column, char side) const {
        auto const columns = columns_of(t, shown_.columns);
        auto const at = std::find_if(columns.begin(), columns.end(),
                                     [&](auto const* c) { return c->name == column; });
        if (at == columns.end()) return node(t) + ":head";
        return node(t) + ":" + side + std::to_string(at - columns.begin());
    }

    void edge(catalog::table const& t, catalog::reference const& r, catalog::table const& other) {
        linked_.insert({&t, &other});
        // a line to itself goes round the left side, where room is kept for it
        bool const self = &t == &other;
        auto const to = r.other_columns.empty() ? std::string() : r.other_columns[0];
        out_ += "    " + end_at(t, r.columns[0], 'l') + ":w -> " +
                end_at(other, to, self ? 'l' : 'r') + (self ? ":w" : ":e") +
                " [arrowtail=" + (are_unique(t, r.columns) ? "teeodot" : "crowodot") +
                ", arrowhead=" + (may_be_null(t, r.columns) ? "teeodot" : "teetee") +
                ", tooltip=\"" +
                escaped_for_quotes(full_name(t.name) + " (" + joined(r.columns) + ")") + "\"];\n";
    }

    static std::string escaped_for_quotes(std::string const& text) {
        std::string out;
        for (char const c : escaped(text)) out += c == '\\' ? "\\\\" : std::string(1, c);
        return out;
    }

    // Tables without a line would stand in one endless row: chains that nobody sees make a square.
    void place_lonely() {
        std::vector<catalog::table const*> lonely;
        for (auto const* t : tables_)
            if (!linked_.contains(t)) lonely.push_back(t);
        auto const height =
            static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(lonely.size()))));
        for (std::size_t i = 1; i < lonely.size(); ++i)
            if (i % height != 0)
                out_ +=
                    "    " + node(*lonely[i]) + " -> " + node(*lonely[i - 1]) + " [style=invis];\n";
    }

    catalog::engine engine_;
    viewpoint const& shown_;
    std::vector<catalog::table const*> tables_;
    std::map<catalog::table const*, std::size_t> numbers_;
    std::set<catalog::table const*> linked_;
    std::string out_;
};

}  // namespace

std::string draw_dot(catalog::schema const& from, viewpoint const& shown) {
    return diagram(from, shown).text();
}

}  // namespace relata::migrate
