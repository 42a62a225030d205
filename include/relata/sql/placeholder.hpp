// SPDX-License-Identifier: BSL-1.0
/// \file
/// Values that are given at each run of a prepared query: `placeholder<"id", std::int64_t>`.
#pragma once

#include <relata/sql/select.hpp>

namespace relata {

/// A value of type T to be given later. Only for queries that go through `prepare`.
template <fixed_string Name, class T>
inline constexpr auto placeholder = [] {
    constexpr bool storable = kind_of<T> != kind::none && !detail::is_optional<T>;
    static_assert(storable, "relata: a placeholder has a type that relata can store, not an optional one");
    expr<sql::named_<T, Name>, T, 1> e;
    e.p[0] = detail::null_param(type_of<T>);
    return e;
}();

/// A value for a placeholder: `"id"_p = 7`.
template <fixed_string Name, class B> struct named_argument {
    B const& value;
};
template <fixed_string Name> struct argument_name {
    template <class B> constexpr named_argument<Name, B> operator=(B const& value) const { return {value}; }
};

inline namespace literals {
/// Names a placeholder's value.
template <fixed_string Name> constexpr argument_name<Name> operator""_p() { return {}; }
}  // namespace literals

namespace detail {

struct found_placeholder {
    int index = -1;
    type_info const* type = nullptr;
};

// The param that a placeholder fills: values are numbered in the order of a walk a before b.
constexpr found_placeholder find_placeholder(sql::node const* e, char const* name, int base = 0) {
    if (!e || e->params == 0) return {};
    if (e->kind == op::named && sql::same_text(e->text, name)) return {base, e->type};
    if (auto found = find_placeholder(e->a, name, base); found.index >= 0) return found;
    return find_placeholder(e->b, name, base + (e->a ? e->a->params : 0));
}
constexpr unsigned count_placeholders(sql::node const* e) {
    if (!e || e->params == 0) return 0;
    return (e->kind == op::named ? 1u : 0u) + count_placeholders(e->a) + count_placeholders(e->b);
}

}  // namespace detail
}  // namespace relata
