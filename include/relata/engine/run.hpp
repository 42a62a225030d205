// SPDX-License-Identifier: BSL-1.0
/// \file
/// The erased core of the engine: one function for each verb, compiled once, for all query types.
///
/// Path of a query, step 3 of 5. Before: relata/engine/handle.hpp, whose templates call these. Next:
/// src/engine/session.cpp finds the prepared statement.
#pragma once

#include <relata/core/error.hpp>
#include <relata/sql/query_info.hpp>
#include <relata/types/field.hpp>

namespace relata::sql {
struct query_data;
}

namespace relata::engine {

class session;

/// Where a handle takes its connection from: a pool, or the one connection of a transaction.
class RELATA_EXPORT source {
public:
    virtual session* borrow() = 0;
    virtual void give_back(session* s) noexcept = 0;

protected:
    ~source() = default;
};

/// Resizes the vector of rows; returns the address of its first row.
using grow_function = void* (*)(void* vector, std::size_t size);

/// Objects handed over one by one; the address of the next, nullptr after the last.
struct object_source {
    void const* (*next)(void* context);
    void* context;
};

RELATA_EXPORT void run_all(source& from, sql::query_info& query, param const* values,
                           unsigned count, void* rows, grow_function grow);
/// Reads the first row; false when there is none.
RELATA_EXPORT bool run_first(source& from, sql::query_info& query, param const* values,
                             unsigned count, void* row);
/// Reads the only row. Throws not_found or too_many_rows.
RELATA_EXPORT void run_one(source& from, sql::query_info& query, param const* values,
                           unsigned count, void* row);
/// Runs a command; returns the affected rows.
RELATA_EXPORT std::int64_t run_execute(source& from, sql::query_info& query, param const* values,
                                       unsigned count);

// The same for a query or command that is a value made at run time.
RELATA_EXPORT void run_all(source& from, sql::query_data const& query, void* rows,
                           grow_function grow);
RELATA_EXPORT bool run_first(source& from, sql::query_data const& query, void* row);
RELATA_EXPORT void run_one(source& from, sql::query_data const& query, void* row);
RELATA_EXPORT std::int64_t run_execute(source& from, sql::query_data const& query);

/// Inserts one object; writes a generated key into it.
RELATA_EXPORT void insert_object(source& from, sql::query_info& query, void* object);
/// Updates or deletes one object by its key; returns the affected rows.
RELATA_EXPORT std::int64_t change_object(source& from, sql::query_info& query, void const* object);
/// Inserts many objects by the fastest means, all of them or none. Returns how many.
RELATA_EXPORT std::int64_t insert_objects(source& from, sql::query_info& query,
                                          object_source objects);
/// Prepares the query on one connection, so that its errors come out now.
RELATA_EXPORT void prepare_query(source& from, sql::query_info& query, param const* values,
                                 unsigned count);

/// Runs statements without values and without rows.
RELATA_EXPORT void run_script(source& from, std::string_view statements);
RELATA_EXPORT void create_tables(source& from, schema::table_ref const* tables, unsigned count);
RELATA_EXPORT void drop_tables(source& from, schema::table_ref const* tables, unsigned count);

/// An open result. Holds its connection, and a copy of its values, until it is closed.
struct cursor;
RELATA_EXPORT cursor* open_cursor(source& from, sql::query_info& query, param const* values,
                                  unsigned count);
RELATA_EXPORT cursor* open_cursor(source& from, sql::query_data const& query);
/// Reads the next row; false at the end.
RELATA_EXPORT bool next_row(cursor& c, void* row);
RELATA_EXPORT void close_cursor(cursor* c) noexcept;

}  // namespace relata::engine
