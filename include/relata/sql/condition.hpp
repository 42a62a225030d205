// SPDX-License-Identifier: BSL-1.0
/// \file
/// `condition`: a condition that is made at run time, kept, copied, and combined with others.
#pragma once

#include <relata/sql/placeholder.hpp>

#include <initializer_list>
#include <vector>

namespace relata {

namespace sql {
struct clause_;  // the shape of a condition made at run time
struct clause_data;
template <>
inline constexpr node node_of<clause_>{
    op::clause, 1, 0, nullptr, nullptr, nullptr, &type_of<std::optional<bool>>};
}  // namespace sql

/// A condition as a value that owns what it holds: put it into a vector, return it, keep it.
///
/// Made from any typed condition: text and lists are copied, values of types with a codec are encoded
/// (the codec may throw). It stands wherever a typed condition stands: with `&&`, `||` and `!`, in
/// `where`, `having` and the condition of a join. Which tables it names is checked when the query
/// runs, or is given to a `query<…>`: invalid_argument names a table that is not in the query.
///
/// `c = c && d` nests with every step: join many with `all_of` and `any_of`. Conditions nest at most 500
/// deep and have at most a million parts; more throws limit_exceeded where it is made. SQLite takes about
/// 90 levels and throws limit_exceeded when it runs.
///
/// A typed query refers to the condition like to any other value: the condition must live until the
/// query has run. A `query<…>` and another condition keep it alive.
///
/// Thread-safety: that of a value; copies share their data, which is never changed.
class RELATA_EXPORT condition {
public:
    using expression_shape = sql::clause_;
    using value_type = std::optional<bool>;
    static constexpr unsigned param_count = 1;

    /// Always true: `where(condition())` leaves nothing out.
    condition() noexcept;
    template <expression E>
        requires(!std::is_same_v<E, condition>)
    condition(E const& e) : condition(tree_of<E>(), e.values(), E::param_count) {}
    condition(condition const& other) noexcept;
    condition& operator=(condition const& other) noexcept;
    ~condition();

    /// The one value of this expression, which stands for the whole condition.
    [[nodiscard]] param const* values() const noexcept { return &value_; }

    /// `count` conditions joined by OR if `any`, else by AND.
    [[nodiscard]] static condition joined(condition const* first, std::size_t count, bool any);

private:
    friend struct sql::clause_data;
    condition(sql::node const& tree, param const* values, unsigned count);
    explicit condition(sql::clause const* data) noexcept;

    template <class E> static constexpr sql::node const& tree_of() {
        constexpr bool is_condition = detail::is_condition<detail::value_of<E>>;
        static_assert(
            is_condition,
            "relata: a condition is made of a boolean expression; this one is not [RL-C03]");
        constexpr bool has_all_values = detail::placeholders_of<detail::shape_of<E>>::count == 0;
        static_assert(
            has_all_values,
            "relata: a condition has all its values; placeholders are for prepare() [RL-C12]");
        return sql::node_of<detail::shape_of<E>>;
    }

    param value_;
};

namespace detail {

template <class R>
concept conditions_in_a_row = requires(R const& r) {
    { r.data() } -> std::convertible_to<condition const*>;
    r.size();
};

template <class R> condition join_conditions(R const& range, bool any) {
    if constexpr (conditions_in_a_row<R>) {
        return condition::joined(range.data(), range.size(), any);
    } else {
        std::vector<condition> all;
        for (auto const& one : range) all.emplace_back(one);
        return condition::joined(all.data(), all.size(), any);
    }
}

}  // namespace detail

/// True where every condition of the range holds; of none: true.
template <class Range> [[nodiscard]] condition all_of(Range const& conditions) {
    return detail::join_conditions(conditions, false);
}
[[nodiscard]] inline condition all_of(std::initializer_list<condition> conditions) {
    return condition::joined(conditions.begin(), conditions.size(), false);
}
/// True where some condition of the range holds; of none: false.
template <class Range> [[nodiscard]] condition any_of(Range const& conditions) {
    return detail::join_conditions(conditions, true);
}
[[nodiscard]] inline condition any_of(std::initializer_list<condition> conditions) {
    return condition::joined(conditions.begin(), conditions.size(), true);
}

}  // namespace relata
