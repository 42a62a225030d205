// SPDX-License-Identifier: BSL-1.0
/// \file
/// What the engine knows about a query type: one constant-initialised record for each.
#pragma once

#include <relata/sql/node.hpp>

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

/// The number of a query type, 0 until one is drawn. What <atomic> would offer, without what the header
/// costs every file that includes this one.
struct query_id {
    std::uint32_t value;
    [[nodiscard]] std::uint32_t load() const { return __atomic_load_n(&value, __ATOMIC_RELAXED); }
    /// Sets the number unless another thread was faster; returns the one that is set.
    std::uint32_t set_once(std::uint32_t fresh) {
        std::uint32_t none = 0;
        bool const set = __atomic_compare_exchange_n(&value, &none, fresh, false, __ATOMIC_ACQ_REL,
                                                     __ATOMIC_ACQUIRE);
        return set ? fresh : none;
    }
};

/// One query type. The id is drawn at first use from one counter of the library; it is the key of
/// the statement caches, because addresses may return after a shared library is unloaded.
struct query_info {
    query_id id;
    bool dynamic;         ///< its text depends on its values
    bool inserts_object;  ///< an insert that reads its values from an object
    node const* tree;
    row_info row;
};

}  // namespace relata::sql
