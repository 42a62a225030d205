// SPDX-License-Identifier: BSL-1.0
/// \file
/// The verbs of a database, a connection and a transaction: all, first, one, stream, execute, insert, …
#pragma once

#include <relata/engine/run.hpp>
#include <relata/engine/stream.hpp>
#include <relata/sql/change.hpp>
#include <relata/sql/placeholder.hpp>
#include <relata/sql/query.hpp>

#include <iterator>
#include <optional>
#include <utility>
#include <vector>

namespace relata {

template <class Q> class prepared;

namespace detail {

template <class R> void* grow_vector(void* vector, std::size_t size) {
    auto& rows = *static_cast<std::vector<R>*>(vector);
    rows.resize(size);
    return rows.data();
}

/// Hands the elements of a range to the engine by their addresses.
template <class Iterator, class Sentinel> struct range_source {
    Iterator at;
    Sentinel end;
    static void const* next(void* context) {
        auto& range = *static_cast<range_source*>(context);
        if (range.at == range.end) return nullptr;
        void const* const object = &*range.at;
        ++range.at;
        return object;
    }
};

template <class Q>
concept row_query = requires {
    typename Q::row_type;
    Q::info();
};
template <class Q>
concept runnable_command = requires { typename Q::command_shape; };
template <class Q>
concept unfiltered = requires { typename Q::unfiltered_shape; };

// Whether a query can be run as it is: none of its values is still to come.
template <class Q> inline constexpr bool all_values_given = true;
template <class Q>
    requires requires { typename any_shape<Q>; }
inline constexpr bool all_values_given<Q> = count_placeholders(&sql::node_of<any_shape<Q>>) == 0;

}  // namespace detail

/// What can be done with a database: the common part of `database`, `connection` and `transaction`.
///
/// Every verb may throw `relata::error`. On a `database` each call borrows a connection of the pool for
/// its duration and may be made from any thread; a `connection` or `transaction` is used by one thread.
class handle {
public:
    /// All rows, in a vector.
    template <detail::row_query Q> [[nodiscard]] auto all(Q const& query) const {
        static_assert(detail::all_values_given<Q>,
                      "relata: a query with placeholders is run through prepare(), which takes "
                      "their values [RL-C12]");
        using R = typename Q::row_type;
        std::vector<R> rows;
        engine::run_all(*source_, Q::info(), query.values(), Q::param_count, &rows,
                        &detail::grow_vector<R>);
        return rows;
    }
    template <class... R> [[nodiscard]] auto all(query<R...> const& stored) const {
        using row_type = typename query<R...>::row_type;
        std::vector<row_type> rows;
        engine::run_all(*source_, stored.data(), &rows, &detail::grow_vector<row_type>);
        return rows;
    }
    /// The first row, or nothing.
    template <detail::row_query Q> [[nodiscard]] auto first(Q const& query) const {
        static_assert(detail::all_values_given<Q>,
                      "relata: a query with placeholders is run through prepare(), which takes "
                      "their values [RL-C12]");
        using R = typename Q::row_type;
        std::optional<R> row;
        if (!engine::run_first(*source_, Q::info(), query.values(), Q::param_count, &row.emplace()))
            row.reset();
        return row;
    }
    template <class... R> [[nodiscard]] auto first(query<R...> const& stored) const {
        std::optional<typename query<R...>::row_type> row;
        if (!engine::run_first(*source_, stored.data(), &row.emplace())) row.reset();
        return row;
    }
    /// The only row. Throws not_found or too_many_rows.
    template <detail::row_query Q> [[nodiscard]] auto one(Q const& query) const {
        static_assert(detail::all_values_given<Q>,
                      "relata: a query with placeholders is run through prepare(), which takes "
                      "their values [RL-C12]");
        typename Q::row_type row{};
        engine::run_one(*source_, Q::info(), query.values(), Q::param_count, &row);
        return row;
    }
    template <class... R> [[nodiscard]] auto one(query<R...> const& stored) const {
        typename query<R...>::row_type row{};
        engine::run_one(*source_, stored.data(), &row);
        return row;
    }
    /// Rows one by one, in constant memory: `for (auto const& row : db.stream(query))`. The stream holds
    /// its connection until it is destroyed.
    template <detail::row_query Q> [[nodiscard]] auto stream(Q const& query) const {
        static_assert(detail::all_values_given<Q>,
                      "relata: a query with placeholders is run through prepare(), which takes "
                      "their values [RL-C12]");
        return relata::stream<typename Q::row_type>(
            engine::open_cursor(*source_, Q::info(), query.values(), Q::param_count));
    }
    template <class... R> [[nodiscard]] auto stream(query<R...> const& stored) const {
        return relata::stream<typename query<R...>::row_type>(
            engine::open_cursor(*source_, stored.data()));
    }

    /// Runs an insert, update or delete. Returns how many rows were inserted, found or deleted.
    template <class Q> std::int64_t execute(Q const& query) const {
        constexpr bool says_which_rows = !detail::unfiltered<Q>;
        static_assert(says_which_rows, "relata: update or delete without where(); write all_rows() "
                                       "to mean every row [RL-C10]");
        if constexpr (says_which_rows) {
            constexpr bool is_command = detail::runnable_command<Q>;
            static_assert(is_command, "relata: execute() runs inserts, updates and deletes; read "
                                      "rows with all, first, one or "
                                      "stream [RL-C10]");
            if constexpr (is_command) {
                static_assert(detail::all_values_given<Q>,
                              "relata: a query with placeholders is run through prepare(), which "
                              "takes their values [RL-C12]");
                return engine::run_execute(*source_, Q::info(), query.values(), Q::param_count);
            }
        }
        return 0;
    }

    std::int64_t execute(stored_command const& command) const {
        return engine::run_execute(*source_, command.data());
    }

    /// Inserts an object. A table with a generated key gives the object back with the key that the
    /// database made; otherwise the object is only read, and nothing is given back.
    template <class Object> auto insert(Object&& object) const {
        using T = std::remove_cvref_t<Object>;
        auto& info = detail::info_of<detail::object_key<sql::op::insert, T>>;
        if constexpr (detail::has_generated_key<T>) {
            T result(static_cast<Object&&>(object));
            engine::insert_object(*source_, info, &result);
            return result;
        } else {
            engine::insert_object(
                *source_, info, const_cast<T*>(&object));  // written only where a key is generated
        }
    }
    /// Inserts the objects of a range by the fastest means of the database (COPY, array binding, one
    /// prepared statement), all of them or none. Generated keys are made but not given back.
    /// \return how many
    template <class Range> std::int64_t insert_all(Range const& objects) const {
        using std::begin, std::end;
        using iterator = decltype(begin(objects));
        using sentinel = decltype(end(objects));
        using T = std::remove_cvref_t<decltype(*begin(objects))>;
        constexpr bool refers = std::is_reference_v<decltype(*begin(objects))>;
        static_assert(
            refers,
            "relata: insert_all() takes a range of objects, not one that makes them on the way");
        detail::range_source<iterator, sentinel> source{begin(objects), end(objects)};
        return engine::insert_objects(*source_,
                                      detail::info_of<detail::object_key<sql::op::insert, T>>,
                                      {&detail::range_source<iterator, sentinel>::next, &source});
    }
    /// The object with this primary key, or nothing. One argument for each column of the key.
    template <class T, class... K> [[nodiscard]] std::optional<T> find(K const&... key) const {
        constexpr bool whole_key =
            sizeof...(K) == schema::key_columns(table<T>) && sizeof...(K) > 0;
        static_assert(
            whole_key,
            "relata: find<T>() takes one value for each column of the primary key [RL-C11]");
        param values[sizeof...(K)];
        detail::put_key<T>(values, std::make_integer_sequence<unsigned, sizeof...(K)>{}, key...);
        std::optional<T> row;
        if (!engine::run_first(*source_,
                               detail::info_of<detail::object_key<sql::op::find_object, T>>, values,
                               sizeof...(K), &row.emplace()))
            row.reset();
        return row;
    }
    /// Writes all columns of the row with the object's primary key. False when there is no such row.
    template <class T> bool update(T const& object) const {
        check_key<T>();
        return engine::change_object(*source_,
                                     detail::info_of<detail::object_key<sql::op::update_object, T>>,
                                     &object) > 0;
    }
    /// Deletes the row with the object's primary key. False when there is no such row.
    template <class T> bool remove(T const& object) const {
        check_key<T>();
        return engine::change_object(*source_,
                                     detail::info_of<detail::object_key<sql::op::remove_object, T>>,
                                     &object) > 0;
    }

    /// Prepares a query now and keeps its values; placeholders are given at each run.
    template <class Q> [[nodiscard]] auto prepare(Q const& query) const;

    /// Creates the tables with their indexes and references. Throws already_exists. For a quick start
    /// and for tests; production uses migrations.
    template <class... T> void create_tables() const {
        static constexpr schema::table_ref tables[] = {&detail::table_data_of<T>...};
        engine::create_tables(*source_, tables, sizeof...(T));
    }
    /// Drops the tables where they exist.
    template <class... T> void drop_tables() const {
        static constexpr schema::table_ref tables[] = {&detail::table_data_of<T>...};
        engine::drop_tables(*source_, tables, sizeof...(T));
    }

protected:
    template <class Q> friend class prepared;

    explicit handle(engine::source* source) : source_(source) {}
    template <class T> static constexpr void check_key() {
        constexpr bool has_key = detail::has_key<T>;
        static_assert(has_key, "relata: update(object) and remove(object) need a primary key; "
                               "describe it with key<…>() [RL-C11]");
    }

    engine::source* source_;
};

}  // namespace relata

#include <relata/engine/prepared.hpp>
