// SPDX-License-Identifier: BSL-1.0

#include "migrate/picture/parts.hpp"
#include "migrate/characters.hpp"

#include <map>

namespace relata::migrate {

namespace {

using namespace picture;

bool letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & '\x80') != 0;
}

// Mermaid's words for types and attributes: letters, digits and a few signs. Others become `_`.
std::string word(std::string_view text, std::string_view further) {
    std::string out;
    for (char const c : text)
        out += letter(c) || is_digit(c) || further.find(c) != further.npos ? c : '_';
    if (out.empty() || !letter(out[0])) out.insert(0, "_");
    return out;
}

// A text in quotes; Mermaid has no way to write a quote in one.
std::string quote_text(std::string_view text) {
    std::string out = "\"";
    for (char const c : text) {
        bool const plain = static_cast<unsigned char>(c) >= 32 && c != '"' && c != '\\' && c != '%';
        out += plain ? c : '_';
    }
    return out += '"';
}

// A name for each table. Two that differ only in what Mermaid cannot have get numbers.
std::map<catalog::table const*, std::string>
entities_of(std::vector<catalog::table const*> const& tables) {
    std::map<catalog::table const*, std::string> names;
    std::map<std::string, int> used;
    for (auto const* t : tables) {
        auto const name = full_name(t->name);
        auto const times = ++used[quote_text(name)];
        names[t] = quote_text(times == 1 ? name : name + "_" + std::to_string(times));
    }
    return names;
}

void add_column(std::string& out, catalog::table const& t, catalog::column const& c) {
    auto const name = word(c.name, "_-");
    out += "        " + word(c.type.empty() ? "any" : c.type, "_-()[]") + " " + name;
    auto const role = role_of(t, c.name);
    std::string keys;
    if (role.primary) keys += " PK";
    if (role.refers) keys += keys.empty() ? " FK" : ", FK";
    if (role.unique && !role.primary) keys += keys.empty() ? " UK" : ", UK";
    out += keys;
    auto comment = name == c.name ? std::string() : c.name;
    if (!c.comment.empty()) (comment += comment.empty() ? "" : ": ") += c.comment;
    if (!comment.empty()) out += " " + quote_text(comment);
    out += "\n";
}

void add_reference(std::string& out, catalog::table const& t, catalog::reference const& r,
                   std::string const& from, std::string const& to) {
    out += "    " + to + (may_be_null(t, r.columns) ? " |o" : " ||") + "--" +
           (are_unique(t, r.columns) ? "o| " : "o{ ") + from + " : " +
           quote_text(joined(r.columns)) + "\n";
}

}  // namespace

std::string draw_mermaid(catalog::schema const& from, viewpoint const& shown) {
    auto const tables = tables_in(from, shown);
    auto const names = entities_of(tables);
    std::string out = "erDiagram\n";
    for (auto const* t : tables) {
        out += "    " + names.at(t);
        auto const columns = columns_of(*t, shown.columns);
        if (!columns.empty()) {
            out += " {\n";
            for (auto const* c : columns) add_column(out, *t, *c);
            out += "    }";
        }
        out += "\n";
    }
    for (auto const* t : tables)
        for (auto const& r : t->references)
            if (auto const* other = target_of(r, tables, from.engine))
                add_reference(out, *t, r, names.at(t), names.at(other));
    return out;
}

}  // namespace relata::migrate
