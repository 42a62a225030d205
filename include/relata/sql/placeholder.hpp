// SPDX-License-Identifier: BSL-1.0
/// \file
/// Values that are given at each run of a prepared query: `placeholder<"id", std::int64_t>`.
#pragma once

#include <relata/sql/change.hpp>

namespace relata {

/// A value of type T to be given later. Only for queries that go through `prepare`.
template <fixed_string Name, class T>
inline constexpr auto placeholder = [] {
    constexpr bool storable = kind_of<T> != kind::none && !detail::is_optional<T>;
    static_assert(storable,
                  "relata: a placeholder has a type that relata can store, not an optional one");
    expr<sql::named_<T, Name>, T, 1> e;
    e.p[0] = detail::null_param(type_of<T>);
    return e;
}();

/// A value for a placeholder: `"id"_p = 7`.
template <fixed_string Name, class B> struct named_argument {
    B const& value;
};
template <fixed_string Name> struct argument_name {
    template <class B> constexpr named_argument<Name, B> operator=(B const& value) const {
        return {value};
    }
};

inline namespace literals {
/// Names a placeholder's value.
template <fixed_string Name> constexpr argument_name<Name> operator""_p() { return {}; }
}  // namespace literals

namespace detail {

// The shape of a query or a command.
template <class Q> struct shape_of_query;
template <class Q>
    requires requires { typename Q::query_shape; }
struct shape_of_query<Q> {
    using type = typename Q::query_shape;
};
template <class Q>
    requires requires { typename Q::command_shape; }
struct shape_of_query<Q> {
    using type = typename Q::command_shape;
};
template <class Q> using any_shape = typename shape_of_query<Q>::type;

// The placeholder with a name: values are numbered in the order of a walk a before b.
constexpr int find_placeholder(sql::node const* e, char const* name, int base = 0) {
    if (e->params == 0) return -1;
    if (e->kind == op::named) return sql::same_text(e->text, name) ? base : -1;
    if (e->has_a)
        if (int const found = find_placeholder(e->a, name, base); found >= 0) return found;
    return e->has_b ? find_placeholder(e->b, name, base + (e->has_a ? e->a->params : 0)) : -1;
}
constexpr unsigned count_placeholders(sql::node const* e) {
    if (e->params == 0) return 0;
    return (e->kind == op::named ? 1u : 0u) + (e->has_a ? count_placeholders(e->a) : 0) +
           (e->has_b ? count_placeholders(e->b) : 0);
}
// The index of the n-th placeholder.
constexpr int placeholder_index(sql::node const* e, unsigned& skip, int base) {
    if (e->params == 0) return -1;
    if (e->kind == op::named) return skip-- == 0 ? base : -1;
    if (e->has_a)
        if (int const found = placeholder_index(e->a, skip, base); found >= 0) return found;
    return e->has_b ? placeholder_index(e->b, skip, base + (e->has_a ? e->a->params : 0)) : -1;
}
constexpr int placeholder_index(sql::node const* tree, unsigned n) {
    return placeholder_index(tree, n, 0);
}

// The placeholders of a shape, in order.
template <class... N> struct named_list {
    static constexpr unsigned count = sizeof...(N);
};
template <class A, class B> struct joined_names;
template <class... A, class... B> struct joined_names<named_list<A...>, named_list<B...>> {
    using type = named_list<A..., B...>;
};
template <class S> struct names_in {
    using type = named_list<>;
};
template <class W, fixed_string Name> struct names_in<sql::named_<W, Name>> {
    using type = named_list<sql::named_<W, Name>>;
};
template <class A, class B>
using names_of_both =
    typename joined_names<typename names_in<A>::type, typename names_in<B>::type>::type;
template <op O, class A, class B> struct names_in<sql::op_<O, A, B>> {
    using type = names_of_both<A, B>;
};
template <class A, class B> struct names_in<sql::op_<op::reference_on, A, B>> {
    using type = named_list<>;
};
template <op O, class V, class A, class B> struct names_in<sql::expr_<O, V, A, B>> {
    using type = names_of_both<A, B>;
};
template <class V, fixed_string Text, class L>
struct names_in<sql::raw_<V, Text, L>> : names_in<L> {};
template <class First, class... Rest> struct names_in<sql::list_<First, Rest...>> {
    using type = names_of_both<First, sql::list_<Rest...>>;
};

template <class S> using placeholders_of = typename names_in<S>::type;

template <class Named> struct named_type;
template <class W, fixed_string Name> struct named_type<sql::named_<W, Name>> {
    using type = W;
    static constexpr char const* name = literal<Name>.text;
};
template <class L> struct named_texts;
template <class... N> struct named_texts<named_list<N...>> {
    static constexpr unsigned position(char const* name) {
        unsigned i = 0, found = 0;
        ((found = sql::same_text(named_type<N>::name, name) ? i : found, ++i), ...);
        return found;
    }
    /// How many placeholders have the name.
    static constexpr unsigned times(char const* name) {
        return (0u + ... + unsigned(sql::same_text(named_type<N>::name, name)));
    }
};

// Where an argument of a prepared query goes: by its name, else by its place. -1: by a name that
// several placeholders have.
template <class L, class A> struct argument_position {
    static constexpr int of(int place) { return place; }
};
template <class L, fixed_string Name, class B>
struct argument_position<L, named_argument<Name, B>> {
    static constexpr int of(int place) {
        constexpr unsigned times = named_texts<L>::times(literal<Name>.text);
        if constexpr (times > 1) return -1;
        else if constexpr (times == 0) return place;  // refused where the name is looked for
        else return int(named_texts<L>::position(literal<Name>.text));
    }
};
/// Whether the arguments fill every placeholder, each once.
template <class L, class... A> consteval bool each_given_once() {
    bool given[L::count + 1] = {};
    bool once = true;
    int place = 0;
    auto const give = [&](int position) {
        once = once && position >= 0 && !given[position];
        if (position >= 0) given[position] = true;
    };
    (give(argument_position<L, A>::of(place++)), ...);
    return once;
}

template <class L> constexpr unsigned position_of_name(char const* name) {
    return named_texts<L>::position(name);
}
template <unsigned I, class L> struct nth_named;
template <unsigned I, class... N> struct nth_named<I, named_list<N...>> {
    using type = typename named_type<typename nth<I, N...>::type>::type;
};

template <class W, class B> constexpr auto placeholder_value(B const& value) {
    using given = plain_t<B>;
    constexpr bool same_family = std::is_same_v<B, std::nullopt_t> || can_bind<W, given>();
    static_assert(same_family, "relata: a value of another type than the placeholder's [RL-C12]");
    if constexpr (!std::is_same_v<B, std::nullopt_t>) {
        constexpr bool fits = std::is_same_v<bound_t<W, given>, W>;
        static_assert(fits, "relata: a wider value than the placeholder's type; give the "
                            "placeholder the wider type [RL-C12]");
    }
    return as_optional_param<W>(value);
}

}  // namespace detail
}  // namespace relata
