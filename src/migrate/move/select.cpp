// SPDX-License-Identifier: BSL-1.0
//
// The queries that read the rows of a table.

#include "migrate/move/copy.hpp"

#include <relata/dialect/dialect.hpp>

#include <algorithm>

namespace relata::migrate::moving {

namespace {

std::string expression(connection const& c, column_route const& column, bool source) {
    std::string name;
    c.spelling().append_identifier(name, column.name);
    return source && column.as_text ? "cast(" + name + " as text)" : name;
}

}  // namespace

std::string select_text(connection const& c, table_route const& t, bool source,
                        std::vector<std::size_t> const& only) {
    std::string out;
    for (std::size_t i = 0; i < t.columns.size(); ++i) {
        if (!only.empty() && std::find(only.begin(), only.end(), i) == only.end()) continue;
        out += (out.empty() ? "select " : ", ") + expression(c, t.columns[i], source);
    }
    out += " from ";
    c.spelling().append_identifier(out, t.name);
    return out;
}

std::string order_text(connection const& c, table_route const& t, bool source) {
    std::string out;
    for (auto const i : t.key)
        out += (out.empty() ? " order by " : ", ") + expression(c, t.columns[i], source);
    return out;
}

// Not as a comparison of rows, for which MySQL uses no index.
std::string behind_text(connection const& c, table_route const& t, bool source,
                        std::vector<param> const& key, std::vector<param>& values) {
    std::string out;
    for (std::size_t last = 0; last < t.key.size(); ++last) {
        out += out.empty() ? " where (" : " or (";
        for (std::size_t i = 0; i <= last; ++i) {
            if (i > 0) out += " and ";
            out += expression(c, t.columns[t.key[i]], source) + (i < last ? " = ?" : " > ?");
            values.push_back(key[i]);
        }
        out += ")";
    }
    return out;
}

std::string orphan_text(connection const& c, schema::catalog::table const& t,
                        schema::catalog::reference const& r) {
    auto const named = [&](std::string const& name) {
        std::string out;
        c.spelling().append_identifier(out, name);
        return out;
    };
    std::string match, present;
    for (std::size_t i = 0; i < r.columns.size(); ++i) {
        auto const column = "f." + named(r.columns[i]);
        match += (i > 0 ? " and o." : "o.") + named(r.other_columns[i]) + " = " + column;
        present += column + " is not null and ";
    }
    return "select 1 from " + named(t.name.name) + " f left join " + named(r.other.name) +
           " o on " + match + " where " + present + "o." + named(r.other_columns[0]) +
           " is null limit 1";
}

decoded_key last_key(row_layout const& layout, table_route const& t, std::string const& text) {
    return decoded_key(layout, text.empty() ? std::vector<std::size_t>() : t.key, text);
}

}  // namespace relata::migrate::moving
