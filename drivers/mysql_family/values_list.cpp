// SPDX-License-Identifier: BSL-1.0

#include "values_list.hpp"

namespace relata::mysql_family {

std::string insert_text(driver::bulk_target const& target, unsigned rows) {
    std::string one = "(";
    std::string sql = "INSERT INTO ";
    sql += target.table;
    char open = '(';
    for (auto const& column : target.columns) {
        (sql += open) += column;
        one += open == '(' ? "?" : ",?";
        open = ',';
    }
    one += ')';
    sql += ") VALUES ";
    for (unsigned i = 0; i < rows; ++i) (sql += i ? "," : "") += one;
    return sql;
}

unsigned rows_at_once(unsigned columns) {
    constexpr unsigned most_rows = 1000;
    unsigned const fit = 65535 / columns;
    return fit < most_rows ? fit : most_rows;
}

void raise_from(error const& e, std::int64_t first) {
    auto info = e.info();
    if (info.row >= 0) info.row += first;
    throw error(std::move(info));
}

}  // namespace relata::mysql_family
