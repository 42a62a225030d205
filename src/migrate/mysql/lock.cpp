// SPDX-License-Identifier: BSL-1.0
// A named lock of the session. Names are of the whole server, so that of the database is in it.

#include "migrate/locking.hpp"

#include <relata/core/error.hpp>
#include <relata/sql/raw.hpp>

namespace relata::migrate::mysql {

namespace {

struct answer {
    std::optional<std::int64_t> number;
};

bool take(connection& on, std::string const&) {
    if (on.one(sql_query<"select database() is null", answer>()).number == 1)
        fail(error_kind::invalid_argument, "the URL names no database");
    return on.one(
                 sql_query<"select get_lock(concat('relata_', left(sha2(database(), 256), 40)), 0)",
                           answer>())
               .number == 1;
}

bool keep(connection& on, std::string const&) {
    return on.one(sql_query<"select is_used_lock(concat('relata_', left(sha2(database(), 256), "
                            "40))) = connection_id()",
                            answer>())
               .number == 1;
}

void release(connection& on, std::string const&) {
    (void)on.one(
        sql_query<"select release_lock(concat('relata_', left(sha2(database(), 256), 40)))",
                  answer>());
}

std::string who(connection& on) {
    auto const found =
        on.one(sql_query<"select is_used_lock(concat('relata_', left(sha2(database(), 256), 40)))",
                         answer>());
    return found.number ? "connection " + std::to_string(*found.number) + " of the server" : "";
}

}  // namespace

locking const migration_lock{take, keep, release, who};

}  // namespace relata::migrate::mysql
