// SPDX-License-Identifier: BSL-1.0
/// \file
/// A chain of the query tree, sorted into the clauses of a statement.
#pragma once

#include <relata/sql/node.hpp>

#include <vector>

namespace relata::dialect {

/// A node of the chain and the number of the first param of its `b`.
struct link {
    sql::node const* node = nullptr;
    unsigned at = 0;
    explicit operator bool() const noexcept { return node != nullptr; }
};

/// Clauses in the order in which they were written. Those that a statement has once are the last.
struct statement_parts {
    link head;  ///< from, update, insert or remove
    std::vector<link> joins, wheres, havings, groups, orders, sets, returnings;
    link select, limit, offset;
    bool distinct = false;
    bool lock = false;
    bool correlated = false;  ///< names a table of the query around it

    [[nodiscard]] schema::table_data const& table() const { return head.node->b->table(); }
};

[[nodiscard]] inline unsigned params_of(sql::node const* n) { return n ? n->params : 0; }

/// The table that a join brings in.
[[nodiscard]] inline sql::node const& joined_table(link const& join) {
    sql::node const& tables = *join.node->b;
    return tables.kind == sql::op::list ? *tables.a : tables;
}

/// `at`: number of the chain's first param.
[[nodiscard]] statement_parts parts_of(sql::node const& chain, unsigned at);

}  // namespace relata::dialect
