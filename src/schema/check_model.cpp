// SPDX-License-Identifier: BSL-1.0
//
// What a table may be so that every back end can keep it.

#include "schema/builder.hpp"

#include "schema/names.hpp"

#include <relata/core/error.hpp>

#include <algorithm>

namespace relata::schema {
namespace {

constexpr std::uint32_t largest_key = 3072;  // bytes: InnoDB's limit, the smallest of all

[[noreturn]] void refuse(table const& t, std::string const& what) {
    fail(error_kind::invalid_schema, "table " + t.name + ": " + what);
}

bool is_text(kind k) { return k == kind::text || k == kind::bounded_text; }

bool can_be_generated(kind k) {
    switch (k) {
    case kind::int8:
    case kind::int16:
    case kind::int32:
    case kind::int64:
    case kind::uint8:
    case kind::uint16:
    case kind::uint32: return true;
    default: return false;
    }
}

void check_names(table const& t) {
    bool const verbatim = t.data && t.data->verbatim;
    std::string const rule = verbatim ? " is empty, has a NUL or is longer than 63 bytes"
                                      : " is not lower_snake ([a-z][a-z0-9_]*, at most 63 bytes)";
    auto const valid = [&](std::string_view name) {
        if (!verbatim) return valid_name(name);
        return !name.empty() && name.size() <= longest_name && name.find('\0') == name.npos;
    };
    if (!valid(t.name)) refuse(t, "its name" + rule);
    std::vector<std::string_view> seen;
    for (auto const& c : t.columns) {
        if (!valid(c.name))
            refuse(t, "column name " + c.name + rule + "; rename the column or the member");
        if (std::find(seen.begin(), seen.end(), c.name) != seen.end())
            refuse(t, "two columns are called " + c.name);
        seen.push_back(c.name);
    }
    seen.clear();
    auto const add = [&](std::string const& name) {
        if (name.empty()) return;
        if (!valid(name)) refuse(t, "constraint name " + name + rule);
        if (std::find(seen.begin(), seen.end(), name) != seen.end())
            refuse(t, "two constraints or indexes are called " + name);
        seen.push_back(name);
    };
    add(t.primary.name);
    for (auto const& k : t.uniques) add(k.name);
    for (auto const& k : t.indexes) add(k.name);
    for (auto const& r : t.references) add(r.name);
    for (auto const& c : t.checks) add(c.name);
}

void check_key(table const& t, key const& k) {
    std::uint32_t bytes = 0;
    for (auto const i : k.columns) {
        auto const& c = t.columns[i];
        if (c.stored().kind == kind::json) refuse(t, "column " + c.name + " is JSON, so no key");
        bytes += c.stored().kind == kind::bytes ? 255 : std::max(4 * c.text_bound(), 8U);
        if (std::count(k.columns.begin(), k.columns.end(), i) > 1)
            refuse(t, "column " + c.name + " occurs twice in " + k.name);
    }
    if (bytes > largest_key)
        refuse(t, k.name + " can be longer than 3072 bytes, which MySQL cannot index");
}

void check_primary(table const& t) {
    for (auto const i : t.primary.columns) {
        auto const& c = t.columns[i];
        if (c.type->nullable) refuse(t, "key column " + c.name + " is optional");
        if (c.ascii_ci) refuse(t, "key column " + c.name + " ignores case; make it unique instead");
        if (c.generated && !can_be_generated(c.type->kind))
            refuse(t, "generated key " + c.name + " is not an integer of at most 63 bits");
    }
}

void check_column(table const& t, column const& c) {
    auto const k = c.stored().kind;
    if (c.ascii_ci && !is_text(k)) refuse(t, "column " + c.name + " is not text: no collation");
    if (c.default_now && k != kind::instant && k != kind::timestamp && k != kind::date)
        refuse(t, "column " + c.name + " is not a point in time: it cannot default to now");
    if (c.generated && (c.default_now || c.default_value))
        refuse(t, "generated key " + c.name + " has a default");
    if (c.default_value && c.default_value->kind == kind::none && !c.type->nullable)
        refuse(t, "column " + c.name + " is not optional: its default cannot be NULL");
}

}  // namespace

void check_model(table const& t) {
    if (t.columns.empty()) refuse(t, "it has no columns");
    if (t.columns.size() > 1000) refuse(t, "it has more than 1000 columns");
    check_names(t);
    check_primary(t);
    if (!t.primary.columns.empty()) check_key(t, t.primary);
    for (auto const& k : t.uniques) check_key(t, k);
    for (auto const& k : t.indexes) check_key(t, k);
    for (auto const& c : t.columns) check_column(t, c);
}

}  // namespace relata::schema
