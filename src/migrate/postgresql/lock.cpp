// SPDX-License-Identifier: BSL-1.0
// An advisory lock of the session. It is asked for again and again, never waited for: a session that waits
// has a snapshot, for which CREATE INDEX CONCURRENTLY of the one at work would wait in turn.

#include "migrate/locking.hpp"

#include <relata/sql/raw.hpp>

namespace relata::migrate::postgresql {

namespace {

// The first number of the lock is "rela". The second one is of the schema in which the history is, so that
// tenants in schemas of one database do not wait for each other. Advisory locks are of one database.
std::string const second =
    "('x' || left(encode(sha256(convert_to(coalesce(current_schema(), ''), 'UTF8')), 'hex'), 7))"
    "::bit(28)::int";
std::string const of_migrators =
    "l.locktype = 'advisory' and l.classid = 1919249505 and l.objsubid = 2 and l.granted and "
    "l.database = "
    "(select oid from pg_catalog.pg_database where datname = current_database())";
// A statement may have changed the search path since the lock was taken: a session has but one.
std::string const ours =
    "from pg_catalog.pg_locks l where " + of_migrators + " and l.pid = pg_backend_pid()";

struct answer {
    bool yes = false;
};

bool is_so(connection& on, std::string const& query) {
    auto const found = on.first(sql_query<answer>(unsafe_sql(query)));
    return found && found->yes;
}

bool take(connection& on, std::string const&) {
    return is_so(on, "select pg_try_advisory_lock(1919249505, " + second + ")");
}

// Also finds a proxy that gives each transaction another session.
bool keep(connection& on, std::string const&) {
    return is_so(on, "select exists (select " + ours + ")");
}

void release(connection& on, std::string const&) {
    (void)is_so(on, "select pg_advisory_unlock(1919249505, l.objid::bigint::int) " + ours);
}

std::string who(connection& on) {
    auto const found = on.first(sql_query<row<std::string>>(unsafe_sql(
        "select 'server process ' || l.pid || coalesce(' of ' || a.usename, '') || "
        "coalesce(' from ' || host(a.client_addr), '') from pg_catalog.pg_locks l left join "
        "pg_catalog.pg_stat_activity a on a.pid = l.pid where " +
        of_migrators + " and l.objid::bigint = " + second)));
    return found ? found->m0 : "";
}

}  // namespace

locking const migration_lock{take, keep, release, who};

}  // namespace relata::migrate::postgresql
