// SPDX-License-Identifier: BSL-1.0
/// \file
/// What a driver implements: connections and statements over one client library.
///
/// A driver does the wire work only: it opens, prepares, binds, executes, fetches and reports errors.
/// SQL spelling belongs to the dialect. Every function may throw `relata::error` and nothing else.
/// A connection and its statements are used by one thread at a time; `connection::cancel` is the
/// only call allowed from another thread.
///
/// Path of a query, step 4 of 5. Before: src/engine/session.cpp. Next: drivers/<name>/src/statement.cpp,
/// which decodes rows with relata/driver/decode.hpp.
#pragma once

#include <relata/core/error.hpp>
#include <relata/core/isolation.hpp>
#include <relata/dialect/dialect.hpp>
#include <relata/driver/capabilities.hpp>
#include <relata/types/field.hpp>
#include <relata/types/param.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relata::driver {

/// Rows handed over one by one for a bulk insert. `next` returns the address of the next object, or
/// nullptr after the last; an object stays valid until the second following call.
struct row_source {
    void const* (*next)(void* context);
    void* context;
};

/// Where a bulk insert goes. All names are already quoted by the dialect.
struct bulk_target {
    std::string_view table;               ///< quoted table name
    std::vector<std::string> columns;     ///< quoted column names, in the order of the plan
    std::string_view insert;              ///< INSERT INTO table (columns) VALUES (placeholders)
    std::vector<type_info const*> types;  ///< of the columns
};

/// How the rows of the next execution will be read.
enum class read_mode : std::uint8_t {
    all,     ///< to the end and at once: the driver may take the whole result in one piece
    stream,  ///< one by one, for as long as it takes: memory stays constant
};

/// A prepared statement. Destroying it frees it on the server too, at once or a little later. Its
/// connection must outlive it.
class statement {
public:
    virtual ~statement() = default;

    /// Tells how the results of the executions that follow are read; `all` until told otherwise.
    /// A hint: rows and errors are the same, only memory and the moment of an error differ.
    virtual void expect(read_mode) {}

    /// Binds `count` values (in the order of the placeholders) and runs the statement. Views in the
    /// params stay valid until `finish`. A result that is still open is discarded first.
    virtual void execute(param const* values, unsigned count) = 0;

    /// The same with values read from one object through a source plan.
    virtual void execute_from(field const* plan, unsigned count, void const* object) = 0;

    /// Whether another row waits; may fetch it from the server. False after the last row.
    virtual bool ready() = 0;

    /// Rows that have arrived and were not fetched yet, so that room for them can be made at once;
    /// 0 where the client library does not tell.
    [[nodiscard]] virtual std::size_t arrived() const noexcept { return 0; }

    /// Decodes up to `max` rows into structs at `rows`, `rows + stride`, …; returns how many.
    /// Fewer than `max` means that the result has ended.
    virtual std::size_t fetch(field const* plan, unsigned fields, void* rows, std::size_t stride,
                              std::size_t max) = 0;

    /// Ends the result and drops the views of the values; the statement can be executed again.
    /// Called on every way out, also after an error.
    virtual void finish() noexcept = 0;

    /// Rows that the last execution inserted, deleted, or found for an update.
    virtual std::int64_t affected() = 0;

    /// The key made for the row that was inserted last (only with generated_key::last_id).
    virtual std::int64_t last_id() = 0;

    /// Number of columns of the result, 0 for a statement without one; `unknown_columns` where only
    /// the rows tell it, and then `fetch` refuses rows that are too short.
    virtual unsigned columns() = 0;
    static constexpr unsigned unknown_columns = ~0u;

    /// Name of a column of the result, from 0.
    virtual std::string column_name(unsigned column) = 0;
};

using relata::isolation;

/// A connection to one database.
class connection {
public:
    virtual ~connection() = default;

    [[nodiscard]] virtual dialect::dialect const& spelling() const noexcept = 0;
    [[nodiscard]] virtual capabilities const& can() const noexcept = 0;

    /// Prepares a statement. `types` tells the type of each placeholder, in the order of placeholders.
    virtual std::unique_ptr<statement> prepare(std::string_view sql, type_info const* const* types,
                                               unsigned count) = 0;

    /// Runs one or several statements without values and without rows.
    virtual void script(std::string_view sql) = 0;

    /// Inserts rows by the fastest means of the database: COPY, array binding, one prepared
    /// statement. Runs inside the open transaction (the engine opens one). Returns the number of rows.
    virtual std::int64_t bulk_insert(bulk_target const& target, field const* plan, unsigned fields,
                                     row_source rows) = 0;

    virtual void begin(isolation level, bool read_only) = 0;
    /// Throws `transaction_rolled_back` when the database rolled back instead, `in_doubt` when the
    /// connection was lost after the commit had been sent.
    virtual void commit() = 0;
    /// Does nothing where no transaction is open, as after one that the database has ended.
    virtual void rollback() = 0;
    virtual void savepoint(std::string_view name) = 0;
    virtual void release(std::string_view name) = 0;
    virtual void rollback_to(std::string_view name) = 0;

    /// none, open, or failed, as the client library knows it now, without a round trip.
    [[nodiscard]] virtual transaction_state transaction() noexcept = 0;

    /// Whether the connection can be used. `ask_server` allows one round trip (at most two seconds).
    [[nodiscard]] virtual bool alive(bool ask_server) noexcept = 0;

    /// Rolls back what is open and brings the session to the state after connecting.
    virtual void reset() = 0;

    /// Asks the database to stop the running statement. Callable from any thread.
    virtual void cancel() noexcept = 0;

    /// The client library's handle (sqlite3*, PGconn*, MYSQL*), for what relata does not offer.
    [[nodiscard]] virtual void* native() noexcept = 0;
};

/// A connection URL, taken apart and percent-decoded by the engine.
struct address {
    std::string scheme;  ///< whole and in small letters
    std::string user, password, host, port,
        database;  ///< empty where absent; sqlite: database is the path
    // host and port of several servers: lists with commas, of equal length; an IPv6 address has no
    // brackets; a host that begins with '/' is the path or folder of a Unix socket
    std::vector<std::pair<std::string, std::string>> options;  ///< those the engine did not take

    /// The option's value, or `otherwise`.
    [[nodiscard]] std::string_view option(std::string_view name,
                                          std::string_view otherwise = "") const {
        for (auto const& [key, value] : options)
            if (key == name) return value;
        return otherwise;
    }
};

/// Changed whenever this interface changes; a plug-in built for another value is refused.
inline constexpr std::uint32_t interface_version = 3;

/// What a driver exports, linked in or as a plug-in (symbol `relata_driver`).
struct entry {
    std::uint32_t version;       ///< interface_version the driver was built with
    char const* abi;             ///< abi_tag the driver was built with
    char const* name;            ///< "sqlite", "postgresql", "mysql"
    char const* const* schemes;  ///< URL schemes, ended by nullptr
    char const* const* options;  ///< names of the URL options it understands, ended by nullptr; one
                                 ///< that only URLs of one scheme have is "scheme:name"
    char const* client;          ///< client library and its version
    char const* licence;         ///< licence of the client library
    std::unique_ptr<connection> (*connect)(address const&);
};

/// A connection that a program has opened by other means and hands to `relata::open`.
struct lent {
    std::unique_ptr<driver::connection> connection;
    entry const* driver;
};

/// Compilers whose C++ classes fit together: same standard library and same version of its ABI.
#if defined(_GLIBCXX_USE_CXX11_ABI) && _GLIBCXX_USE_CXX11_ABI
inline constexpr char const* abi_tag = "libstdc++-cxx11";
#elif defined(_LIBCPP_VERSION)
inline constexpr char const* abi_tag = "libc++";
#else
inline constexpr char const* abi_tag = "other";
#endif

}  // namespace relata::driver
