// SPDX-License-Identifier: BSL-1.0
/// \file
/// `open(url)`: a database with its pool of connections; `connection`: one of them.
#pragma once

#include <relata/engine/log.hpp>
#include <relata/engine/transaction.hpp>
#include <relata/sql/raw.hpp>

#include <string_view>

namespace relata::dialect {
class dialect;
}

namespace relata {

namespace engine {
class pool;
}
namespace driver {
struct lent;
}

class database;

/// One connection of the pool, for as long as this object lives, also after the last copy of its
/// database has gone. Used by one thread. Move-only.
class RELATA_EXPORT connection : public handle {
public:
    connection(connection&& other) noexcept;
    connection& operator=(connection&&) = delete;
    ~connection();

    /// Begins a transaction on this connection.
    [[nodiscard]] transaction begin(transaction_options options = {});
    /// Runs f(transaction&) in a transaction: commits when it returns, rolls back when it throws.
    template <class F>
    decltype(auto) run_in_transaction(F&& f, retry again = retry(1),
                                      transaction_options options = {}) {
        return detail::run_transaction([&] { return begin(options); }, static_cast<F&&>(f), again);
    }
    /// Runs statements without values and without rows; the text is a literal.
    template <unsigned N> void script(char const (&statements)[N]) {
        run_script({statements, N - 1});
    }
    /// The same for a text made at run time. Nothing of it is quoted.
    void script(unsafe_sql statements) { run_script(statements.text); }

    /// How this database spells names and statements, by its family and version.
    [[nodiscard]] dialect::dialect const& spelling() const noexcept;
    /// Asks the database to stop the running statement, which then throws `cancelled`.
    /// The only member that another thread may call.
    void cancel() noexcept;
    /// The client library's handle (sqlite3*, PGconn*, MYSQL*).
    [[nodiscard]] void* native() noexcept;

private:
    friend class database;
    struct state;
    explicit connection(state* s);
    void run_script(std::string_view statements);

    state* state_;
};

/// A database: the verbs of `handle` on a bounded pool of connections.
///
/// Thread-safe: any number of threads may use one database at once; each verb borrows a connection.
/// Copies share the pool, which closes with the last copy.
class RELATA_EXPORT database : public handle {
public:
    database(database const& other) noexcept;
    database& operator=(database const& other) noexcept;
    ~database();

    /// Takes a connection out of the pool. Throws pool_timeout when none becomes free in time.
    [[nodiscard]] connection connect() const;
    /// Begins a transaction, which holds a connection until it ends.
    [[nodiscard]] relata::transaction begin(transaction_options options = {}) const;
    /// Runs f(transaction&) in a transaction: commits when it returns, rolls back when it throws.
    /// With `retry(n)` it runs up to n times while the error says that the whole may be tried again; f
    /// must then have no effect outside the transaction.
    /// \return what f returns
    template <class F>
    decltype(auto) transaction(F&& f, retry again = retry(1),
                               transaction_options options = {}) const {
        return detail::run_transaction([&] { return begin(options); }, static_cast<F&&>(f), again);
    }
    /// Runs statements without values and without rows; the text is a literal.
    template <unsigned N> void script(char const (&statements)[N]) const {
        run_script({statements, N - 1});
    }
    /// The same for text made at run time.
    void script(unsafe_sql statements) const { run_script(statements.text); }

    /// Calls f after each statement of connections opened from now on, see `statement_event`. Give it
    /// before the first use. `context` must live as long as the database.
    void on_statement(log_function f, void* context);

    /// The driver's name: "sqlite", "postgresql", "mysql", …
    [[nodiscard]] std::string_view driver() const noexcept;
    /// Product and version of the server; connects if nothing is connected yet.
    [[nodiscard]] std::string server() const;

private:
    friend RELATA_EXPORT database open(std::string_view url);
    friend RELATA_EXPORT database open(driver::lent connection);
    explicit database(engine::pool* pool);
    void run_script(std::string_view statements) const;

    engine::pool* pool_;
};

/// Opens a database by its URL, the only place that names a back end:
/// `sqlite:file.db`, `sqlite::memory:`, `postgresql://user:password@host:port/name`,
/// `mysql://…`, `mariadb://…`. Options follow a `?`; the pool's are pool_size (default 8),
/// pool_timeout (default 5s), pool_check (30s), statement_cache (256) and log=stderr; the driver's are
/// in its header. Makes one connection, so that mistakes come out here.
///
/// Throws invalid_url, driver_not_found, connection_failed, auth_failed, database_not_found,
/// tls_failed; no message holds the password.
[[nodiscard]] RELATA_EXPORT database open(std::string_view url);

/// A database on one connection that the program has, such as a session of SOCI
/// (relata/soci.hpp). Calls wait for each other. When the connection is lost, every call throws
/// connection_lost: only the program can open another. Throws invalid_argument for no connection.
[[nodiscard]] RELATA_EXPORT database open(driver::lent connection);

}  // namespace relata
