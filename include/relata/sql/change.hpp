// SPDX-License-Identifier: BSL-1.0
/// \file
/// `insert_into`, `update`, `delete_from`: typed commands, each of which may return rows.
#pragma once

#include <relata/sql/select.hpp>

namespace relata {
namespace detail {

template <class S> struct command_key;
struct no_row {
    static constexpr sql::row_info info{};
};
template <class S>
inline constinit sql::query_info info_of<command_key<S>>{
    {0}, sql::is_dynamic(&sql::node_of<S>), false, &sql::node_of<S>, no_row::info};

}  // namespace detail

/// A command with RETURNING: run it with all, first or one. MariaDB has it for insert and delete only,
/// MySQL not at all (not_supported).
template <class S, class R, unsigned P> class returning_command : public detail::bound_values<P> {
public:
    using query_shape = S;
    using row_type = R;
    static constexpr unsigned param_count = P;
    [[nodiscard]] static sql::query_info& info() {
        return detail::info_of<detail::query_key<S, detail::flat_row<R>>>;
    }
};

/// A command that can be run. S its shape, T its table, P the number of its values.
template <class S, class T, unsigned P> class command : public detail::bound_values<P> {
public:
    using command_shape = S;
    static constexpr unsigned param_count = P;
    [[nodiscard]] static sql::query_info& info() { return detail::info_of<detail::command_key<S>>; }

    /// Gives columns of the changed rows back.
    template <expression... E> [[nodiscard]] constexpr auto returning(E const&... columns) const {
        constexpr bool every_table_is_in_the_query =
            (detail::scoped<S, detail::shape_of<E>> && ...);
        static_assert(every_table_is_in_the_query,
                      "relata: returning() names a column of another table [RL-C01]");
        using to = sql::op_<sql::op::returning, S, sql::list_<detail::shape_of<E>...>>;
        return returning_command<to, row<detail::value_of<E>...>, P + detail::count_params<E...>>{
            detail::append<P, E::param_count...>(this->values(), columns.values()...)};
    }
};

/// An update or delete that can be narrowed further.
template <class S, class T, unsigned P> class filtered_command : public command<S, T, P> {
public:
    template <expression E> [[nodiscard]] constexpr auto where(E const& condition) const {
        constexpr bool is_condition = detail::is_condition<detail::value_of<E>>;
        static_assert(is_condition,
                      "relata: where() needs a condition; this expression is not boolean [RL-C03]");
        constexpr bool every_table_is_in_the_query = detail::scoped<S, detail::shape_of<E>>;
        static_assert(every_table_is_in_the_query,
                      "relata: where() names a column of another table [RL-C01]");
        using to = sql::op_<sql::op::where, S, detail::shape_of<E>>;
        return filtered_command<to, T, P + E::param_count>{
            detail::append<P, E::param_count>(this->values(), condition.values())};
    }
};

/// An update or delete that does not say yet which rows it means; it cannot be run.
template <class S, class T, unsigned P> class open_command : public detail::bound_values<P> {
public:
    using unfiltered_shape = S;
    static constexpr unsigned param_count = P;

    template <expression E> [[nodiscard]] constexpr auto where(E const& condition) const {
        return filtered_command<S, T, P>{*this}.where(condition);
    }
    /// Means every row of the table.
    [[nodiscard]] constexpr auto all_rows() const { return command<S, T, P>{*this}; }
};

namespace detail {

template <class A>
concept assigns = requires { typename A::assignment_shape; };

template <class T, class List> inline constexpr bool sets_own_columns = false;
template <class S, class... A> consteval bool assignments_in_scope() {
    return (sql::in_scope(&sql::node_of<S>, &sql::node_of<typename A::assignment_shape>) && ...);
}

}  // namespace detail

/// `update<T>()`, waiting for `set`.
template <class T> class update_begin {
public:
    /// `set(col<&T::a> = 1, col<&T::b> = col<&T::b> + 1)`: every expression sees the row as it was before.
    template <detail::assigns... A>
    [[nodiscard]] constexpr auto set(A const&... assignments) const {
        using begin = sql::op_<sql::op::update, void, sql::table_<T>>;
        constexpr bool own_columns = detail::assignments_in_scope<begin, A...>();
        static_assert(own_columns, "relata: set() names a column of another table [RL-C01]");
        using to = sql::op_<sql::op::set, begin, sql::list_<typename A::assignment_shape...>>;
        return open_command<to, T, detail::count_params<A...>>{
            detail::append<A::param_count...>(assignments.values()...)};
    }
};

/// `insert_into<T>()`, waiting for `set`.
template <class T> class insert_begin {
public:
    /// Values by column. Every column without a default must be there.
    template <detail::assigns... A>
    [[nodiscard]] constexpr auto set(A const&... assignments) const {
        using begin = sql::op_<sql::op::insert, void, sql::table_<T>>;
        using list = sql::list_<typename A::assignment_shape...>;
        constexpr bool own_columns = detail::assignments_in_scope<begin, A...>();
        static_assert(own_columns, "relata: set() names a column of another table [RL-C01]");
        constexpr bool every_required_column_is_set = sql::all_required_set(
            table<T>, detail::members_of<T>::object, &sql::node_of<list>, 0, 0);
        static_assert(every_required_column_is_set,
                      "relata: this insert leaves out a column that is neither optional nor "
                      "defaulted nor generated [RL-C09]");
        return command<sql::op_<sql::op::set, begin, list>, T, detail::count_params<A...>>{
            detail::append<A::param_count...>(assignments.values()...)};
    }
};

/// Changes rows: `update<album>().set(col<&album::price> = "9.90"_dec).where(…)`.
template <class T> [[nodiscard]] constexpr update_begin<T> update() { return {}; }
/// Inserts a row by columns; to insert objects use `db.insert(object)`.
template <class T> [[nodiscard]] constexpr insert_begin<T> insert_into() { return {}; }
/// Deletes rows: `delete_from<album>().where(…)`.
template <class T> [[nodiscard]] constexpr auto delete_from() {
    return open_command<sql::op_<sql::op::remove, void, sql::table_<T>>, T, 0>{};
}

namespace detail {

// ---------------------------------------------------------------- whole objects

[[noreturn]] RELATA_EXPORT void refuse_key();  // throws out_of_range

template <unsigned I, class First, class... Rest> struct nth : nth<I - 1, Rest...> {};
template <class First, class... Rest> struct nth<0, First, Rest...> {
    using type = First;
};
template <class L, unsigned I> struct nth_member;
template <class... M, P... Places, unsigned I>
struct nth_member<member_pack<type_list<M...>, Places...>, I> : nth<I, M...> {};

/// Type of the column at a path.
template <class T, schema::column_path Path> struct column_at {
    using member = std::remove_cv_t<
        typename nth_member<typename members_of<T>::pack, (Path & 0xff) - 1>::type>;
    static consteval auto find() {
        if constexpr ((Path >> 8) == 0) return std::type_identity<member>{};
        else return std::type_identity<typename column_at<member, (Path >> 8)>::type>{};
    }
    using type = typename decltype(find())::type;
};

template <class T, unsigned I>
using key_type = plain_t<typename column_at<T, schema::key_path(table<T>, I)>::type>;

template <op O, class T> struct object_key;
template <op O, class T>
inline constinit sql::query_info info_of<object_key<O, T>>{
    {0},
    false,
    O != op::find_object,
    &sql::node_of<sql::op_<O, void, sql::table_<T>>>,
    object_row<T>::info};

template <class T> constexpr bool has_key = schema::key_columns(table<T>) > 0;
template <class T> constexpr bool has_generated_key = schema::key_is_generated(table<T>);

// A key is bound in the key's own type, because one statement serves all that is looked up.
template <class V, class B> constexpr param key_param(B const& key) {
    constexpr bool same_family = can_bind<V, B>();
    static_assert(same_family,
                  "relata: find<T>() takes values of the types of the primary key [RL-C11]");
    if constexpr (is_whole_number<B> && family<V> == value_family::integer &&
                  sizeof(B) > sizeof(V)) {
        if (B(V(key)) != key) refuse_key();
    }
    return as_param<V>(key);
}
template <class T, class... K, unsigned... I>
constexpr void put_key(param* to, std::integer_sequence<unsigned, I...>, K const&... key) {
    ((to[I] = key_param<key_type<T, I>>(key)), ...);
}

}  // namespace detail
}  // namespace relata
