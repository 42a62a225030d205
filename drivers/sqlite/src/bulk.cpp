// SPDX-License-Identifier: BSL-1.0
//
// Bulk insert: one prepared statement, run row by row; for SQLite nothing is faster.

#include "connection.hpp"
#include "statement.hpp"

namespace relata::sqlite::detail {

std::int64_t connection::bulk_insert(driver::bulk_target const& target, field const* plan,
                                     unsigned fields, driver::row_source rows) {
    arm();
    statement insert(*this, target.insert, unsigned(target.types.size()));
    std::int64_t row = 0;
    try {
        for (; void const* object = rows.next(rows.context); ++row)
            insert.insert(plan, fields, object);
    } catch (error const& e) {
        error_info info = e.info();
        info.row = row;
        throw error(std::move(info));
    }
    return row;
}

}  // namespace relata::sqlite::detail
