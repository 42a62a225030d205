// SPDX-License-Identifier: BSL-1.0
/// \file
/// `from<T>()…`: typed queries for rows. Table first, so every step is checked where it is written.
///
/// Path of a query, step 1 of 5. Next: relata/sql/node.hpp, the constant tree that the type names.
#pragma once

#include <relata/sql/checks.hpp>
#include <relata/sql/functions.hpp>
#include <relata/sql/query_info.hpp>
#include <relata/sql/row.hpp>
#include <relata/sql/tuple_row.hpp>

namespace relata {
namespace detail {

template <class... E> inline constexpr unsigned count_params = (0u + ... + E::param_count);

template <class S, class E>
inline constexpr bool scoped = sql::in_scope(&sql::node_of<S>, &sql::node_of<E>);

// ---------------------------------------------------------------- rows

/// The C++ type of one selected expression: optional where an outer join may find nothing.
template <class S, class E>
using cell_t =
    nullable_if<value_of<E>, sql::made_nullable(&sql::node_of<S>, &sql::node_of<shape_of<E>>)>;

template <class R> struct flat_row;
template <class... T> struct flat_row<row<T...>> {
    static constexpr type_info const* types[] = {&type_of<T>...};
    static constexpr sql::row_info info{sql::row_form::flat, nullptr,          types, nullptr,
                                        sizeof...(T),        sizeof(row<T...>)};
};
template <class R> struct user_row {
    static constexpr sql::row_info info{
        sql::row_form::user,  nullptr,  nullptr, &members_of<R>::object,
        members_of<R>::count, sizeof(R)};
};
template <class T> struct object_row {
    static constexpr sql::row_info info{
        sql::row_form::object, &table_data_of<T>, nullptr, nullptr, 0, sizeof(T)};
};

template <class S, class Row> struct query_key;
template <class Key> inline constinit sql::query_info info_of{};
template <class S, class Row>
inline constinit sql::query_info info_of<query_key<S, Row>>{
    {0}, sql::is_dynamic(&sql::node_of<S>), false, &sql::node_of<S>, Row::info};

template <class R> inline constexpr bool is_flat = false;
template <class... T> inline constexpr bool is_flat<row<T...>> = true;

struct not_single {};
template <class... E> struct single_cell_of {
    using type = not_single;
};
template <class E> struct single_cell_of<E> {
    using type = value_of<E>;
};

// Whether a value of type `from` can be read into a member of type `to`.
constexpr bool reads_into(type_info const& from, type_info const& to) {
    auto const f = family_of(from.kind);
    if (f == value_family::none) return from.kind == to.kind && from.object == to.object;
    if (f == value_family::own)
        return from.names == to.names && from.plain().codec == to.plain().codec;
    if (f == value_family::decimal) return f == family_of(to.kind) && from.scale == to.scale;
    return f == family_of(to.kind) || (f == value_family::integer && to.kind == kind::float64);
}

template <class... E> struct cells {
    static constexpr unsigned count = sizeof...(E);
    static constexpr bool fit(object_info const& object) {
        unsigned i = 0;
        bool ok = sizeof...(E) == object.count;
        ((ok = ok && reads_into(type_of<E>, *object.members[i].type), ++i), ...);
        return ok;
    }
    static constexpr bool keep_null(object_info const& object) {
        unsigned i = 0;
        bool ok = true;
        ((ok = ok && (!type_of<E>.nullable || object.members[i].type->nullable), ++i), ...);
        return ok;
    }
};

template <class E> struct order_of {
    using shape = sql::op_<sql::op::asc, shape_of<E>>;
};
template <class E>
    requires requires { typename E::order_shape; }
struct order_of<E> {
    using shape = typename E::order_shape;
};
template <class E>
concept orders = requires { typename E::order_shape; } || expression<E>;

}  // namespace detail

/// All columns of a table as one object of a row, in `select`.
template <class T> struct object_item {
    using expression_shape = sql::all_<detail::table_shape<T>>;
    using value_type = detail::table_type<T>;
    static constexpr unsigned param_count = 0;
    [[nodiscard]] static constexpr param const* values() { return nullptr; }
};
/// `select(all<album>(), col<&artist::name>)`; also for an alias: `all<alias<employee, "boss">>()`.
template <class T> [[nodiscard]] constexpr object_item<T> all() { return {}; }

/// A query for rows of type R. T is the table it began with; S its shape; P the number of its values.
/// A value: copy it, return it, run it as often as you like. Text that it was given is referenced, not
/// copied; `query<R>` owns what it holds.
template <class S, class T, class R, unsigned P, class Single = detail::not_single>
class select_query : public detail::bound_values<P> {
public:
    using query_shape = S;
    using row_type = R;
    using single_value = Single;
    static constexpr unsigned param_count = P;
    static constexpr bool is_projection = !std::is_same_v<R, detail::table_type<T>>;

    /// The record of this query type, for the engine. Its type is deduced so that every compiler looks
    /// into it where it is called, and names that line when a rule is broken.
    [[nodiscard]] static auto& info() {
        constexpr bool grouped = sql::grouping_holds(&sql::node_of<S>);
        static_assert(grouped,
                      "relata: a column beside an aggregate must be in group_by() [RL-C05]");
        if constexpr (is_projection) {
            using rows =
                std::conditional_t<detail::is_flat<R>, detail::flat_row<R>, detail::user_row<R>>;
            return detail::info_of<detail::query_key<S, rows>>;
        } else {
            constexpr bool always_there =
                !sql::is_outer(&sql::node_of<S>, &sql::node_of<detail::table_shape<T>>);
            static_assert(
                always_there,
                "relata: after a right or full join the first table's object may be missing; "
                "select(all<T>(), …) gives an optional [RL-C04]");
            using whole =
                sql::op_<sql::op::select, S, sql::list_<sql::all_<detail::table_shape<T>>>>;
            return detail::info_of<detail::query_key<whole, detail::object_row<R>>>;
        }
    }

    /// INNER JOIN; without a condition on the one declared reference between the tables of the query and U.
    template <class U> [[nodiscard]] constexpr auto join() const {
        return joined<sql::op::inner_join, U>();
    }
    template <class U, expression E> [[nodiscard]] constexpr auto join(E const& on) const {
        return joined<sql::op::inner_join, U>(on);
    }
    /// LEFT JOIN: columns of U become optional.
    template <class U> [[nodiscard]] constexpr auto left_join() const {
        return joined<sql::op::left_join, U>();
    }
    template <class U, expression E> [[nodiscard]] constexpr auto left_join(E const& on) const {
        return joined<sql::op::left_join, U>(on);
    }
    /// RIGHT JOIN: columns of the tables before become optional.
    template <class U> [[nodiscard]] constexpr auto right_join() const {
        return joined<sql::op::right_join, U>();
    }
    template <class U, expression E> [[nodiscard]] constexpr auto right_join(E const& on) const {
        return joined<sql::op::right_join, U>(on);
    }
    /// FULL JOIN: columns of both sides become optional. MySQL and MariaDB, which have none, run a LEFT
    /// and a RIGHT JOIN for it; a second one, or one after a right join, is not_supported there.
    template <class U> [[nodiscard]] constexpr auto full_join() const {
        return joined<sql::op::full_join, U>();
    }
    template <class U, expression E> [[nodiscard]] constexpr auto full_join(E const& on) const {
        return joined<sql::op::full_join, U>(on);
    }
    template <class U> [[nodiscard]] constexpr auto cross_join() const {
        using to = sql::op_<sql::op::cross_join, S, sql::list_<detail::table_shape<U>>>;
        return with<to>{*this};
    }
    /// Lets a subquery use columns of a table of the query around it.
    template <class U> [[nodiscard]] constexpr auto correlate() const {
        return with<sql::op_<sql::op::correlate, S, detail::table_shape<U>>>{*this};
    }

    /// Keeps the rows for which the condition is true; a second `where` narrows the first.
    template <class E> [[nodiscard]] constexpr auto where(E const& condition) const {
        if constexpr (expression<E>) {
            constexpr bool is_condition = detail::is_condition<detail::value_of<E>>;
            static_assert(
                is_condition,
                "relata: where() needs a condition; this expression is not boolean [RL-C03]");
            constexpr bool every_table_is_in_the_query = detail::scoped<S, detail::shape_of<E>>;
            static_assert(every_table_is_in_the_query,
                          "relata: where() names a column of a table that is not in this "
                          "query; join the table first [RL-C01]");
            using to = sql::op_<sql::op::where, S, detail::shape_of<E>>;
            return with<to, E>{
                detail::append<P, E::param_count>(this->values(), condition.values())};
        } else {
            constexpr bool made_of_columns = expression<E>;
            static_assert(made_of_columns,
                          "relata: where() needs a condition made of columns, such as "
                          "col<&T::member> == value [RL-C03]");
            return *this;
        }
    }
    template <expression... E> [[nodiscard]] constexpr auto group_by(E const&... columns) const {
        constexpr bool every_table_is_in_the_query =
            (detail::scoped<S, detail::shape_of<E>> && ...);
        static_assert(every_table_is_in_the_query, "relata: names a column of a table that is not "
                                                   "in this query; join the table first [RL-C01]");
        using to = sql::op_<sql::op::group_by, S, sql::list_<detail::shape_of<E>...>>;
        return with<to, E...>{
            detail::append<P, E::param_count...>(this->values(), columns.values()...)};
    }
    template <expression E> [[nodiscard]] constexpr auto having(E const& condition) const {
        constexpr bool every_table_is_in_the_query = detail::scoped<S, detail::shape_of<E>>;
        static_assert(every_table_is_in_the_query, "relata: names a column of a table that is not "
                                                   "in this query; join the table first [RL-C01]");
        constexpr bool is_condition = detail::is_condition<detail::value_of<E>>;
        static_assert(
            is_condition,
            "relata: having() needs a condition; this expression is not boolean [RL-C03]");
        using to = sql::op_<sql::op::having, S, detail::shape_of<E>>;
        return with<to, E>{detail::append<P, E::param_count>(this->values(), condition.values())};
    }
    /// Sorts by columns, expressions, `.desc()`, `.nulls_first()`, or `output<"alias">`.
    template <class... E> [[nodiscard]] constexpr auto order_by(E const&... by) const {
        constexpr bool columns_only = (detail::orders<E> && ...);
        static_assert(
            columns_only,
            "relata: order_by() takes columns, never text; choose among columns with if [RL-C08]");
        if constexpr (columns_only) {
            constexpr bool every_table_is_in_the_query =
                (detail::scoped<S, typename detail::order_of<E>::shape> && ...);
            static_assert(every_table_is_in_the_query,
                          "relata: order_by() names a column of a table that is not in this "
                          "query; join the table first [RL-C01]");
            using to =
                sql::op_<sql::op::order_by, S, sql::list_<typename detail::order_of<E>::shape...>>;
            return with<to, E...>{
                detail::append<P, E::param_count...>(this->values(), by.values()...)};
        } else {
            return *this;
        }
    }
    /// At most `count` rows, from 0. Throws invalid_argument for a negative count.
    [[nodiscard]] constexpr auto limit(std::int64_t count) const {
        auto const rows = detail::value_expr<std::int64_t>(detail::row_count(count));
        using to = sql::op_<sql::op::limit, S, sql::value_<std::int64_t>>;
        return with<to, decltype(rows)>{detail::append<P, 1>(this->values(), rows.values())};
    }
    /// Leaves out the first `count` rows, from 0. Throws invalid_argument for a negative count.
    [[nodiscard]] constexpr auto offset(std::int64_t count) const {
        auto const rows = detail::value_expr<std::int64_t>(detail::row_count(count));
        using to = sql::op_<sql::op::offset, S, sql::value_<std::int64_t>>;
        return with<to, decltype(rows)>{detail::append<P, 1>(this->values(), rows.values())};
    }
    [[nodiscard]] constexpr auto distinct() const {
        return with<sql::op_<sql::op::distinct, S>>{*this};
    }
    /// Locks the rows until the transaction ends. On SQLite a write transaction has that effect.
    [[nodiscard]] constexpr auto for_update() const {
        return with<sql::op_<sql::op::lock, S>>{*this};
    }

    /// The columns of the result; rows are `row<…>`, made for structured bindings.
    template <expression... E> [[nodiscard]] constexpr auto select(E const&... columns) const {
        constexpr bool every_table_is_in_the_query =
            (detail::scoped<S, detail::shape_of<E>> && ...);
        static_assert(every_table_is_in_the_query, "relata: names a column of a table that is not "
                                                   "in this query; join the table first [RL-C01]");
        return projected<row<detail::cell_t<S, E>...>, E...>{
            detail::append<P, E::param_count...>(this->values(), columns.values()...)};
    }
    /// The columns of the result, read in order into the members of a struct of yours, or into the
    /// elements of a std::tuple or std::pair.
    template <class Struct, expression... E>
    [[nodiscard]] constexpr auto select_as(E const&... columns) const {
        constexpr bool every_table_is_in_the_query =
            (detail::scoped<S, detail::shape_of<E>> && ...);
        static_assert(every_table_is_in_the_query, "relata: names a column of a table that is not "
                                                   "in this query; join the table first [RL-C01]");
        constexpr auto const& object = detail::members_of<Struct>::object;
        constexpr bool members_match = detail::cells<detail::cell_t<S, E>...>::fit(object);
        static_assert(
            members_match,
            "relata: select_as<Struct>(…) needs one member for each column, of its type [RL-C06]");
        constexpr bool no_null_into_plain_member =
            detail::cells<detail::cell_t<S, E>...>::keep_null(object);
        static_assert(no_null_into_plain_member,
                      "relata: this column can be NULL, the member that receives it cannot; make "
                      "the member std::optional, or use coalesce() [RL-C04]");
        return projected<Struct, E...>{
            detail::append<P, E::param_count...>(this->values(), columns.values()...)};
    }

private:
    // The query with one more clause.
    template <class To, class... E>
    using with = select_query<To, T, R, P + detail::count_params<E...>, Single>;

    // The query that has its rows chosen.
    template <class Row, class... E>
    using projected =
        select_query<sql::op_<sql::op::select, S, sql::list_<detail::shape_of<E>...>>, T, Row,
                     P + detail::count_params<E...>, typename detail::single_cell_of<E...>::type>;

    template <sql::op O, class U> constexpr auto joined() const {
        constexpr bool has_one_reference =
            sql::references_between<detail::table_type<U>, S>::count() == 1;
        static_assert(
            has_one_reference,
            "relata: no declared reference, or more than one, between this table and those of "
            "the query; give the condition: join<T>(…) [RL-C07]");
        using list = sql::list_<detail::table_shape<U>,
                                sql::op_<sql::op::reference_on, S, detail::table_shape<U>>>;
        return with<sql::op_<O, S, list>>{*this};
    }
    template <sql::op O, class U, class E> constexpr auto joined(E const& on) const {
        using list = sql::list_<detail::table_shape<U>, detail::shape_of<E>>;
        using to = sql::op_<O, S, list>;
        constexpr bool is_condition = detail::is_condition<detail::value_of<E>>;
        static_assert(is_condition,
                      "relata: join() needs a condition; this expression is not boolean [RL-C03]");
        constexpr bool every_table_is_in_the_query = detail::scoped<to, detail::shape_of<E>>;
        static_assert(
            every_table_is_in_the_query,
            "relata: join() names a column of a table that is not in this query [RL-C01]");
        return with<to, E>{detail::append<P, E::param_count>(this->values(), on.values())};
    }
};

/// Begins a query on a table, or on an alias of it.
template <class T> [[nodiscard]] constexpr auto from() {
    using shape = detail::table_shape<T>;
    return select_query<sql::op_<sql::op::from, void, shape>, T, detail::table_type<T>, 0>{};
}

/// True if the query has a row.
template <detail::subquery_like Q> [[nodiscard]] constexpr auto exists(Q const& query) {
    return detail::gather<bool, sql::op_<sql::op::exists, typename Q::query_shape>>(query);
}
/// The one value of a query of one column; NULL when it has no row.
template <detail::subquery_like Q> [[nodiscard]] constexpr auto scalar(Q const& query) {
    using V = typename Q::single_value;
    constexpr bool has_one_column = !std::is_same_v<V, detail::not_single>;
    static_assert(has_one_column,
                  "relata: scalar() takes a query that selects one column [RL-C06]");
    using R =
        std::conditional_t<has_one_column, std::optional<plain_t<V>>, std::optional<std::int64_t>>;
    return detail::gather<R, sql::expr_<sql::op::subquery, R, typename Q::query_shape>>(query);
}

}  // namespace relata
