// SPDX-License-Identifier: BSL-1.0

#include "sql/query_data.hpp"

#include <relata/dialect/dialect.hpp>

namespace relata::dialect {

source source_of(sql::query_data const& query) {
    source out{&query.tree(), query.values->data(), query.values->size()};
    out.extra = query.extra.data();
    out.extra_count = unsigned(query.extra.size());
    out.orders = query.orders.data();
    out.order_count = unsigned(query.orders.size());
    out.limit = query.limit;
    out.offset = query.offset;
    return out;
}

}  // namespace relata::dialect
