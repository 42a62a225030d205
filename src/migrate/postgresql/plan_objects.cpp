// SPDX-License-Identifier: BSL-1.0

#include "migrate/postgresql/planning.hpp"

#include <relata/core/error.hpp>

#include <algorithm>

namespace relata::migrate::postgresql {

namespace {

std::string upper(std::string_view text) {
    std::string out;
    for (char const c : text) out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return out;
}

}  // namespace

std::string drop_statement(catalog::thing const& what) {
    auto const& kind = what.kind;
    // The names of these are spelled already.
    if (kind == "function" || kind == "procedure" || kind == "aggregate")
        return "DROP " + upper(kind) + ' ' + quoted_space(what.name.space) + what.name.name;
    if (kind == "cast") return "DROP CAST " + what.name.name;
    if (kind == "extension" || kind == "event trigger")
        return "DROP " + upper(kind) + ' ' + quote_name(what.name.name);
    // Those that belong to what has gone are not there any more.
    if (kind == "sequence") return "DROP SEQUENCE IF EXISTS " + quote_name(what.name);
    if (kind == "table" || kind == "type" || kind == "collation" || kind == "statistics")
        return "DROP " + upper(kind) + ' ' + quote_name(what.name);
    refuse("dropping a " + kind);
}

std::string drop_statement(catalog::opaque const& what) {
    auto const& kind = what.kind;
    if (kind == "trigger" || kind == "rule" || kind == "policy")
        return "DROP " + upper(kind) + ' ' + quote_name(what.name.name) + " ON " +
               quote_name(what.on);
    if (kind == "constraint")
        return "ALTER TABLE " + quote_name(what.on) + " DROP CONSTRAINT " +
               quote_name(what.name.name);
    if (kind == "default")
        return "ALTER VIEW " + quote_name(what.on) + " ALTER COLUMN " + quote_name(what.name.name) +
               " DROP DEFAULT";
    if (kind == "trigger state" || kind == "rule state")
        return "ALTER TABLE " + quote_name(what.on) + " ENABLE " +
               upper(kind.substr(0, kind.find(' '))) + ' ' + quote_name(what.name.name);
    if (kind == "event trigger state")
        return "ALTER EVENT TRIGGER " + quote_name(what.name.name) + " ENABLE";
    if (kind == "comment")
        return what.definition.substr(0, what.definition.find(" IS '")) + " IS NULL";
    return drop_statement(catalog::thing{kind, what.name});
}

void alter_domain(steps& to, catalog::domain const& before, catalog::domain const& after) {
    auto const alter = "ALTER DOMAIN " + quote_name(after.name);
    for (auto const& c : before.checks)
        if (std::find(after.checks.begin(), after.checks.end(), c) == after.checks.end())
            to.push_back({alter + " DROP CONSTRAINT " + quote_name(c.name)});
    if (before.default_value != after.default_value)
        to.push_back({alter + (after.default_value ? " SET DEFAULT " + *after.default_value
                                                   : std::string(" DROP DEFAULT"))});
    if (before.nullable != after.nullable)
        to.push_back({alter + (after.nullable ? " DROP NOT NULL" : " SET NOT NULL")});
    for (auto const& c : after.checks)
        if (std::find(before.checks.begin(), before.checks.end(), c) == before.checks.end())
            to.push_back({alter + " ADD" + check_clause(c)});
}

std::string alter_sequence(catalog::sequence const& after) {
    auto out = "ALTER SEQUENCE " + quote_name(after.name);
    auto const add = [&](char const* option, char const* clause, char const* without) {
        auto const* const value = option_of(after.options, option);
        out.append(" ").append(value ? clause + *value : without);
    };
    add("type", "AS ", "AS bigint");
    add("increment", "INCREMENT BY ", "INCREMENT BY 1");
    add("minimum", "MINVALUE ", "NO MINVALUE");
    add("maximum", "MAXVALUE ", "NO MAXVALUE");
    auto const* const step = option_of(after.options, "increment");
    bool const down = step && step->starts_with('-');
    auto const* const first = option_of(after.options, down ? "maximum" : "minimum");
    auto const usual = "START WITH " + (first ? *first : std::string(down ? "-1" : "1"));
    add("start", "START WITH ", usual.c_str());
    add("cache", "CACHE ", "CACHE 1");
    add("cycle", "CYCLE", "NO CYCLE");
    return out;
}

bool add_labels(steps& to, catalog::enumeration const& before, catalog::enumeration const& after) {
    auto left = before.labels.begin();
    steps added;
    std::string const* previous = nullptr;
    for (auto const& label : after.labels) {
        if (left != before.labels.end() && *left == label) {
            ++left;
        } else {
            auto const place = previous ? " AFTER " + literal(*previous)
                               : before.labels.empty()
                                   ? std::string()
                                   : " BEFORE " + literal(before.labels.front());
            // A new label cannot be used before the transaction that adds it has ended.
            added.push_back(
                {"ALTER TYPE " + quote_name(after.name) + " ADD VALUE " + literal(label) + place,
                 false});
        }
        previous = &label;
    }
    if (left != before.labels.end()) return false;
    to.insert(to.end(), added.begin(), added.end());
    return true;
}

}  // namespace relata::migrate::postgresql
