// SPDX-License-Identifier: BSL-1.0
// RL-X: keys and indexes, on any engine.

#include "migrate/lint/rule.hpp"

#include <algorithm>

namespace relata::migrate::lints {

namespace {

// The lists of columns that an index helps to find, with the name of the index.
struct listed {
    std::string name;
    std::vector<std::string> columns;
    bool unique = false;
    bool plain = true;  ///< no condition, expression or other order
};

listed from_parts(std::string name, std::vector<catalog::part> const& parts, bool unique) {
    listed out{std::move(name), columns_of(parts), unique, true};
    for (auto const& part : parts)
        if (part.column.empty() || part.descending || !part.options.empty()) out.plain = false;
    return out;
}

std::vector<listed> indexes_of(catalog::table const& t) {
    std::vector<listed> all;
    if (t.primary) all.push_back(from_parts(t.primary->name, t.primary->parts, true));
    for (auto const& k : t.uniques) all.push_back(from_parts(k.name, k.parts, true));
    for (auto const& i : t.indexes) {
        all.push_back(from_parts(i.name, i.parts, i.unique));
        if (!i.where.empty() || !i.include.empty() || !i.method.empty()) all.back().plain = false;
    }
    return all;
}

bool begins_with(std::vector<std::string> const& longer, std::vector<std::string> const& part) {
    return !part.empty() && part.size() <= longer.size() &&
           std::equal(part.begin(), part.end(), longer.begin());
}

// The columns of a reference in any order, at the beginning of an index.
bool helps(listed const& index, catalog::reference const& r) {
    if (index.columns.size() < r.columns.size()) return false;
    return std::is_permutation(r.columns.begin(), r.columns.end(), index.columns.begin());
}

void references_without_index(subject const& at) {
    if (at.on_mysql()) return;  // makes one itself
    auto const look = [&](catalog::table const& t, catalog::reference const& r) {
        auto const all = indexes_of(t);
        if (std::any_of(all.begin(), all.end(), [&](auto const& i) { return helps(i, r); })) return;
        at.report(text_of(t, r.columns[0]),
                  "each DELETE in " + r.other.name + " looks at all rows of this table",
                  "CREATE INDEX " + at.quoted(t.name.name + '_' + r.columns[0]) + " ON " +
                      at.quoted(t.name) + " (" + at.list(r.columns) + ");\n");
    };
    for (auto const& t : at.changes.created)
        for (auto const& r : t.references) look(t, r);
    for (auto const& t : at.changes.altered)
        for (auto const& c : t.references)
            if (c.after) look(t.after, *c.after);
}

void useless_indexes(subject const& at) {
    auto const look = [&](catalog::table const& t, catalog::index const& index) {
        auto const one = from_parts(index.name, index.parts, index.unique);
        if (!one.plain || index.unique || !index.where.empty() || !index.include.empty() ||
            !index.method.empty())
            return;
        for (auto const& other : indexes_of(t)) {
            if (other.name == one.name || !other.plain || !begins_with(other.columns, one.columns))
                continue;
            if (other.columns == one.columns && !other.unique && other.name > one.name) continue;
            auto name = t.name;
            name.name = index.name;
            at.report(text_of(t),
                      "the index " + index.name + " finds nothing that " +
                          (other.name.empty() ? "the key" : other.name) + " does not",
                      "DROP INDEX " +
                          (at.on_mysql() ? at.quoted(index.name) + " ON " + at.quoted(t.name)
                                         : at.quoted(name)) +
                          ";\n");
            return;
        }
    };
    for (auto const& t : at.changes.created)
        for (auto const& i : t.indexes) look(t, i);
    for (auto const& t : at.changes.altered)
        for (auto const& c : t.indexes)
            if (c.after) look(t.after, *c.after);
}

}  // namespace

void add_key_rules(std::vector<rule>& to) {
    using enum severity;
    std::string const orders =
        "CREATE TABLE orders (id INTEGER NOT NULL PRIMARY KEY, customer_id INTEGER, "
        "FOREIGN KEY (customer_id) REFERENCES customers (id));\n";
    to.push_back(
        {{"RL-X01",
          warning,
          {engine::sqlite, engine::postgresql},
          true,
          "a foreign key without an index",
          "Each DELETE or change of a key in the other table looks at all rows of this one, and on "
          "PostgreSQL locks wait meanwhile. MySQL and MariaDB make such an index themselves.",
          {{{engine::sqlite, engine::postgresql},
            "CREATE TABLE customers (id INTEGER NOT NULL PRIMARY KEY);\n",
            orders,
            orders + "CREATE INDEX orders_customer_id ON orders (customer_id);\n"}}},
         references_without_index});
    to.push_back(
        {{"RL-X02",
          warning,
          on_all,
          true,
          "an index that another one replaces",
          "Its columns are the first ones of another index or key, which finds the same rows. It "
          "costs room and time at each change of a row.",
          {{on_all, "CREATE TABLE users (id INTEGER NOT NULL PRIMARY KEY, a INTEGER, b INTEGER);\n",
            "CREATE INDEX users_a ON users (a);\nCREATE INDEX users_a_b ON users (a, b);\n",
            "CREATE INDEX users_a_b ON users (a, b);\n"}}},
         useless_indexes});
}

}  // namespace relata::migrate::lints
