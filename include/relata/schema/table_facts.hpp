// SPDX-License-Identifier: BSL-1.0
/// \file
/// The facts of a table's description while compiling, without the type of its struct: what `describe<T>(…)`
/// collects is compiled once for all tables with the same room.
#pragma once

#include <relata/schema/table_data.hpp>

#include <initializer_list>

namespace relata::schema {

/// A description with room for more facts.
template <unsigned Capacity> struct table_facts {
    static constexpr unsigned capacity = Capacity;

    char const* table_name;
    bool verbatim;  ///< names are taken as they are
    unsigned item_count = 0;
    unsigned param_count = 0;
    item items[capacity] = {};
    param params[capacity] = {};

    constexpr table_facts(char const* name, bool any_names)
        : table_name(name), verbatim(any_names) {}

    /// A further fact about these columns.
    constexpr item& add(item_kind kind, std::initializer_list<column_path> columns) {
        if (item_count == capacity)
            throw "relata: more facts than a description holds: write describe<T, 100>(…)";
        auto& item = items[item_count++];
        item.kind = kind;
        for (column_path const column : columns) item.columns[item.column_count++] = column;
        return item;
    }
    /// A further value that a check or a default uses.
    constexpr void add_param(param const& value) {
        if (param_count == capacity)
            throw "relata: more values in checks and defaults than a description holds: write "
                  "describe<T, 100>(…)";
        params[param_count++] = value;
    }
    /// The name of the last fact, which is a key, index, reference or check.
    constexpr void name_last(char const* name) {
        if (item_count == 0 || items[item_count - 1].kind > item_kind::check)
            throw "relata: named() comes after a key, unique, index, reference or check";
        items[item_count - 1].name = name;
        items[item_count - 1].named = true;
    }
};

/// Which fact is the primary key; item_count where there is none. No pointer, which g++ does not compare in
/// constants when it sanitizes.
template <unsigned N> constexpr unsigned key_index(table_facts<N> const& facts) {
    unsigned i = 0;
    while (i < facts.item_count && facts.items[i].kind != item_kind::key) ++i;
    return i;
}
template <unsigned N> constexpr unsigned key_columns(table_facts<N> const& facts) {
    auto const i = key_index(facts);
    return i < facts.item_count ? facts.items[i].column_count : 0;
}
template <unsigned N> constexpr bool key_is_generated(table_facts<N> const& facts) {
    auto const i = key_index(facts);
    return i < facts.item_count && facts.items[i].generated;
}
/// The path of a column of the primary key.
template <unsigned N> constexpr column_path key_path(table_facts<N> const& facts, unsigned column) {
    auto const i = key_index(facts);
    return i < facts.item_count ? facts.items[i].columns[column] : 0;
}

/// How many declared references lead from one table to the other.
template <unsigned N>
constexpr unsigned references_to(table_facts<N> const& facts, std::uint64_t other) {
    unsigned n = 0;
    for (unsigned i = 0; i < facts.item_count; ++i)
        if (facts.items[i].kind == item_kind::reference && facts.items[i].other_id == other) ++n;
    return n;
}

/// Whether an insert may leave the column out: generated, defaulted, ignored.
template <unsigned N> constexpr bool has_own_value(table_facts<N> const& facts, column_path path) {
    for (unsigned i = 0; i < facts.item_count; ++i) {
        auto const& item = facts.items[i];
        bool const fills = item.kind == item_kind::default_value ||
                           item.kind == item_kind::default_now || item.kind == item_kind::ignore ||
                           (item.kind == item_kind::key && item.generated);
        if (!fills) continue;
        for (unsigned c = 0; c < item.column_count; ++c)
            if (item.columns[c] == path) return true;
    }
    return false;
}

}  // namespace relata::schema
