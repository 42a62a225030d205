// SPDX-License-Identifier: BSL-1.0
/// \file
/// Typed expressions: a shape, a value type, and the bound values as a flat array.
///
/// Path of a query, step 1 of 5 begins with these. Next: relata/sql/select.hpp.
#pragma once

#include <relata/sql/shape.hpp>
#include <relata/sql/values.hpp>

#include <initializer_list>

namespace relata {

template <class T>
concept expression = requires { typename T::expression_shape; };

template <class S, class V, unsigned N> struct expr;

namespace detail {

using sql::op;

/// The values of an expression or a query. One type for each number of them, whatever they belong to:
/// its functions are compiled once.
template <unsigned N> struct bound_values {
    param p[N];
    [[nodiscard]] constexpr param const* values() const { return p; }
};
template <> struct bound_values<0> {
    [[nodiscard]] static constexpr param const* values() { return nullptr; }
};

constexpr void put(param* to, param const* from, unsigned n) {
    for (unsigned i = 0; i < n; ++i) to[i] = from[i];
}

/// Several arrays of N values, one after the other. Named by their sizes alone, so that it is compiled once
/// for many queries.
template <unsigned... N, class... From> constexpr auto append(From... from) {
    bound_values<(0u + ... + N)> all;
    if constexpr ((0u + ... + N) > 0) {
        param* to = all.p;
        ((put(to, from, N), to += N), ...);
    }
    return all;
}

template <class V, bool Nullable>
using nullable_if = std::conditional_t<Nullable && !is_optional<V>, std::optional<V>, V>;
template <class... V> inline constexpr bool any_optional = (is_optional<V> || ...);
template <class... V>
using bool_of = std::conditional_t<any_optional<V...>, std::optional<bool>, bool>;

template <class A, class B> consteval bool can_compare() {
    using a = plain_t<A>;
    using b = plain_t<B>;
    constexpr auto fa = family<a>, fb = family<b>;
    if constexpr (fa == value_family::json || fb == value_family::json) return false;
    else if constexpr (fa == value_family::own || fa == value_family::none)
        return std::is_same_v<a, b>;
    else {
        constexpr bool numbers = (fa == value_family::integer &&
                                  (fb == value_family::decimal || fb == value_family::real)) ||
                                 (fb == value_family::integer &&
                                  (fa == value_family::decimal || fa == value_family::real));
        return fa == fb || numbers;
    }
}

// One value as an expression of its own, bound as W.
template <class W, class B> constexpr expr<sql::value_<W>, W, 1> value_expr(B const& b) {
    expr<sql::value_<W>, W, 1> r;
    r.p[0] = as_param<W>(b);
    return r;
}

// The natural column type of a C++ value that stands alone.
template <class B> consteval auto natural_type() {
    if constexpr (std::is_convertible_v<B const&, std::string_view>)
        return std::type_identity<std::string>{};
    else if constexpr (is_whole_number<B> && kind_of<B> != kind::uint64)
        return std::type_identity<std::int64_t>{};
    else return std::type_identity<B>{};
}
template <class B> using natural_t = typename decltype(natural_type<B>())::type;

/// b as it stands beside a V: an expression stays, a value is bound.
template <class V, class B> constexpr auto operand(B const& b) {
    if constexpr (expression<B>) return b;
    else {
        constexpr bool fits = can_bind<plain_t<V>, B>();
        static_assert(fits, "relata: a value of another type than the expression it stands beside");
        return value_expr<bound_t<plain_t<V>, B>>(b);
    }
}
template <class B> constexpr auto free_operand(B const& b) {
    if constexpr (expression<B>) return b;
    else return value_expr<natural_t<B>>(b);
}

template <class V, class S, class... E>
[[gnu::always_inline]] constexpr auto gather(E const&... e) {
    return expr<S, V, (0u + ... + E::param_count)>{append<E::param_count...>(e.values()...)};
}
template <class E> using shape_of = typename E::expression_shape;
template <class E> using value_of = typename E::value_type;

template <op O, class A, class B> constexpr auto compare(A const& a, B const& b) {
    if constexpr (expression<B>) {
        constexpr bool same_family = can_compare<value_of<A>, value_of<B>>();
        static_assert(same_family,
                      "relata: compares two columns whose types SQL cannot compare [RL-C02]");
        return gather<bool_of<value_of<A>, value_of<B>>, sql::op_<O, shape_of<A>, shape_of<B>>>(a,
                                                                                                b);
    } else {
        using column = plain_t<value_of<A>>;
        constexpr bool is_a_value = !is_optional<B> && !std::is_same_v<B, std::nullopt_t>;
        static_assert(is_a_value,
                      "relata: compares with a value that may be missing; use is_null(), or "
                      "is_not_distinct_from() [RL-C02]");
        constexpr bool same_family =
            !is_a_value || (family<column> != value_family::json && can_bind<column, B>());
        static_assert(
            same_family,
            "relata: compares two types that SQL cannot compare (text with a number?) [RL-C02]");
        if constexpr (is_a_value && same_family) {
            using W = bound_t<column, B>;
            expr<sql::op_<O, shape_of<A>, sql::value_<W>>, bool_of<value_of<A>>, A::param_count + 1>
                r;
            put(r.p, a.values(), A::param_count);
            r.p[A::param_count] = as_param<W>(b);
            return r;
        } else {
            return gather<bool, sql::op_<op::eq, shape_of<A>, shape_of<A>>>(
                a, a);  // only to go on after the error
        }
    }
}

template <class V> inline constexpr bool is_condition = std::is_same_v<plain_t<V>, bool>;

template <op O, class A, class B> constexpr auto combine(A const& a, B const& b) {
    constexpr bool both_are_conditions = is_condition<value_of<A>> && is_condition<value_of<B>>;
    static_assert(both_are_conditions,
                  "relata: && and || combine conditions; one side is not boolean [RL-C03]");
    return gather<bool_of<value_of<A>, value_of<B>>, sql::op_<O, shape_of<A>, shape_of<B>>>(a, b);
}

// ---------------------------------------------------------------- arithmetic

template <op O, class A, class B> consteval auto arithmetic_type() {
    using a = plain_t<A>;
    using b = plain_t<B>;
    constexpr auto fa = family<a>, fb = family<b>;
    constexpr bool nullable = any_optional<A, B> || O == op::div || O == op::mod;
    auto result = []<class R>(std::type_identity<R>) {
        return std::type_identity<nullable_if<R, nullable>>{};
    };
    if constexpr (fa == value_family::integer && fb == value_family::integer) {
        constexpr bool wide = kind_of<a> == kind::uint64 || kind_of<b> == kind::uint64;
        return result(std::type_identity<std::conditional_t<wide, std::uint64_t, std::int64_t>>{});
    } else if constexpr (O == op::mod) {
        return std::type_identity<void>{};
    } else if constexpr ((fa == value_family::real || fa == value_family::integer) &&
                         (fb == value_family::real || fb == value_family::integer)) {
        return result(std::type_identity<double>{});
    } else if constexpr (fa == value_family::decimal || fb == value_family::decimal) {
        if constexpr (O == op::div || fa == value_family::real || fb == value_family::real ||
                      fa == value_family::text || fb == value_family::text) {
            return std::type_identity<void>{};
        } else {
            constexpr unsigned sa = type_of<a>.scale, sb = type_of<b>.scale;
            constexpr unsigned scale = O == op::mul ? sa + sb : (sa > sb ? sa : sb);
            constexpr bool wide =
                type_of<a>.precision > 18 || type_of<b>.precision > 18 || scale > 17;
            return result(std::type_identity<decimal<wide ? 38 : 18, scale>>{});
        }
    } else {
        return std::type_identity<void>{};
    }
}

template <op O, class V, class B> constexpr auto arithmetic_operand(B const& b) {
    if constexpr (expression<B>) return b;
    else if constexpr (is_whole_number<B> && family<plain_t<V>> == value_family::decimal &&
                       O == op::mul)
        return value_expr<std::int64_t>(b);  // a factor does not change the scale
    else if constexpr (is_whole_number<B> && family<plain_t<V>> == value_family::real)
        return value_expr<double, B>(b);
    else if constexpr (std::is_floating_point_v<B>) return value_expr<double, B>(b);
    else if constexpr (is_decimal<B>) return value_expr<B>(b);
    else return operand<V>(b);
}

template <op O, class A, class B> constexpr auto calculate(A const& a, B const& b) {
    using V = typename decltype(arithmetic_type<O, value_of<A>, value_of<B>>())::type;
    constexpr bool is_exact = !std::is_void_v<V>;
    static_assert(
        is_exact,
        "relata: this arithmetic is not the same on every back end (decimal division, or a decimal "
        "with a floating-point number); cast<>() one side, or calculate in the program [RL-C02]");
    using R = std::conditional_t<is_exact, V, std::int64_t>;
    return gather<R, sql::expr_<O, R, shape_of<A>, shape_of<B>>>(a, b);
}

template <op O, class A, class B> constexpr auto arithmetic(A const& a, B const& b) {
    if constexpr (expression<A>) {
        if constexpr (O == op::add && family<plain_t<value_of<A>>> == value_family::text) {
            auto const right = operand<std::string>(b);
            using R =
                nullable_if<std::string, any_optional<value_of<A>, value_of<decltype(right)>>>;
            return gather<R, sql::expr_<op::concat, R, shape_of<A>,
                                        shape_of<std::remove_const_t<decltype(right)>>>>(a, right);
        } else {
            return calculate<O>(a, arithmetic_operand<O, value_of<A>>(b));
        }
    } else {
        return calculate<O>(arithmetic_operand<O, value_of<B>>(a), b);
    }
}

// ---------------------------------------------------------------- lists for IN

template <class R>
concept sized_range = requires(R const& r) {
    r.data();
    r.size();
    typename R::value_type;
};

template <class T> constexpr param list_param(T const* first, std::size_t count) {
    param p = empty_param(type_of<T>, kind_of<T>);
    p.object = first;
    p.count = std::uint32_t(count);
    p.role = param::role::list;
    return p;
}
template <op O, class E, class T>
constexpr auto in_values(E const& e, T const* first, std::size_t count) {
    expr<sql::op_<O, shape_of<E>, sql::value_<T>>, bool_of<value_of<E>>, E::param_count + 1> r;
    put(r.p, e.values(), E::param_count);
    r.p[E::param_count] = list_param(first, count);
    return r;
}
template <class V>
using list_element =
    std::conditional_t<family<plain_t<V>> == value_family::text, std::string, plain_t<V>>;

template <class Q>
concept subquery_like = requires { typename Q::query_shape; };

template <op Values, op Query, class E, class R> constexpr auto in_range(E const& e, R const& r) {
    if constexpr (subquery_like<R>) {
        using V = typename R::single_value;
        constexpr bool same_family = can_compare<value_of<E>, V>();
        static_assert(same_family, "relata: in() compares with a query of another type [RL-C02]");
        return gather<bool_of<value_of<E>, V>,
                      sql::op_<Query, shape_of<E>, typename R::query_shape>>(e, r);
    } else {
        using T = std::remove_cv_t<typename R::value_type>;
        constexpr bool is_storable = kind_of<T> != kind::none;
        static_assert(
            is_storable,
            "relata: in() takes a range of values that a column can hold (std::string, not "
            "char const*) [RL-C02]");
        constexpr bool same_family = can_bind<plain_t<value_of<E>>, T>();
        static_assert(same_family, "relata: in() compares with values of another type [RL-C02]");
        return in_values<Values>(e, r.data(), r.size());
    }
}

}  // namespace detail

/// An ordered column of order_by.
template <class S, unsigned N> struct ordering {
    using order_shape = S;
    static constexpr unsigned param_count = N;
    param p[N ? N : 1];
    [[nodiscard]] constexpr param const* values() const { return p; }
    /// NULLs before all values. Without it NULLs come last in ascending order, first in descending.
    [[nodiscard]] constexpr auto nulls_first() const { return with<sql::op::nulls_first>(); }
    [[nodiscard]] constexpr auto nulls_last() const { return with<sql::op::nulls_last>(); }

private:
    template <sql::op O> constexpr auto with() const {
        ordering<sql::op_<O, S>, N> r{};
        detail::put(r.p, p, N);
        return r;
    }
};

/// An expression of type V (optional when it can be NULL) with N bound values. Values of text, bytes
/// and types with a codec are views: what they point at must live until the statement has run.
template <class S, class V, unsigned N> struct expr : detail::bound_values<N> {
    using expression_shape = S;
    using value_type = V;
    static constexpr unsigned param_count = N;

    /// The expression as plain data.
    [[nodiscard]] static constexpr sql::node const& tree() { return sql::node_of<S>; }

    [[nodiscard]] constexpr auto asc() const { return order<sql::op::asc>(); }
    [[nodiscard]] constexpr auto desc() const { return order<sql::op::desc>(); }
    /// Names the column in a result; `output<"name">` orders by it.
    template <fixed_string Name> [[nodiscard]] constexpr auto as() const {
        return detail::gather<V, sql::expr_<sql::op::alias, V, S, sql::words_<Name>>>(*this);
    }

    [[nodiscard]] constexpr auto is_null() const {
        return detail::gather<bool, sql::op_<sql::op::is_null, S>>(*this);
    }
    [[nodiscard]] constexpr auto is_not_null() const {
        return detail::gather<bool, sql::op_<sql::op::is_not_null, S>>(*this);
    }
    /// Like == and !=, but NULL equals NULL; never NULL itself. Takes optionals.
    template <class B> [[nodiscard]] constexpr auto is_not_distinct_from(B const& b) const {
        return distinct<sql::op::not_distinct_from>(b);
    }
    template <class B> [[nodiscard]] constexpr auto is_distinct_from(B const& b) const {
        return distinct<sql::op::distinct_from>(b);
    }

    /// One of the values. An empty list holds nothing.
    template <class E = detail::list_element<V>>
    [[nodiscard]] constexpr auto in(std::initializer_list<std::type_identity_t<E>> list) const {
        return detail::in_values<sql::op::in_list>(*this, list.begin(), list.size());
    }
    /// One of the elements of a contiguous range, or of the rows of a query of one column.
    template <class R>
        requires detail::sized_range<R> || detail::subquery_like<R>
    [[nodiscard]] constexpr auto in(R const& range) const {
        return detail::in_range<sql::op::in_list, sql::op::in_query>(*this, range);
    }
    template <class E = detail::list_element<V>>
    [[nodiscard]] constexpr auto not_in(std::initializer_list<std::type_identity_t<E>> list) const {
        return detail::in_values<sql::op::not_in_list>(*this, list.begin(), list.size());
    }
    template <class R>
        requires detail::sized_range<R> || detail::subquery_like<R>
    [[nodiscard]] constexpr auto not_in(R const& range) const {
        return detail::in_range<sql::op::not_in_list, sql::op::not_in_query>(*this, range);
    }
    /// low <= this && this <= high
    template <class L, class H>
    [[nodiscard]] constexpr auto between(L const& low, H const& high) const {
        auto const l = detail::operand<V>(low);
        auto const h = detail::operand<V>(high);
        using lower = std::remove_const_t<decltype(l)>;
        using upper = std::remove_const_t<decltype(h)>;
        return detail::gather<
            detail::bool_of<V, typename lower::value_type, typename upper::value_type>,
            sql::op_<sql::op::between, S,
                     sql::list_<detail::shape_of<lower>, detail::shape_of<upper>>>>(*this, l, h);
    }

    /// The text occurs in this text; every character stands for itself, case counts.
    template <class B> [[nodiscard]] constexpr auto contains(B const& b) const {
        return text_test<sql::op::contains>(b);
    }
    template <class B> [[nodiscard]] constexpr auto starts_with(B const& b) const {
        return text_test<sql::op::starts_with>(b);
    }
    template <class B> [[nodiscard]] constexpr auto ends_with(B const& b) const {
        return text_test<sql::op::ends_with>(b);
    }
    /// SQL pattern: % any text, _ one character, backslash escapes; case counts.
    template <class B> [[nodiscard]] constexpr auto like(B const& pattern) const {
        return text_test<sql::op::like>(pattern);
    }

private:
    template <sql::op O> constexpr auto order() const {
        ordering<sql::op_<O, S>, N> r{};
        detail::put(r.p, this->values(), N);
        return r;
    }
    template <sql::op O, class B> constexpr auto distinct(B const& b) const {
        if constexpr (expression<B>) {
            constexpr bool same_family = detail::can_compare<V, typename B::value_type>();
            static_assert(same_family,
                          "relata: compares two columns whose types SQL cannot compare [RL-C02]");
            return detail::gather<bool, sql::op_<O, S, typename B::expression_shape>>(*this, b);
        } else {
            using column = plain_t<V>;
            using W = detail::bound_t<column, plain_t<B>>;
            expr<sql::op_<O, S, sql::value_<W>>, bool, N + 1> r;
            detail::put(r.p, this->values(), N);
            r.p[N] = detail::as_optional_param<W>(b);
            return r;
        }
    }
    template <sql::op O, class B> constexpr auto text_test(B const& b) const {
        constexpr bool is_text = detail::family<plain_t<V>> == detail::value_family::text;
        static_assert(
            is_text,
            "relata: contains, starts_with, ends_with and like are for text columns [RL-C02]");
        auto const right = detail::operand<std::string>(b);
        using other = std::remove_const_t<decltype(right)>;
        return detail::gather<detail::bool_of<V, typename other::value_type>,
                              sql::op_<O, S, typename other::expression_shape>>(*this, right);
    }
};

#define RELATA_COMPARISON(symbol, operation)                                                       \
    template <expression A, class B>                                                               \
    [[nodiscard]] constexpr auto operator symbol(A const& a, B const& b) {                         \
        return detail::compare<sql::op::operation>(a, b);                                          \
    }
RELATA_COMPARISON(==, eq)
RELATA_COMPARISON(!=, ne)
RELATA_COMPARISON(<, lt)
RELATA_COMPARISON(>, gt)
RELATA_COMPARISON(<=, le)
RELATA_COMPARISON(>=, ge)
#undef RELATA_COMPARISON

template <expression A, expression B>
[[nodiscard]] constexpr auto operator&&(A const& a, B const& b) {
    return detail::combine<sql::op::and_>(a, b);
}
template <expression A, expression B>
[[nodiscard]] constexpr auto operator||(A const& a, B const& b) {
    return detail::combine<sql::op::or_>(a, b);
}
template <expression A> [[nodiscard]] constexpr auto operator!(A const& a) {
    constexpr bool is_condition = detail::is_condition<detail::value_of<A>>;
    static_assert(is_condition,
                  "relata: ! negates a condition; this expression is not boolean [RL-C03]");
    return detail::gather<detail::value_of<A>, sql::op_<sql::op::not_, detail::shape_of<A>>>(a);
}

template <class A, class B>
concept one_is_an_expression = expression<A> || expression<B>;

/// Arithmetic of numbers; + joins text. Integers divide as in C++ and give NULL for division by zero.
template <class A, class B>
    requires one_is_an_expression<A, B>
[[nodiscard]] constexpr auto operator+(A const& a, B const& b) {
    return detail::arithmetic<sql::op::add>(a, b);
}
template <class A, class B>
    requires one_is_an_expression<A, B>
[[nodiscard]] constexpr auto operator-(A const& a, B const& b) {
    return detail::arithmetic<sql::op::sub>(a, b);
}
template <class A, class B>
    requires one_is_an_expression<A, B>
[[nodiscard]] constexpr auto operator*(A const& a, B const& b) {
    return detail::arithmetic<sql::op::mul>(a, b);
}
template <class A, class B>
    requires one_is_an_expression<A, B>
[[nodiscard]] constexpr auto operator/(A const& a, B const& b) {
    return detail::arithmetic<sql::op::div>(a, b);
}
template <class A, class B>
    requires one_is_an_expression<A, B>
[[nodiscard]] constexpr auto operator%(A const& a, B const& b) {
    return detail::arithmetic<sql::op::mod>(a, b);
}
template <expression A> [[nodiscard]] constexpr auto operator-(A const& a) {
    return detail::gather<detail::value_of<A>,
                          sql::expr_<sql::op::neg, detail::value_of<A>, detail::shape_of<A>>>(a);
}

}  // namespace relata
