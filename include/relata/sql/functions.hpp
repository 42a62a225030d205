// SPDX-License-Identifier: BSL-1.0
/// \file
/// Functions over expressions: aggregates, text, conditional, cast. The same answer on every back end.
#pragma once

#include <relata/sql/column.hpp>

namespace relata {
namespace detail {

template <op O, class V, class E> constexpr auto call(E const& e) {
    return gather<V, sql::expr_<O, V, shape_of<E>>>(e);
}
template <op O, class V, class A, class B> constexpr auto call2(A const& a, B const& b) {
    return gather<V, sql::expr_<O, V, shape_of<A>, shape_of<B>>>(a, b);
}
template <op O, class V, class A, class B, class C>
constexpr auto call3(A const& a, B const& b, C const& c) {
    return gather<V, sql::expr_<O, V, shape_of<A>, sql::list_<shape_of<B>, shape_of<C>>>>(a, b, c);
}

template <class V> consteval bool is_text_value() {
    return family<plain_t<V>> == value_family::text;
}
template <class V> consteval bool is_number() {
    constexpr auto f = family<plain_t<V>>;
    return f == value_family::integer || f == value_family::real || f == value_family::decimal;
}
template <class V> using text_result = nullable_if<std::string, is_optional<V>>;

template <class V> struct sum_type {
    using type = std::int64_t;
};
template <class V>
    requires(family<V> == value_family::real)
struct sum_type<V> {
    using type = double;
};
template <unsigned P, unsigned S> struct sum_type<decimal<P, S>> {
    using type = decimal<(P > 18 ? 38 : 18), S>;
};

template <op O, class E> constexpr auto text_function(E const& e) {
    constexpr bool is_text = is_text_value<value_of<E>>();
    static_assert(is_text, "relata: lower, upper and trim are for text [RL-C02]");
    return call<O, text_result<value_of<E>>>(e);
}
template <op O, class E> constexpr auto calendar_function(E const& e) {
    constexpr auto f = family<plain_t<value_of<E>>>;
    constexpr bool is_calendar =
        f == value_family::date || f == value_family::timestamp || f == value_family::instant;
    static_assert(is_calendar,
                  "relata: year, month and day are for dates, timestamps and instants [RL-C02]");
    return call<O, nullable_if<std::int64_t, is_optional<value_of<E>>>>(e);
}

}  // namespace detail

// ---------------------------------------------------------------- aggregates

/// Number of rows.
[[nodiscard]] constexpr auto count() {
    return expr<sql::expr_<sql::op::count_all, std::int64_t, void>, std::int64_t, 0>{};
}
/// Number of rows where the expression is not NULL.
template <expression E> [[nodiscard]] constexpr auto count(E const& e) {
    return detail::call<sql::op::count, std::int64_t>(e);
}
template <expression E> [[nodiscard]] constexpr auto count_distinct(E const& e) {
    return detail::call<sql::op::count_distinct, std::int64_t>(e);
}
/// Sum; NULL over no rows. Integers sum to int64, decimals to a decimal of 18 digits (38 for wide
/// ones); a sum that does not fit is the error out_of_range.
template <expression E> [[nodiscard]] constexpr auto sum(E const& e) {
    using V = plain_t<detail::value_of<E>>;
    constexpr bool is_number = detail::is_number<V>();
    static_assert(is_number, "relata: sum is for numbers [RL-C02]");
    return detail::call<sql::op::sum, std::optional<typename detail::sum_type<V>::type>>(e);
}
/// Average as a double; NULL over no rows. For an exact average divide sum by count in the program.
template <expression E> [[nodiscard]] constexpr auto avg(E const& e) {
    constexpr bool is_number = detail::is_number<detail::value_of<E>>();
    static_assert(is_number, "relata: avg is for numbers [RL-C02]");
    return detail::call<sql::op::avg, std::optional<double>>(e);
}
template <expression E> [[nodiscard]] constexpr auto min(E const& e) {
    return detail::call<sql::op::min, std::optional<plain_t<detail::value_of<E>>>>(e);
}
template <expression E> [[nodiscard]] constexpr auto max(E const& e) {
    return detail::call<sql::op::max, std::optional<plain_t<detail::value_of<E>>>>(e);
}

// ---------------------------------------------------------------- text

/// ASCII letters in lower case; other characters stay, on every back end.
template <expression E> [[nodiscard]] constexpr auto lower(E const& e) {
    return detail::text_function<sql::op::lower>(e);
}
/// ASCII letters in upper case; other characters stay, on every back end.
template <expression E> [[nodiscard]] constexpr auto upper(E const& e) {
    return detail::text_function<sql::op::upper>(e);
}
/// Without spaces at both ends.
template <expression E> [[nodiscard]] constexpr auto trim(E const& e) {
    return detail::text_function<sql::op::trim>(e);
}
/// Number of Unicode code points.
template <expression E> [[nodiscard]] constexpr auto length(E const& e) {
    constexpr bool is_text = detail::is_text_value<detail::value_of<E>>();
    static_assert(is_text, "relata: length is for text [RL-C02]");
    return detail::call<
        sql::op::length,
        detail::nullable_if<std::int64_t, detail::is_optional<detail::value_of<E>>>>(e);
}
/// `count` code points from position `start`, which counts from 1; both are clamped to the text.
template <expression E, class A, class B>
[[nodiscard]] constexpr auto substr(E const& e, A const& start, B const& count) {
    constexpr bool is_text = detail::is_text_value<detail::value_of<E>>();
    static_assert(is_text, "relata: substr is for text [RL-C02]");
    return detail::call3<sql::op::substr, detail::text_result<detail::value_of<E>>>(
        e, detail::operand<std::int64_t>(start), detail::operand<std::int64_t>(count));
}
/// Every occurrence of `what` replaced.
template <expression E, class A, class B>
[[nodiscard]] constexpr auto replace(E const& e, A const& what, B const& with) {
    constexpr bool is_text = detail::is_text_value<detail::value_of<E>>();
    static_assert(is_text, "relata: replace is for text [RL-C02]");
    return detail::call3<sql::op::replace, detail::text_result<detail::value_of<E>>>(
        e, detail::operand<std::string>(what), detail::operand<std::string>(with));
}

// ---------------------------------------------------------------- numbers and dates

template <expression E> [[nodiscard]] constexpr auto abs(E const& e) {
    constexpr bool is_number = detail::is_number<detail::value_of<E>>();
    static_assert(is_number, "relata: abs is for numbers [RL-C02]");
    return detail::call<sql::op::abs, detail::value_of<E>>(e);
}
/// A decimal with fewer digits after the point, rounded half away from zero.
template <unsigned Digits, expression E> [[nodiscard]] constexpr auto round(E const& e) {
    using V = plain_t<detail::value_of<E>>;
    constexpr bool is_decimal = detail::is_decimal<V>;
    static_assert(is_decimal, "relata: round is for decimals [RL-C02]");
    using R = decimal<type_of<V>.precision, Digits>;
    return detail::call<sql::op::round,
                        detail::nullable_if<R, detail::is_optional<detail::value_of<E>>>>(e);
}
template <expression E> [[nodiscard]] constexpr auto year(E const& e) {
    return detail::calendar_function<sql::op::year>(e);
}
template <expression E> [[nodiscard]] constexpr auto month(E const& e) {
    return detail::calendar_function<sql::op::month>(e);
}
template <expression E> [[nodiscard]] constexpr auto day(E const& e) {
    return detail::calendar_function<sql::op::day>(e);
}
/// The database's clock, in UTC.
[[nodiscard]] constexpr auto now() {
    return expr<sql::expr_<sql::op::now, instant, void>, instant, 0>{};
}

// ---------------------------------------------------------------- conditional and cast

/// The first that is not NULL. NULL only if the second can be NULL.
template <expression A, class B> [[nodiscard]] constexpr auto coalesce(A const& a, B const& b) {
    auto const second = detail::operand<detail::value_of<A>>(b);
    using V2 = detail::value_of<std::remove_const_t<decltype(second)>>;
    constexpr bool same_family = detail::can_compare<detail::value_of<A>, V2>() ||
                                 detail::family<plain_t<V2>> == detail::value_family::json;
    static_assert(same_family, "relata: coalesce takes two expressions of one type [RL-C02]");
    using R = detail::nullable_if<plain_t<detail::value_of<A>>, detail::is_optional<V2>>;
    return detail::call2<sql::op::coalesce, R>(a, second);
}
/// NULL when both are equal, else the first.
template <expression A, class B> [[nodiscard]] constexpr auto nullif(A const& a, B const& b) {
    return detail::call2<sql::op::nullif, std::optional<plain_t<detail::value_of<A>>>>(
        a, detail::operand<detail::value_of<A>>(b));
}
/// The expression as another type: numbers among each other (towards zero), numbers to text.
template <class T, expression E> [[nodiscard]] constexpr auto cast(E const& e) {
    using V = detail::value_of<E>;
    constexpr bool possible =
        (detail::is_number<V>() && (detail::is_number<T>() || detail::is_text_value<T>())) ||
        std::is_same_v<plain_t<V>, T>;
    static_assert(possible, "relata: cast is for numbers to numbers or to text [RL-C02]");
    return detail::call<sql::op::cast, detail::nullable_if<T, detail::is_optional<V>>>(e);
}
/// A value as an expression, to begin with a value: `lit(1) + col<&t::n>`.
template <class B> [[nodiscard]] constexpr auto lit(B const& b) { return detail::free_operand(b); }

/// One branch of `case_`.
template <class S, class V, unsigned N> struct branch {
    using branch_shape = S;
    using value_type = V;
    static constexpr unsigned param_count = N;
    param p[N ? N : 1];
    [[nodiscard]] constexpr param const* values() const { return p; }
};

/// A branch: the value where the condition holds.
template <expression C, class B>
[[nodiscard]] constexpr auto when(C const& condition, B const& value) {
    constexpr bool is_condition = detail::is_condition<detail::value_of<C>>;
    static_assert(is_condition, "relata: when() takes a condition first [RL-C03]");
    auto const v = detail::free_operand(value);
    using E = std::remove_const_t<decltype(v)>;
    branch<sql::op_<sql::op::when_then, detail::shape_of<C>, detail::shape_of<E>>,
           detail::value_of<E>, C::param_count + E::param_count>
        r{};
    detail::put(r.p, condition.values(), C::param_count);
    detail::put(r.p + C::param_count, v.values(), E::param_count);
    return r;
}

/// A condition that is there only if the flag is set; without it the condition is true.
template <class Flag, expression C>
    requires std::is_same_v<Flag, bool>
[[nodiscard]] constexpr auto when(Flag flag, C const& condition) {
    constexpr bool is_condition = detail::is_condition<detail::value_of<C>>;
    static_assert(is_condition, "relata: when(flag, …) takes a condition [RL-C03]");
    expr<sql::op_<sql::op::toggle, sql::value_<bool>, detail::shape_of<C>>, bool,
         1 + C::param_count>
        r;
    r.p[0] = detail::number_param(type_of<bool>, flag);
    r.p[0].role = param::role::toggle;
    r.p[0].count = flag;
    detail::put(r.p + 1, condition.values(), C::param_count);
    return r;
}

/// CASE without its ELSE; NULL where no branch holds. `.otherwise(value)` gives the ELSE.
template <class L, class V, unsigned N>
struct case_expression
    : expr<sql::expr_<sql::op::case_, std::optional<plain_t<V>>, L, sql::list_<>>,
           std::optional<plain_t<V>>, N> {
    template <class B> [[nodiscard]] constexpr auto otherwise(B const& b) const {
        auto const e = detail::operand<V>(b);
        using E = std::remove_const_t<decltype(e)>;
        using R = detail::nullable_if<plain_t<V>, detail::any_optional<V, detail::value_of<E>>>;
        expr<sql::expr_<sql::op::case_, R, L, detail::shape_of<E>>, R, N + E::param_count> r;
        detail::put(r.p, this->values(), N);
        detail::put(r.p + N, e.values(), E::param_count);
        return r;
    }
};

/// CASE WHEN … THEN … : `case_(when(c, 1), when(d, 2)).otherwise(3)`.
template <class First, class... Rest>
[[nodiscard]] constexpr auto case_(First const& first, Rest const&... rest) {
    using V = typename First::value_type;
    constexpr bool one_type =
        (std::is_same_v<plain_t<V>, plain_t<typename Rest::value_type>> && ...);
    static_assert(one_type, "relata: all branches of case_ have the same type [RL-C02]");
    constexpr bool nullable = detail::any_optional<V, typename Rest::value_type...>;
    using R = detail::nullable_if<plain_t<V>, nullable>;
    case_expression<sql::list_<typename First::branch_shape, typename Rest::branch_shape...>, R,
                    (First::param_count + ... + Rest::param_count)>
        r{};
    if constexpr ((First::param_count + ... + Rest::param_count) > 0) {
        param* to = r.p;
        detail::put(to, first.values(), First::param_count);
        to += First::param_count;
        ((detail::put(to, rest.values(), Rest::param_count), to += Rest::param_count), ...);
    }
    return r;
}

/// Orders by a column of the result that has this alias.
template <fixed_string Name> struct output_column {
    using order_shape = sql::op_<sql::op::asc, sql::words_<Name>>;
    static constexpr unsigned param_count = 0;
    [[nodiscard]] static constexpr param const* values() { return nullptr; }
    [[nodiscard]] constexpr auto asc() const {
        return ordering<sql::op_<sql::op::asc, sql::words_<Name>>, 0>{};
    }
    [[nodiscard]] constexpr auto desc() const {
        return ordering<sql::op_<sql::op::desc, sql::words_<Name>>, 0>{};
    }
};
template <fixed_string Name> inline constexpr output_column<Name> output{};

/// Hand-written SQL of type V inside a query. The text is a literal; each `?` takes an operand in
/// order, a column, an expression or a value that is bound.
///
///     raw<"date_trunc('day', ?)", instant>(col<&order::placed>)
template <fixed_string Text, class V, class... E>
[[nodiscard]] constexpr auto raw(E const&... operands) {
    return detail::gather<
        V, sql::raw_<V, Text,
                     sql::list_<detail::shape_of<decltype(detail::free_operand(operands))>...>>>(
        detail::free_operand(operands)...);
}

}  // namespace relata
