// SPDX-License-Identifier: BSL-1.0
// A row with a lease. What it guards is guarded twice: while a migrator writes it has SQLite's own lock,
// and it asks before each write whether the row is still its own.

#include "migrate/apply/history_row.hpp"
#include "migrate/locking.hpp"

#include <relata/core/error.hpp>
#include <relata/sql/select.hpp>

#include <cerrno>

#include <signal.h>
#include <unistd.h>

namespace relata::migrate::sqlite {

namespace {

constexpr std::chrono::seconds lease{30};

std::string host() {
    char name[256] = {};
    return ::gethostname(name, sizeof name - 1) == 0 ? name : "";
}

// Only of this host can it be known.
bool is_dead(lock_row const& row) {
    return row.host == host() && ::kill(pid_t(row.process), 0) != 0 && errno == ESRCH;
}

lock_row mine(std::string const& holder) {
    return {1, holder, host(), std::int64_t(::getpid()), now() + lease};
}

bool take_free(connection& on, std::string const& holder) {
    auto transaction = on.begin();
    auto const held = transaction.find<lock_row>(1);
    if (held && held->until > now() && !is_dead(*held)) return false;
    if (held) transaction.update(mine(holder));
    else transaction.insert(mine(holder));
    transaction.commit();
    return true;
}

void make_table(connection& on) {
    try {
        on.create_tables<lock_row>();
    } catch (error const& e) {
        if (e.kind() != error_kind::already_exists) throw;  // else another was faster
    }
}

bool take(connection& on, std::string const& holder) {
    for (bool made = false;; made = true) {
        try {
            if (made) make_table(on);
            return take_free(on, holder);
        } catch (error const& e) {
            if (e.kind() == error_kind::lock_timeout) return false;  // one that writes just now
            if (made || e.kind() != error_kind::table_not_found) throw;
        }
    }
}

bool keep(connection& on, std::string const& holder) {
    return on.execute(update<lock_row>()
                          .set(col<&lock_row::until> = now() + lease)
                          .where(col<&lock_row::holder> == holder)) == 1;
}

void release(connection& on, std::string const& holder) {
    (void)on.execute(delete_from<lock_row>().where(col<&lock_row::holder> == holder));
}

std::string who(connection& on) {
    auto const held = on.find<lock_row>(1);
    return held ? "process " + std::to_string(held->process) + " of " + held->host : "";
}

}  // namespace

locking const migration_lock{take, keep, release, who};

}  // namespace relata::migrate::sqlite
