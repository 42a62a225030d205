// SPDX-License-Identifier: BSL-1.0
// An advisory lock of the session. It is asked for again and again, never waited for: a session that waits
// has a snapshot, for which CREATE INDEX CONCURRENTLY of the one at work would wait in turn.

#include "migrate/locking.hpp"

#include <relata/sql/raw.hpp>

namespace relata::migrate::postgresql {

namespace {

// The two numbers are "rela" and "migr"; advisory locks are of one database.
struct answer {
    bool yes = false;
};

bool take(connection& on, std::string const&) {
    return on.one(sql_query<"select pg_try_advisory_lock(1919249505, 1835624306)", answer>()).yes;
}

// Also finds a proxy that gives each transaction another session.
bool keep(connection& on, std::string const&) {
    return on
        .one(sql_query<
             "select exists (select from pg_catalog.pg_locks where locktype = 'advisory' "
             "and classid = 1919249505 and objid = 1835624306 and objsubid = 2 and granted "
             "and pid = pg_backend_pid() and database = (select oid from "
             "pg_catalog.pg_database where datname = current_database()))",
             answer>())
        .yes;
}

void release(connection& on, std::string const&) {
    (void)on.one(sql_query<"select pg_advisory_unlock(1919249505, 1835624306)", answer>());
}

std::string who(connection& on) {
    auto const found = on.first(
        sql_query<
            "select 'server process ' || l.pid || coalesce(' of ' || a.usename, '') || "
            "coalesce(' from ' || host(a.client_addr), '') from pg_catalog.pg_locks l left join "
            "pg_catalog.pg_stat_activity a on a.pid = l.pid where l.locktype = 'advisory' and "
            "l.classid = 1919249505 and l.objid = 1835624306 and l.objsubid = 2 and l.granted "
            "and l.database = (select oid from pg_catalog.pg_database where datname = "
            "current_database())",
            std::string>());
    return found ? found->m0 : "";
}

}  // namespace

locking const migration_lock{take, keep, release, who};

}  // namespace relata::migrate::postgresql
