// SPDX-License-Identifier: BSL-1.0
//
// What a schema has and its translation has not.

#include "migrate/move/translate.hpp"

#include "migrate/picture/parts.hpp"

#include <algorithm>

namespace relata::migrate::moving {

namespace {

using relata::kind;
using positions = std::vector<std::size_t>;

std::string upper_case(std::string text) {
    for (char& c : text)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
    return text;
}

std::string why_no_table(catalog::table const& t) {
    if (!t.name.space.empty()) return "it lies in a namespace besides public";
    if (!t.partitioning.parent.name.empty()) return "it is a partition";
    if (t.columns.size() > 64) return "it has more than 64 columns";
    return "its name is too long, or no type of its columns has a counterpart";
}

bool has_default(catalog::column const& c) {
    return c.default_value && !upper_case(*c.default_value).starts_with("NULL");
}

// The plain columns of a key, or nothing.
std::optional<positions> columns_of(catalog::engine engine, generate::draft_table const& t,
                                    std::vector<catalog::part> const& parts) {
    std::vector<std::string> names;
    for (auto const& part : parts) {
        if (part.column.empty()) return {};
        names.push_back(part.column);
    }
    return t.find_all(engine, names);
}

bool is_among(std::vector<generate::draft_key> const& keys,
              std::optional<positions> const& wanted) {
    return wanted && std::any_of(keys.begin(), keys.end(),
                                 [&](auto const& k) { return k.columns == *wanted; });
}

std::string label(std::string const& name, std::vector<catalog::part> const& parts) {
    return name.empty() ? "(" + picture::joined(parts) + ")" : name;
}

bool folds_case(catalog::column const& c) {
    auto const collation = upper_case(c.collation);
    return collation.find("_CI") != collation.npos || collation == "NOCASE" || c.type == "citext";
}

}  // namespace

void finder::refuse(std::string name, std::string why) {
    auto const& named = options_.leave_out;
    auto& to =
        std::find(named.begin(), named.end(), name) == named.end() ? out_.refused : out_.left_out;
    to.push_back({std::move(name), std::move(why)});
}

void finder::missing_tables(generate::draft const& all) {
    for (auto const& t : from_.tables) {
        bool const there = std::any_of(all.tables.begin(), all.tables.end(),
                                       [&](auto const& d) { return d.original == &t; });
        if (!there) refuse("table:" + picture::full_name(t.name), why_no_table(t));
    }
}

void finder::missing_parts(generate::draft_table const& t) {
    auto const& name = t.original->name.name;
    columns(t);
    keys(t);
    references(t);
    if (!t.original->partitioning.by.empty())
        refuse("partitioning:" + name, "its rows would lie in one table");
    if (!t.original->comment.empty() && to_ == catalog::engine::sqlite)
        note("comment:" + name, "SQLite keeps no comments");
}

void finder::columns(generate::draft_table const& t) {
    for (auto const& c : t.original->columns) {
        auto const name = t.original->name.name + "." + c.name;
        auto const at = t.find(from_.engine, c.name);
        if (at) values(t, t.columns[*at]);
        else if (c.computed != catalog::computed::none)
            refuse("column:" + name, "the database computes it");
        else refuse("column:" + name, "its type " + c.type + " has no counterpart");
    }
}

void finder::values(generate::draft_table const& t, generate::draft_column const& c) {
    auto const name = t.original->name.name + "." + c.original->name;
    auto const is = c.mapped.type.is;
    bool const is_told = std::any_of(
        options_.columns.begin(), options_.columns.end(), [&](column_meaning const& told) {
            return told.table == t.original->name.name && told.column == c.original->name;
        });
    if (has_default(*c.original) && !c.generated && !c.is_now && !c.value)
        refuse("default:" + name, *c.original->default_value + " cannot be said there");
    if (from_.engine == catalog::engine::sqlite && generate::is_decimal(is) && !is_told)
        refuse("decimal:" + name, "SQLite does not know where its point is; tell its type, as "
                                  "decimal(10,2)");
    if (is == kind::timestamp && from_.engine != catalog::engine::postgresql && !is_told)
        note("column:" + name, "taken as a local time; tell its type if it is an instant");
    if (folds_case(*c.original))
        note("column:" + name, "compares bytes there, also in keys; here letters of any case");
    if (is == kind::text && c.mapped.in_key)
        note("column:" + name, "has at most 255 characters there, because it is in a key");
}

void finder::keys(generate::draft_table const& t) {
    auto const& name = t.original->name.name;
    auto const engine = from_.engine;
    if (t.original->primary && !t.primary)
        refuse("key:" + name, "its primary key has columns that cannot be a key there");
    for (auto const& k : t.original->uniques)
        if (!is_among(t.uniques, columns_of(engine, t, k.parts)))
            refuse("unique:" + name + "." + label(k.name, k.parts), "cannot be a key there");
    for (auto const& i : t.original->indexes) {
        bool const plain = i.where.empty() && i.include.empty() && i.method.empty();
        auto const columns = columns_of(engine, t, i.parts);
        // MySQL makes an index for a reference by itself
        bool const of_reference =
            columns && !i.unique &&
            std::any_of(t.references.begin(), t.references.end(),
                        [&](auto const& r) { return r.from.columns == *columns; });
        if (!of_reference && !(plain && is_among(i.unique ? t.uniques : t.indexes, columns)))
            refuse("index:" + name + "." + label(i.name, i.parts),
                   "only indexes of plain columns are moved");
    }
}

void finder::references(generate::draft_table const& t) {
    for (auto const& r : t.original->references) {
        auto const columns = t.find_all(from_.engine, r.columns);
        bool const there =
            columns && std::any_of(t.references.begin(), t.references.end(), [&](auto const& d) {
                return d.from.columns == *columns && d.to->original->name == r.other;
            });
        auto const label = r.name.empty() ? "(" + picture::joined(r.columns) + ")" : r.name;
        auto const name = "reference:" + t.original->name.name + "." + label;
        if (!there)
            refuse(name, "the table or its key is not there, or the types of both sides differ, or "
                         "it sets a default");
        else if (!r.options.empty()) note(name, "is checked at once there");
    }
}

void finder::other_things() {
    for (auto const& v : from_.views)
        refuse("view:" + picture::full_name(v.name), "its SELECT is not translated");
    for (auto const& d : from_.domains)
        if (!d.checks.empty() || d.default_value)
            refuse("domain:" + picture::full_name(d.name),
                   "its columns get its type, without its checks and default");
    for (auto const& s : from_.sequences)
        if (s.owner.empty())
            refuse("sequence:" + picture::full_name(s.name), "it belongs to no column");
    for (auto const& o : from_.others)
        refuse(o.kind + ":" + picture::full_name(o.name), "it is kept as text of its engine only");
}

}  // namespace relata::migrate::moving
