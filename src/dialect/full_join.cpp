// SPDX-License-Identifier: BSL-1.0
//
// FULL JOIN for MySQL and MariaDB, which have none: the rows of a LEFT JOIN, and those of the RIGHT
// JOIN that found nothing, together in a table of their own. Everything else of the query (further
// joins, conditions, groups, order, limits) stays around it, so that it sees the same rows.

#include "dialect/renderer.hpp"

#include <relata/core/error.hpp>

#include <algorithm>
#include <utility>

namespace relata::dialect {
namespace {

constexpr std::string_view rows_name = "relata_full";

bool same_table(sql::node const& a, sql::node const& b) {
    if (&a.table() != &b.table() || !a.text != !b.text) return false;
    return !a.text || std::string_view(a.text) == b.text;
}

std::string column_name(std::size_t table, std::size_t column) {
    return "c" + std::to_string(table) + "_" + std::to_string(column);
}

bool is_moment(kind k) { return k == kind::date || k == kind::timestamp || k == kind::instant; }

}  // namespace

// Prepares the names of columns and returns how many joins, from the first, a table of its own holds;
// none without an emulated FULL JOIN.
std::size_t renderer::begin_full_join(statement_parts const& parts) {
    for (auto& t : full_joined_) {
        auto const hides = [&](node const& own) { return t && same_table(*t, own); };
        bool hidden = hides(*parts.head.node->b);
        for (auto const& l : parts.joins) hidden = hidden || hides(joined_table(l));
        if (hidden) t = nullptr;
    }
    if (!my()) return 0;
    std::size_t count = 0;
    bool right = false;
    for (std::size_t i = 0; i < parts.joins.size(); ++i) {
        auto const kind = parts.joins[i].node->kind;
        if (kind == op::full_join) {
            // what is missing on the left is told by its first table, which must not miss otherwise
            if (count || right)
                unsupported("there is no FULL JOIN, and one after a right or full join has no "
                            "equal; use several queries");
            count = i + 1;
        }
        right = right || kind == op::right_join;
    }
    if (!count) return 0;
    if (parts.correlated)
        unsupported("there is no FULL JOIN, and none in a query that names the tables of another");
    if (parts.lock) unsupported("there is no FULL JOIN that locks rows");
    full_joined_.push_back(parts.head.node->b);
    for (std::size_t i = 0; i < count; ++i) full_joined_.push_back(&joined_table(parts.joins[i]));
    return count;
}

void renderer::full_join(statement_parts const& parts, std::size_t joins) {
    auto const joined = full_joined_;
    put("(");
    full_join_half(parts, joins, op::left_join);
    put(" UNION ALL ");
    full_join_half(parts, joins, op::right_join);
    put(" WHERE ");
    missing_first_table(parts);
    full_joined_ = joined;
    put(") AS ");
    name(rows_name);
}

void renderer::full_join_half(statement_parts const& parts, std::size_t joins, op last) {
    auto const all = std::exchange(full_joined_, {});  // here the tables are called by their names
    auto const first = all.size() - joins - 1;
    char const* separator = "SELECT ";
    for (auto t = first; t < all.size(); ++t) {
        auto const& columns = schema::model_of(all[t]->table()).columns;
        for (std::size_t c = 0; c < columns.size(); ++c) {
            put(std::exchange(separator, ", "));
            qualified(*all[t], columns[c].name);
            put(" AS ");
            name(column_name(t, c));
        }
    }
    put(" FROM ");
    table(*parts.head.node->b);
    for (std::size_t i = 0; i < joins; ++i)
        join(parts.joins[i], i + 1 == joins ? last : parts.joins[i].node->kind);
    full_joined_ = all;
}

// A column of the first table that is NULL only where there is no row of it. Not a date: IS NULL holds
// for a zero date too.
void renderer::missing_first_table(statement_parts const& parts) {
    node const& first = *parts.head.node->b;
    auto const& columns = schema::model_of(first.table()).columns;
    auto const found = std::find_if(columns.begin(), columns.end(), [](schema::column const& c) {
        return !c.type->nullable && !is_moment(stored_type(*c.type).kind);
    });
    if (found == columns.end())
        unsupported("there is no FULL JOIN, and none for a table whose columns may all be NULL");
    auto const all = std::exchange(full_joined_, {});
    qualified(first, found->name);
    full_joined_ = all;
    put(" IS NULL");
}

// Writes a column that comes from an emulated FULL JOIN; false for all others.
bool renderer::full_join_column(node const& table_node, std::string_view column) {
    for (auto t = full_joined_.size(); t-- > 0;) {
        if (!full_joined_[t] || !same_table(*full_joined_[t], table_node)) continue;
        auto const& columns = schema::model_of(table_node.table()).columns;
        for (std::size_t c = 0; c < columns.size(); ++c) {
            if (columns[c].name != column) continue;
            name(rows_name);
            put(".");
            name(column_name(t, c));
            return true;
        }
    }
    return false;
}

}  // namespace relata::dialect
