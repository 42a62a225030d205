// SPDX-License-Identifier: BSL-1.0
/// \file
/// A connection to one SQLite file.
#pragma once

#include <relata/driver/driver.hpp>

#include <sqlite3.h>

namespace tiny {

using relata::error_info;
using relata::error_kind;
using relata::field;
using relata::transaction_state;
using relata::type_info;

struct close_database {
    void operator()(sqlite3* db) const noexcept { sqlite3_close_v2(db); }
};
struct finalize {
    void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
};
using statement_handle = std::unique_ptr<sqlite3_stmt, finalize>;

class connection final : public relata::driver::connection {
public:
    explicit connection(relata::driver::address const& where);

    relata::dialect::dialect const& spelling() const noexcept override { return *spelling_; }
    relata::driver::capabilities const& can() const noexcept override { return can_; }

    std::unique_ptr<relata::driver::statement>
    prepare(std::string_view sql, type_info const* const* types, unsigned count) override;
    void script(std::string_view sql) override;
    std::int64_t bulk_insert(relata::driver::bulk_target const& target, field const* plan,
                             unsigned fields, relata::driver::row_source rows) override;

    void begin(relata::isolation level, bool read_only) override;
    void commit() override;
    void rollback() override;
    void savepoint(std::string_view name) override;
    void release(std::string_view name) override;
    void rollback_to(std::string_view name) override;
    transaction_state transaction() noexcept override;

    bool alive(bool) noexcept override { return true; }  // a file does not go away
    void reset() override;
    void cancel() noexcept override {}  // not declared
    void* native() noexcept override { return db_.get(); }

    sqlite3* handle() const noexcept { return db_.get(); }

    /// Compiles the first statement of `sql`; the rest is left in it. Null for white space.
    statement_handle compile(std::string_view& sql);

    /// Throws what SQLite's code means.
    [[noreturn]] void raise(int code);
    /// Throws an error, completed with the state of the transaction.
    [[noreturn]] void raise(error_info info);

private:
    void prepare_session();
    void run(std::string const& sql);
    void require_open();

    std::unique_ptr<sqlite3, close_database> db_;
    relata::dialect::dialect const* spelling_ = nullptr;
    relata::driver::capabilities can_;
    bool begun_ = false;  // and not ended by us
};

}  // namespace tiny
