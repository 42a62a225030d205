// SPDX-License-Identifier: BSL-1.0

#include "dialect/statement_parts.hpp"

#include <relata/core/error.hpp>

#include <algorithm>

namespace relata::dialect {
namespace {

void sort_in(statement_parts& out, link l) {
    using sql::op;
    switch (l.node->kind) {
    case op::from:
    case op::update:
    case op::insert:
    case op::remove: out.head = l; return;
    case op::inner_join:
    case op::left_join:
    case op::right_join:
    case op::full_join:
    case op::cross_join: out.joins.push_back(l); return;
    case op::correlate: out.correlated = true; return;
    case op::where: out.wheres.push_back(l); return;
    case op::having: out.havings.push_back(l); return;
    case op::group_by: out.groups.push_back(l); return;
    case op::order_by: out.orders.push_back(l); return;
    case op::set: out.sets.push_back(l); return;
    case op::returning: out.returnings.push_back(l); return;
    case op::select: out.select = l; return;
    case op::limit: out.limit = l; return;
    case op::offset: out.offset = l; return;
    case op::distinct: out.distinct = true; return;
    case op::lock: out.lock = true; return;
    default: fail(error_kind::invalid_argument, "a query tree has an expression for a statement");
    }
}

}  // namespace

statement_parts parts_of(sql::node const& chain, unsigned at) {
    std::vector<link> links;  // the last word of the statement comes first
    for (auto const* n = &chain; n; n = n->a) links.push_back({n, at + params_of(n->a)});
    statement_parts parts;
    std::for_each(links.rbegin(), links.rend(), [&](link l) { sort_in(parts, l); });
    if (!parts.head) fail(error_kind::invalid_argument, "a query tree has no statement");
    return parts;
}

}  // namespace relata::dialect
