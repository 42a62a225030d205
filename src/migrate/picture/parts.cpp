// SPDX-License-Identifier: BSL-1.0

#include "migrate/picture/parts.hpp"

#include "migrate/diff_rules.hpp"

#include <algorithm>

namespace relata::migrate::picture {

namespace {

bool has(std::vector<catalog::part> const& parts, std::string const& column) {
    return std::any_of(parts.begin(), parts.end(),
                       [&](auto const& part) { return part.column == column; });
}

// Whether values of these columns decide those of the key.
bool within(std::vector<catalog::part> const& parts, std::vector<std::string> const& columns) {
    return std::all_of(parts.begin(), parts.end(), [&](auto const& part) {
        return std::find(columns.begin(), columns.end(), part.column) != columns.end();
    });
}

bool is_whole(catalog::index const& i) { return i.unique && i.where.empty(); }

}  // namespace

std::string full_name(catalog::object_name const& name) {
    return name.space.empty() ? name.name : name.space + "." + name.name;
}

column_role role_of(catalog::table const& t, std::string const& column) {
    column_role role;
    role.primary = t.primary && has(t.primary->parts, column);
    auto const add = [&](std::vector<catalog::part> const& parts) {
        if (!has(parts, column)) return;
        role.in_unique = true;
        if (parts.size() == 1) role.unique = true;
    };
    for (auto const& key : t.uniques) add(key.parts);
    for (auto const& index : t.indexes)
        if (is_whole(index)) add(index.parts);
    for (auto const& r : t.references)
        if (std::find(r.columns.begin(), r.columns.end(), column) != r.columns.end())
            role.refers = true;
    return role;
}

bool are_unique(catalog::table const& t, std::vector<std::string> const& columns) {
    if (t.primary && within(t.primary->parts, columns)) return true;
    return std::any_of(t.uniques.begin(), t.uniques.end(),
                       [&](auto const& key) { return within(key.parts, columns); }) ||
           std::any_of(t.indexes.begin(), t.indexes.end(), [&](auto const& index) {
               return is_whole(index) && within(index.parts, columns);
           });
}

bool may_be_null(catalog::table const& t, std::vector<std::string> const& columns) {
    return std::any_of(t.columns.begin(), t.columns.end(), [&](auto const& c) {
        return c.nullable && std::find(columns.begin(), columns.end(), c.name) != columns.end();
    });
}

std::vector<catalog::column const*> columns_of(catalog::table const& t, shown_columns shown) {
    std::vector<catalog::column const*> out;
    if (shown == shown_columns::none) return out;
    for (auto const& c : t.columns)
        if (shown == shown_columns::all || role_of(t, c.name).any()) out.push_back(&c);
    return out;
}

catalog::table const* target_of(catalog::reference const& r,
                                std::vector<catalog::table const*> const& among,
                                catalog::engine engine) {
    engine_equality const by(engine);
    auto const at = std::find_if(among.begin(), among.end(),
                                 [&](auto const* t) { return by.names(t->name, r.other); });
    return at == among.end() ? nullptr : *at;
}

std::string joined(std::vector<std::string> const& names) {
    std::string out;
    for (auto const& name : names) (out += out.empty() ? "" : ", ") += name;
    return out;
}

std::string joined(std::vector<catalog::part> const& parts) {
    std::string out;
    for (auto const& part : parts) {
        if (!out.empty()) out += ", ";
        out += part.column.empty() ? "(" + part.expression + ")" : part.column;
        if (part.descending) out += " desc";
    }
    return out;
}

std::string escaped(std::string_view text) {
    std::string out;
    for (char const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        if (c == '&') out += "&amp;";
        else if (c == '<') out += "&lt;";
        else if (c == '>') out += "&gt;";
        else if (c == '"') out += "&quot;";
        else if (c == '\'') out += "&#39;";
        else if ((byte < 32 && c != '\n' && c != '\t') || byte == 127) out += "\xEF\xBF\xBD";
        else out += c;
    }
    return out;
}

}  // namespace relata::migrate::picture
