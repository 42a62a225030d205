// SPDX-License-Identifier: BSL-1.0

#include "connection.hpp"

#include "bulk.hpp"
#include "statement.hpp"

#include <mysql_family/sql_words.hpp>

namespace relata::mysql_connector::detail {

connection::connection(driver::address const& where)
    : session_(mysql_family::read_options(where)),
      spelling_(&dialect::dialect_for(session_.mariadb() ? dialect::family::mariadb
                                                         : dialect::family::mysql,
                                      session_.can().version)) {}

std::unique_ptr<driver::statement>
connection::prepare(std::string_view sql, type_info const* const* types, unsigned count) {
    mysql_family::refuse_blank(sql);
    std::vector<placeholder> forms(count);
    for (unsigned i = 0; i < count; ++i)
        if (types && types[i]) forms[i] = form_of(*types[i]);
    auto made = std::make_unique<prepared>(session_, sql, std::move(forms));
    if (types) made->demand_integers(types);
    return made;
}

std::int64_t connection::bulk_insert(driver::bulk_target const& target, field const* plan,
                                     unsigned fields, driver::row_source rows) {
    if (fields == 0) fail(error_kind::invalid_argument, "a bulk insert needs at least one column");
    return insert_values(session_, target, plan, fields, rows);
}

}  // namespace relata::mysql_connector::detail
