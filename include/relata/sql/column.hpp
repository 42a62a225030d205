// SPDX-License-Identifier: BSL-1.0
/// \file
/// `col<&album::title>`: a member of a struct as a column of a query.
#pragma once

#include <relata/sql/expression.hpp>

namespace relata {

/// `column = value`, for insert and update.
template <class S, unsigned N> struct assignment {
    using assignment_shape = S;
    static constexpr unsigned param_count = N;
    param p[N ? N : 1];
    [[nodiscard]] constexpr param const* values() const { return p; }
};

namespace detail {

template <class S, class V, class B> constexpr auto assign(B const& b) {
    if constexpr (expression<B>) {
        constexpr bool same_family =
            can_compare<V, value_of<B>>() || (family<plain_t<V>> == value_family::json &&
                                              std::is_same_v<plain_t<V>, plain_t<value_of<B>>>);
        static_assert(same_family, "relata: assigns an expression of another type [RL-C02]");
        constexpr bool keeps_null_out = is_optional<V> || !is_optional<value_of<B>>;
        static_assert(keeps_null_out,
                      "relata: assigns an expression that can be NULL to a column that cannot; "
                      "use coalesce() [RL-C04]");
        assignment<sql::op_<sql::op::assign, S, shape_of<B>>, B::param_count> r{};
        put(r.p, b.values(), B::param_count);
        return r;
    } else {
        using given = plain_t<B>;
        constexpr bool null_allowed =
            is_optional<V> || (!is_optional<B> && !std::is_same_v<B, std::nullopt_t>);
        static_assert(
            null_allowed,
            "relata: assigns a value that may be missing to a column that cannot be NULL [RL-C04]");
        if constexpr (std::is_same_v<B, std::nullopt_t>) {
            assignment<sql::op_<sql::op::assign, S, sql::value_<plain_t<V>>>, 1> r{};
            r.p[0] = null_param(type_of<plain_t<V>>);
            return r;
        } else {
            constexpr bool same_family = can_bind<plain_t<V>, given>();
            static_assert(same_family,
                          "relata: assigns a value of another type than the column's [RL-C02]");
            using W = bound_t<plain_t<V>, given>;
            assignment<sql::op_<sql::op::assign, S, sql::value_<W>>, 1> r{};
            r.p[0] = as_optional_param<W>(b);
            return r;
        }
    }
}

}  // namespace detail

/// A column of a table, named by its member. `Member` may be a `nested<…>` into an embedded struct.
template <auto Member>
struct column : expr<sql::column_<Member>, typename detail::path_traits<Member>::value, 0> {
    using owner = typename detail::path_traits<Member>::owner;
    using value = typename detail::path_traits<Member>::value;

    template <class B> constexpr auto operator=(B const& b) const {
        return detail::assign<sql::column_<Member>, value>(b);
    }
};

/// The same of a table that stands in the query under another name.
template <auto Member, fixed_string Alias>
struct aliased_column
    : expr<sql::aliased_column_<Member, Alias>, typename detail::path_traits<Member>::value, 0> {
    using owner = typename detail::path_traits<Member>::owner;
    using value = typename detail::path_traits<Member>::value;
};

/// A table under another name, for self joins: `join<alias<employee, "boss">>()`.
template <class T, fixed_string Alias> struct alias {};

namespace detail {

template <auto Member, fixed_string Alias> consteval auto make_column() {
    if constexpr (sizeof(Alias.text) == 1) return column<Member>{};
    else return aliased_column<Member, Alias>{};
}

template <class T> struct table_traits {
    using type = T;
    using shape = sql::table_<T>;
};
template <class T, fixed_string Alias> struct table_traits<alias<T, Alias>> {
    using type = T;
    using shape = sql::aliased_table_<T, Alias>;
};
template <class T> using table_shape = typename table_traits<T>::shape;
template <class T> using table_type = typename table_traits<T>::type;

}  // namespace detail

/// The column of a member: `col<&album::title>`, of an alias `col<&employee::id, "boss">`,
/// of an embedded struct `col<nested<&person::work, &address::zip>>`.
template <auto Member, fixed_string Alias = "">
inline constexpr auto col = detail::make_column<Member, Alias>();

}  // namespace relata
