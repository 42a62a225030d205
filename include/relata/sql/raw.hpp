// SPDX-License-Identifier: BSL-1.0
/// \file
/// `sql_query<"…", R…>`, `sql_command<"…">`: statements written by hand, with bound values and typed rows.
#pragma once

#include <relata/sql/change.hpp>
#include <relata/sql/query.hpp>
#include <relata/sql/question_marks.hpp>

namespace relata {

/// SQL text made at run time. Whoever writes this name vouches for the text: it must not hold values
/// or names from outside. Values are bound, never written into the text.
struct unsafe_sql {
    explicit unsafe_sql(std::string_view sql) : text(sql) {}
    std::string_view text;
};

namespace detail {

// The type under which a value of hand-written SQL is bound: its own, whatever the column's is.
template <class B> consteval auto written_type() {
    using given = plain_t<B>;
    if constexpr (kind_of<given> != kind::none && family<given> != value_family::integer) {
        return std::type_identity<given>{};
    } else {
        return natural_type<given>();
    }
}
template <class B>
using written_t = typename decltype(written_type<std::remove_cvref_t<B>>())::type;

template <class B> constexpr param written_value(B const& b) {
    using W = written_t<B>;
    constexpr bool can_be_bound = kind_of<W> != kind::none && kind_of<W> != kind::object;
    static_assert(
        can_be_bound,
        "relata: hand-written SQL is given a value of a type that relata cannot store [RL-C13]");
    if constexpr (can_be_bound) return as_optional_param<W>(b);
    else return param{};
}

template <class S> inline constexpr std::string_view text_of = sql::node_of<S>.text;
template <class S, class Row> struct written_key;
template <class S, class Row>
inline constinit sql::query_info info_of<written_key<S, Row>>{
    {0}, !leaves_session(text_of<S>), false, &sql::node_of<S>, Row::info};

// Text that comes at run time: one query type for each type of row.
using any_text = sql::raw_<void, "", sql::list_<>>;
template <class Row> struct unsafe_key;
template <class Row>
inline constinit sql::query_info info_of<unsafe_key<Row>>{
    {0}, true, false, &sql::node_of<any_text>, Row::info};

template <class T> consteval bool is_cell() {
    return kind_of<T> != kind::none && kind_of<T> != kind::object;
}
template <class R> inline constexpr bool has_cells = true;
template <class... T> inline constexpr bool has_cells<row<T...>> = (is_cell<T>() && ...);
template <tuple_row R> inline constexpr bool has_cells<R> = members_of<R>::elements::cells_only;

template <class R> consteval auto written_row() {
    constexpr bool can_be_read = has_cells<R>;
    static_assert(
        can_be_read,
        "relata: a row of hand-written SQL has cells of types that a column can hold [RL-C13]");
    if constexpr (is_flat<R>) return std::type_identity<flat_row<R>>{};
    else return std::type_identity<user_row<R>>{};
}
template <class R> using written_row_t = typename decltype(written_row<R>())::type;

template <fixed_string Text, class... B>
using written_shape = sql::raw_<void, Text, sql::list_<sql::value_<written_t<B>>...>>;

template <fixed_string Text, unsigned Count> consteval void check_marks() {
    constexpr bool one_value_for_each_mark = count_question_marks(literal<Text>.text) == Count;
    static_assert(one_value_for_each_mark,
                  "relata: hand-written SQL takes one value for each question mark outside of "
                  "quotes and comments [RL-C13]");
}

}  // namespace detail

/// A statement written by hand that gives rows. S its shape, R the type of its rows, P how many values.
template <class S, class R, unsigned P> class written_query : public detail::bound_values<P> {
public:
    using row_type = R;
    static constexpr bool is_projection = true;
    static constexpr unsigned param_count = P;
    [[nodiscard]] static sql::query_info& info() {
        return detail::info_of<detail::written_key<S, detail::written_row_t<R>>>;
    }
};

/// A statement written by hand that gives none.
template <class S, unsigned P> class written_command : public detail::bound_values<P> {
public:
    using command_shape = S;
    static constexpr unsigned param_count = P;
    [[nodiscard]] static sql::query_info& info() {
        return detail::info_of<detail::written_key<S, detail::no_row>>;
    }
};

/// A query in SQL of your own. The text is a literal; each `?` outside of quotes and comments takes one
/// value, in order, bound as its own type; `??` is a question mark of the SQL. Rows are of a struct, its
/// members in order, or `row<R…>`:
///
///     db.all(sql_query<"select id, title from albums where price < ?", album_line>(limit));
///     db.one(sql_query<"select count(*) from albums", std::int64_t>()).m0;
///
/// What the text says is checked by the database only: running it throws syntax, table_not_found, …, and
/// type_mismatch when the result has another number of columns or another type in one. Values are
/// referenced, not copied, until the query has run. The text is sent as it is to every back end, only
/// the placeholders are spelled for it.
template <fixed_string Text, class... R, class... B>
[[nodiscard]] constexpr auto sql_query(B const&... values) {
    detail::check_marks<Text, sizeof...(B)>();
    written_query<detail::written_shape<Text, B...>, typename detail::rows_of<R...>::type,
                  sizeof...(B)>
        out;
    if constexpr (sizeof...(B) > 0) {
        param* to = out.p;
        ((*to++ = detail::written_value(values)), ...);
    }
    return out;
}

/// A command in SQL of your own: an insert, update or delete, or anything else that the database takes
/// as a prepared statement. Otherwise as `sql_query`. Runs with `execute`, which returns the affected rows.
///
///     db.execute(sql_command<"update albums set price = price * 2 where id = ?">(id));
template <fixed_string Text, class... B>
[[nodiscard]] constexpr auto sql_command(B const&... values) {
    detail::check_marks<Text, sizeof...(B)>();
    written_command<detail::written_shape<Text, B...>, sizeof...(B)> out;
    if constexpr (sizeof...(B) > 0) {
        param* to = out.p;
        ((*to++ = detail::written_value(values)), ...);
    }
    return out;
}

/// The same for text made at run time. Text and values are copied. Throws invalid_argument when it is
/// run with another number of values than question marks.
template <class... R, class... B>
[[nodiscard]] query<R...> sql_query(unsafe_sql sql, B const&... values) {
    using rows = detail::written_row_t<typename query<R...>::row_type>;
    param const all[sizeof...(B) + 1] = {detail::written_value(values)..., {}};
    return query<R...>(detail::info_of<detail::unsafe_key<rows>>, sql.text, all, sizeof...(B));
}
template <class... B> [[nodiscard]] stored_command sql_command(unsafe_sql sql, B const&... values) {
    param const all[sizeof...(B) + 1] = {detail::written_value(values)..., {}};
    return stored_command(detail::info_of<detail::unsafe_key<detail::no_row>>, sql.text, all,
                          sizeof...(B));
}

}  // namespace relata
