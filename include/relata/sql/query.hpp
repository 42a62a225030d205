// SPDX-License-Identifier: BSL-1.0
/// \file
/// `query<R…>`: any query with rows of a type, as a value that can be named, kept and added to.
#pragma once

#include <relata/sql/condition.hpp>
#include <relata/sql/select.hpp>

namespace relata {

namespace sql {
struct query_data;
}

namespace detail {

/// The part of `query<…>` and of commands made at run time that names no type. Copies share their data,
/// which is copied before it is changed.
class RELATA_EXPORT stored_query {
public:
    stored_query(stored_query const& other) noexcept;
    stored_query& operator=(stored_query const& other) noexcept;

    /// For the engine.
    [[nodiscard]] sql::query_data const& data() const noexcept { return *data_; }

protected:
    stored_query(sql::query_info& info, param const* values, unsigned count);
    stored_query(sql::query_info& info, std::string_view text, param const* values, unsigned count);
    ~stored_query();

    void add_condition(condition const& c);
    void add_order(sql::node const& list, param const* values, unsigned count);
    void set_limit(std::int64_t count);
    void set_offset(std::int64_t count);

private:
    sql::query_data& own();

    sql::query_data* data_;
};

// The rows of query<R…>: a struct or a row stands for itself, other types are the cells of a row.
template <class... R> struct rows_of {
    using type = row<R...>;
};
template <class T>
    requires(tuple_row<T> || (kind_of<T> == kind::object && !is_optional<T>))
struct rows_of<T> {
    using type = T;
};

template <class Q>
concept typed_rows = requires {
    typename Q::row_type;
    Q::is_projection;
    Q::info();
};

}  // namespace detail

/// A command whose text came at run time, see `sql_command(unsafe_sql, …)`. Runs with `execute`.
class stored_command : public detail::stored_query {
public:
    stored_command(sql::query_info& info, std::string_view text, param const* values,
                   unsigned count)
        : stored_query(info, text, values, count) {}
};

/// A query as a value: return it from a function, keep it in a map, add to it at run time.
///
///     query<std::string, decimal<10, 2>> cheap(decimal<10, 2> limit) {
///         return from<album>().where(col<&album::price> < limit).select(col<&album::title>, col<&album::price>);
///     }
///     query<album> q = from<album>();                             // rows are objects
///     if (only_new) q = q.where(col<&album::released> >= day);
///     auto rows = db.all(q.order_by(col<&album::title>).limit(10));
///
/// `query<T>` of a struct has rows of that struct, a mapped one or that of `select_as`, which may be a
/// std::tuple too; `query<A, B>` has rows `row<A, B>`. Made from any typed query with these rows, and
/// from hand-written SQL. It owns its values: text is copied, values of types with a codec are encoded
/// (the codec may throw).
///
/// Its members give a new query and leave the old one as it is. They throw invalid_argument for a table
/// that is not in the query, for a column that is not in group_by() of a query with groups, and for
/// hand-written SQL, to which nothing can be added.
///
/// Runs with `all`, `first`, `one` and `stream`. Thread-safety: that of a value; copies share data that
/// is never changed.
template <class... R> class query : public detail::stored_query {
public:
    /// The type of a row.
    using row_type = typename detail::rows_of<R...>::type;

    template <detail::typed_rows Q>
    query(Q const& typed) : stored_query(checked<Q>(), typed.values(), Q::param_count) {}
    /// From a query whose rows are spelled otherwise, such as `query<row<A, B>>` for `query<A, B>`.
    template <class... Other> query(query<Other...> const& other) : stored_query(other) {
        constexpr bool same_rows = std::is_same_v<row_type, typename query<Other...>::row_type>;
        static_assert(
            same_rows,
            "relata: the rows of this query have another type than those of query<…> [RL-C06]");
    }

    /// Hand-written SQL, see `sql_query<R…>(unsafe_sql, …)`.
    query(sql::query_info& info, std::string_view text, param const* values, unsigned count)
        : stored_query(info, text, values, count) {}

    /// Keeps the rows for which the condition holds too.
    [[nodiscard]] query where(condition const& c) const {
        query out(*this);
        out.add_condition(c);
        return out;
    }
    /// Sorts by columns, expressions, `.desc()` or `output<"alias">`, after the orders that are there.
    template <class... E> [[nodiscard]] query order_by(E const&... by) const {
        constexpr bool columns_only = (detail::orders<E> && ...);
        static_assert(
            columns_only,
            "relata: order_by() takes columns, never text; choose among columns with if [RL-C08]");
        query out(*this);
        if constexpr (columns_only) {
            constexpr unsigned count = detail::count_params<E...>;
            param values[count ? count : 1];
            param* to = values;
            ((detail::put(to, by.values(), E::param_count), to += E::param_count), ...);
            out.add_order(sql::node_of<sql::list_<typename detail::order_of<E>::shape...>>, values,
                          count);
        }
        return out;
    }
    /// At most `count` rows, from 0, in place of an earlier limit.
    [[nodiscard]] query limit(std::int64_t count) const {
        query out(*this);
        out.set_limit(count);
        return out;
    }
    /// Leaves out the first `count` rows, from 0, in place of an earlier offset.
    [[nodiscard]] query offset(std::int64_t count) const {
        query out(*this);
        out.set_offset(count);
        return out;
    }

private:
    template <class Q> static sql::query_info& checked() {
        constexpr bool same_rows = std::is_same_v<row_type, typename Q::row_type>;
        static_assert(
            same_rows,
            "relata: the rows of this query have another type than those of query<…> [RL-C06]");
        if constexpr (requires { typename Q::query_shape; }) {
            constexpr bool has_all_values =
                detail::placeholders_of<typename Q::query_shape>::count == 0;
            static_assert(
                has_all_values,
                "relata: query<…> has all its values; placeholders are for prepare() [RL-C12]");
        }
        return Q::info();
    }
};

}  // namespace relata
