// SPDX-License-Identifier: BSL-1.0
/// \file
/// What the engine knows about a query type: one constant-initialised record for each.
#pragma once

#include <relata/sql/node.hpp>

#include <atomic>

namespace relata::sql {

/// What a row of a query is in memory.
enum class row_form : std::uint8_t {
    none,    ///< a command without rows
    object,  ///< a mapped struct: all columns of `table`
    flat,    ///< relata::row: `types` one after the other by the layout rule
    user,    ///< a struct of the user: the members of `object`
};

/// How the rows of a query look in memory.
struct row_info {
    row_form form = row_form::none;
    schema::table_ref table = nullptr;
    type_info const* const* types = nullptr;
    object_info const* object = nullptr;
    std::uint32_t count = 0;
    std::uint32_t size = 0;
};

/// One query type. The id is drawn at first use from one counter of the library; it is the key of
/// the statement caches, because addresses may return after a shared library is unloaded.
struct query_info {
    std::atomic<std::uint32_t> id;
    bool dynamic;         ///< its text depends on its values
    bool inserts_object;  ///< an insert that reads its values from an object
    node const* tree;
    row_info row;
};

}  // namespace relata::sql
