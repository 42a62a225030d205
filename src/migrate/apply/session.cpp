// SPDX-License-Identifier: BSL-1.0

#include "migrate/apply/session.hpp"

#include "migrate/hash.hpp"
#include "migrate/product.hpp"

#include <relata/core/error.hpp>
#include <relata/migrate/snapshot.hpp>
#include <relata/sql/raw.hpp>

#include <random>
#include <thread>

namespace relata::migrate {

namespace {

constexpr std::chrono::milliseconds pause{50};

std::string random_name() {
    std::random_device random;
    return std::to_string(random()) + "-" + std::to_string(random());
}

[[noreturn]] void refuse_lock(std::string const& message) {
    error_info info;
    info.kind = error_kind::lock_timeout;
    info.outcome = outcome::not_sent;
    info.message = message;
    throw error(std::move(info));
}

}  // namespace

session::session(database const& of, std::chrono::milliseconds lock_wait)
    : on_(of.connect()), engine_(engine_of(on_)), lock_(*product_of(engine_).lock),
      holder_(random_name()) {
    take_lock(lock_wait);
    try {
        make_history();
        // SQLite before 3.41 takes its functions on JSON for unsafe in a schema that is not trusted,
        // and then makes no table that uses them
        if (engine_ == schema::catalog::engine::sqlite) on_.script("PRAGMA trusted_schema = ON");
    } catch (...) {
        lock_.release(on_, holder_);
        throw;
    }
}

session::~session() {
    try {
        if (engine_ == schema::catalog::engine::sqlite) on_.script("PRAGMA trusted_schema = OFF");
        lock_.release(on_, holder_);
    } catch (...) {
        // the connection is lost, and the lock with it; of SQLite the lease ends
    }
}

void session::take_lock(std::chrono::milliseconds wait) {
    auto const end = std::chrono::steady_clock::now() + wait;
    while (!lock_.take(on_, holder_)) {
        if (std::chrono::steady_clock::now() >= end) {
            auto const who = lock_.who(on_);
            refuse_lock("another migrator is at work in this database" +
                        (who.empty() ? who : ": " + who) +
                        "; nothing was done: wait for it, or end it if it hangs");
        }
        std::this_thread::sleep_for(pause);
    }
}

void session::make_history() {
    if (engine_ == schema::catalog::engine::postgresql &&
        on_.one(sql_query<"select current_schema() is null", bool>()).m0)
        fail(error_kind::database_not_found, "no schema of the search path is there; nothing was "
                                             "done: create it, or mend search_path "
                                             "in the URL");
    if (read_rows(on_)) return;
    try {
        on_.create_tables<history_row>();
    } catch (error const& e) {
        if (e.kind() != error_kind::already_exists) throw;
    }
}

std::vector<history_row> session::rows() const { return read_rows(on_).value(); }

void session::demand_lock() {
    if (lock_.keep(on_, holder_)) return;
    refuse_lock("the lock of the migrators was lost: another one took it, or a proxy between here "
                "and the server gives each transaction another session; use a direct connection");
}

bool session::data_is_atomic() {
    using schema::catalog::engine;
    if (engine_ != engine::mysql && engine_ != engine::mariadb) return true;
    return on_.one(sql_query<"select count(*) from information_schema.tables where table_schema = "
                             "database() and table_type = 'BASE TABLE' and engine <> 'InnoDB'",
                             std::int64_t>())
               .m0 == 0;
}

std::string session::fingerprint() { return sha256(to_json(inspect(on_))); }

}  // namespace relata::migrate
