// SPDX-License-Identifier: BSL-1.0

#include "migrate/sqlite/read_text.hpp"
#include "migrate/sqlite/tokens.hpp"

#include <algorithm>

namespace relata::migrate::sqlite {

namespace {

namespace catalog = schema::catalog;

// ON CONFLICT <what>, if it is there and not the usual ABORT.
std::string conflict(reader& from) {
    if (!from.take("on", "conflict")) return {};
    auto word = from.name();
    std::transform(word.begin(), word.end(), word.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    return word == "ABORT" ? std::string() : word;
}

void add_option(std::vector<catalog::option>& to, std::string name, std::string value) {
    catalog::option option{std::move(name), std::move(value)};
    auto const at = std::lower_bound(to.begin(), to.end(), option,
                                     [](auto const& a, auto const& b) { return a.name < b.name; });
    to.insert(at, std::move(option));
}

void add_conflict(std::vector<catalog::option>& to, std::string const& name, reader& from) {
    if (auto what = conflict(from); !what.empty()) add_option(to, name, std::move(what));
}

catalog::action read_action(reader& from) {
    if (from.take("cascade")) return catalog::action::cascade;
    if (from.take("restrict")) return catalog::action::restrict;
    if (from.take("no", "action")) return catalog::action::no_action;
    if (from.take("set", "null")) return catalog::action::set_null;
    if (from.take("set", "default")) return catalog::action::set_default;
    from.refuse();
}

std::vector<std::string> names_in_parentheses(reader& from) {
    std::vector<std::string> names;
    from.expect("(");
    do names.push_back(from.name());
    while (from.take(","));
    from.expect(")");
    return names;
}

void read_deferrable(reader& from, catalog::reference& to) {
    bool const never = from.take("not", "deferrable");
    if (!never && !from.take("deferrable")) return;
    bool deferred = false;
    if (from.take("initially")) {
        deferred = from.take("deferred");
        if (!deferred) from.expect("immediate");
    }
    if (!never) add_option(to.options, "deferrable", deferred ? "initially deferred" : "");
}

// What comes after REFERENCES.
catalog::reference read_reference(reader& from, std::string name,
                                  std::vector<std::string> columns) {
    catalog::reference to;
    to.name = std::move(name);
    to.columns = std::move(columns);
    to.other.name = from.name();
    if (from.at("(")) to.other_columns = names_in_parentheses(from);
    for (;;) {
        if (from.take("on", "delete")) to.deleted = read_action(from);
        else if (from.take("on", "update")) to.updated = read_action(from);
        else if (from.take("match")) add_option(to.options, "match", from.name());
        else break;
    }
    read_deferrable(from, to);
    return to;
}

// The default after DEFAULT: a literal, a word, or an expression without its parentheses.
std::string read_default(reader& from) {
    if (from.at("(")) return from.in_parentheses();
    if (from.at("-") || from.at("+")) {
        std::string const sign(from.any().text);
        return sign + std::string(from.any().text);
    }
    return std::string(from.any().text);
}

bool at_constraint(reader const& from) {
    for (auto const* word : {"constraint", "primary", "not", "null", "unique", "check", "default",
                             "collate", "references", "generated", "as", "deferrable", ",", ")"})
        if (from.at(word)) return true;
    return from.done();
}

std::string read_type(reader& from) {
    std::vector<token> type;
    while (!at_constraint(from)) {
        if (!from.at("(")) {
            type.push_back(from.any());
            continue;
        }
        while (!from.at(")")) type.push_back(from.any());
        type.push_back(from.any());
    }
    return joined(type);
}

void read_column_primary(reader& from, catalog::table& t, std::string name) {
    auto& column = t.columns.back();
    auto& key = t.primary.emplace();
    key.name = std::move(name);
    key.parts.emplace_back().column = column.name;
    if (!from.take("asc")) key.parts.back().descending = from.take("desc");
    add_conflict(key.options, "on conflict", from);
    if (from.take("autoincrement")) column.identity = catalog::identity::auto_increment;
}

void read_generated(reader& from, catalog::column& column) {
    column.expression = from.in_parentheses();
    column.computed = from.take("stored") ? catalog::computed::stored : catalog::computed::on_read;
    (void)from.take("virtual");
}

void read_unique_column(reader& from, catalog::table& t, std::string name) {
    auto& key = t.uniques.emplace_back();
    key.name = std::move(name);
    key.parts.emplace_back().column = t.columns.back().name;
    add_conflict(key.options, "on conflict", from);
}

void read_check(reader& from, catalog::table& t, std::string name) {
    auto& check = t.checks.emplace_back();
    check.name = std::move(name);
    check.condition = from.in_parentheses();
    (void)conflict(from);  // SQLite takes it here and does nothing with it
}

// One constraint of the last column.
void read_column_constraint(reader& from, catalog::table& t, std::string name) {
    auto& column = t.columns.back();
    if (from.take("primary", "key")) return read_column_primary(from, t, std::move(name));
    if (from.take("unique")) return read_unique_column(from, t, std::move(name));
    if (from.take("check")) return read_check(from, t, std::move(name));
    if (from.take("references")) {
        t.references.push_back(read_reference(from, std::move(name), {column.name}));
    } else if (from.take("not", "null")) {
        column.nullable = false;
        if (!name.empty()) add_option(column.options, "not null name", std::move(name));
        add_conflict(column.options, "not null on conflict", from);
    } else if (from.take("null")) {
        (void)conflict(from);
    } else if (from.take("default")) {
        column.default_value = read_default(from);
    } else if (from.take("collate")) {
        column.collation = from.name();
    } else if (from.take("generated", "always")) {
        from.expect("as");
        read_generated(from, column);
    } else if (from.take("as")) {
        read_generated(from, column);
    } else if ((from.at("not") || from.at("deferrable")) && !t.references.empty()) {
        read_deferrable(from, t.references.back());
    } else {
        from.refuse();
    }
}

// (a COLLATE x DESC, …) of a key; AUTOINCREMENT may stand in it.
void read_key_parts(reader& from, catalog::table& t, catalog::key& key) {
    from.expect("(");
    do {
        auto& part = key.parts.emplace_back();
        part.column = from.name();
        if (from.take("collate")) add_option(part.options, "collate", from.name());
        if (!from.take("asc")) part.descending = from.take("desc");
        if (from.take("autoincrement"))
            for (auto& column : t.columns)
                if (same_name(column.name, part.column))
                    column.identity = catalog::identity::auto_increment;
    } while (from.take(","));
    from.expect(")");
    add_conflict(key.options, "on conflict", from);
}

}  // namespace

void read_column(reader& from, catalog::table& to) {
    auto& column = to.columns.emplace_back();
    column.name = from.name();
    column.type = read_type(from);
    while (!from.at(",") && !from.at(")") && !from.done()) {
        std::string name;
        while (from.take("constraint")) name = from.name();
        if (from.at(",") || from.at(")")) break;
        read_column_constraint(from, to, std::move(name));
    }
}

void read_table_constraint(reader& from, catalog::table& to) {
    std::string name;
    while (from.take("constraint")) name = from.name();
    if (from.take("primary", "key")) {
        to.primary.emplace().name = std::move(name);
        read_key_parts(from, to, *to.primary);
    } else if (from.take("unique")) {
        auto& key = to.uniques.emplace_back();
        key.name = std::move(name);
        read_key_parts(from, to, key);
    } else if (from.take("check")) {
        read_check(from, to, std::move(name));
    } else if (from.take("foreign", "key")) {
        auto columns = names_in_parentheses(from);
        from.expect("references");
        to.references.push_back(read_reference(from, std::move(name), std::move(columns)));
    } else {
        from.refuse();
    }
}

}  // namespace relata::migrate::sqlite
