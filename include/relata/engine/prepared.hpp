// SPDX-License-Identifier: BSL-1.0
/// \file
/// `prepared<Q>`: a query that was checked by the database, with values that are given at each run.
#pragma once

#include <relata/engine/handle.hpp>

namespace relata {

/// A query kept for many runs. Values that the query was given are kept as they were given (text by
/// reference); placeholders are given at each run, in the order of the query or by name:
///
///     auto by_id = db.prepare(from<album>().where(col<&album::id> == placeholder<"id", std::int64_t>));
///     by_id.first(7);
///     by_id.first("id"_p = 7);
///
/// It must not outlive the handle that made it. Thread-safety is that of the handle.
template <class Q> class prepared {
public:
    prepared(engine::source* source, Q const& query) : source_(source), query_(query) {
        engine::prepare_query(*source_, Q::info(), query_.values(), Q::param_count);
    }

    template <class... A> [[nodiscard]] auto all(A const&... arguments) const {
        using R = typename Q::row_type;
        std::vector<R> rows;
        auto const values = fill(arguments...);
        engine::run_all(*source_, Q::info(), values.p, Q::param_count, &rows,
                        &detail::grow_vector<R>);
        return rows;
    }
    template <class... A> [[nodiscard]] auto first(A const&... arguments) const {
        std::optional<typename Q::row_type> row;
        auto const values = fill(arguments...);
        if (!engine::run_first(*source_, Q::info(), values.p, Q::param_count, &row.emplace()))
            row.reset();
        return row;
    }
    template <class... A> [[nodiscard]] auto one(A const&... arguments) const {
        typename Q::row_type row{};
        auto const values = fill(arguments...);
        engine::run_one(*source_, Q::info(), values.p, Q::param_count, &row);
        return row;
    }
    template <class... A> [[nodiscard]] auto stream(A const&... arguments) const {
        auto const values = fill(arguments...);
        return relata::stream<typename Q::row_type>(
            engine::open_cursor(*source_, Q::info(), values.p, Q::param_count));
    }
    template <class... A> std::int64_t execute(A const&... arguments) const {
        auto const values = fill(arguments...);
        return engine::run_execute(*source_, Q::info(), values.p, Q::param_count);
    }

private:
    struct value_array {
        param p[Q::param_count ? Q::param_count : 1];
    };
    using shape = detail::any_shape<Q>;
    using placeholders = detail::placeholders_of<shape>;
    static constexpr sql::node const* tree = &sql::node_of<shape>;

    // Deduced types: every compiler then looks into these where they are called, and names that line.
    template <class... A> [[nodiscard]] auto fill(A const&... arguments) const {
        constexpr bool all_given = sizeof...(A) == placeholders::count;
        static_assert(all_given,
                      "relata: a prepared query takes one value for each placeholder [RL-C12]");
        if constexpr (all_given) {
            constexpr bool each_once = detail::each_given_once<placeholders, A...>();
            static_assert(each_once,
                          "relata: a name is given twice, or stands for several placeholders; give "
                          "the values in order [RL-C12]");
        }
        value_array values;
        if constexpr (Q::param_count > placeholders::count)
            detail::put(values.p, query_.values(), Q::param_count);
        if constexpr (all_given)
            give_all(values.p, std::make_integer_sequence<unsigned, sizeof...(A)>{}, arguments...);
        return values;
    }
    template <unsigned... I, class... A>
    static auto give_all(param* values, std::integer_sequence<unsigned, I...>,
                         A const&... arguments) {
        (give<I>(values, arguments), ...);
    }
    template <unsigned I, class B> static auto give(param* values, B const& value) {
        constexpr int index = detail::placeholder_index(tree, I);
        values[index] =
            detail::placeholder_value<typename detail::nth_named<I, placeholders>::type>(value);
    }
    template <unsigned, fixed_string Name, class B>
    static auto give(param* values, named_argument<Name, B> const& argument) {
        constexpr int index = detail::find_placeholder(tree, detail::literal<Name>.text);
        constexpr bool exists = index >= 0;
        static_assert(exists, "relata: this query has no placeholder of this name [RL-C12]");
        if constexpr (exists) {
            constexpr unsigned position =
                detail::position_of_name<placeholders>(detail::literal<Name>.text);
            values[index] =
                detail::placeholder_value<typename detail::nth_named<position, placeholders>::type>(
                    argument.value);
        }
    }

    engine::source* source_;
    Q query_;
};

template <class Q> auto handle::prepare(Q const& query) const {
    return prepared<Q>(source_, query);
}

}  // namespace relata
