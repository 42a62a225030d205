// SPDX-License-Identifier: BSL-1.0
/// \file
/// A session of SOCI's firebird back end.
#pragma once

#include "connection.hpp"

#include <soci/firebird/soci-firebird.h>

namespace relata::soci::detail {

class firebird_wire;

/// Where the database is and who asks for it, in the words of the client library.
struct firebird_place {
    std::string service;
    std::vector<char> login;
};

class firebird_connection final : public connection {
public:
    firebird_connection(session_handle given, firebird_place place)
        : connection(std::move(given), storage::plain, false), place_(std::move(place)),
          backend_(static_cast<::soci::firebird_session_backend*>(session().get_backend())) {
        guard("", [&] { fill_capabilities(); });
    }

    ~firebird_connection() override {
        if (!forked()) end(false);
    }
    firebird_connection(firebird_connection const&) = delete;
    firebird_connection& operator=(firebird_connection const&) = delete;

    std::unique_ptr<wire> make_wire(std::string_view sql, type_info const* const* types,
                                    unsigned count, std::vector<bound>&) override;
    void* native() noexcept override { return &backend_->dbhp_; }

    using connection::forked;
    [[nodiscard]] ::soci::firebird_session_backend& backend() const noexcept { return *backend_; }
    /// What the client library says of an error.
    static std::string words_of(ISC_STATUS const* status);
    /// Throws unless the client library's call went well. `script`: the statement of a script.
    void check(ISC_STATUS const* status, std::string_view script = {});
    /// Statements of this connection, which a change of tables makes prepare themselves again.
    void enroll(firebird_wire& statement) { wires_.push_back(&statement); }
    void strike(firebird_wire& statement) noexcept { std::erase(wires_, &statement); }
    void forget_statements() noexcept;
    /// For the rows that are fetched after a cancel has missed the server at work.
    void stop_if_cancelled();
    /// The transaction that statements run in; begins one when there is none. SOCI does not tell the
    /// handle of its own, which is used for nothing but preparing.
    isc_tr_handle* transaction_handle() {
        if (handle_ == 0) start({isc_tpb_concurrency, isc_tpb_wait, isc_tpb_write});
        return &handle_;
    }
    /// Ends what a statement outside of a transaction has begun.
    void settle() {
        backend_->commit();
        if (!in_transaction_) end(true);
    }

protected:
    error_info explain(::soci::soci_error const& e, std::string_view) override;
    transaction_state look() noexcept override {
        return in_transaction_ ? transaction_state::open : transaction_state::none;
    }
    void run_script(std::string_view sql) override;
    std::vector<std::string> begin_words(driver::isolation, bool) const override { return {}; }
    void send_begin(driver::isolation level, bool read_only) override;
    void send_commit() override {
        running([&] { end(true); });
        in_transaction_ = false;
    }
    void send_rollback() override {
        in_transaction_ = false;
        running([&] { end(false); });
    }
    void after_failed_commit(error_info&) override { send_rollback(); }
    void ask_server() override {
        if (!backend_->is_connected()) throw ::soci::soci_error("no answer");
    }
    void send_cancel() noexcept override;
    void forget_cancel() noexcept override;
    void clean_session() override {}

private:
    void start(std::vector<char> wanted);
    void end(bool keep);

    bool has_table(std::string_view name);
    void fill_capabilities();

    firebird_place place_;  // for the connection of a cancel
    ::soci::firebird_session_backend* backend_;
    std::string number_;  // by which the server knows this connection
    std::vector<firebird_wire*> wires_;
    isc_tr_handle handle_ = 0;
    unsigned lock_timeout_ = 10;  // seconds
    bool in_transaction_ = false;
};

}  // namespace relata::soci::detail
