// SPDX-License-Identifier: BSL-1.0
/// \file
/// A session of SOCI's postgresql back end.
#pragma once

#include "connection.hpp"

#include <postgresql_family/cancel.hpp>
#include <postgresql_family/errors.hpp>

#include <soci/postgresql/soci-postgresql.h>

namespace relata::soci::detail {

struct clear_result {
    void operator()(PGresult* result) const noexcept { PQclear(result); }
};
using result_handle = std::unique_ptr<PGresult, clear_result>;

class postgresql_connection final : public connection {
public:
    postgresql_connection(session_handle given, std::string statement_timeout,
                          std::string search_path);
    ~postgresql_connection() override { give_settings_back(); }
    postgresql_connection(postgresql_connection const&) = delete;
    postgresql_connection& operator=(postgresql_connection const&) = delete;

    std::unique_ptr<wire> make_wire(std::string_view sql, type_info const* const* types,
                                    unsigned count, std::vector<bound>&) override;
    void* native() noexcept override { return conn_; }

    [[nodiscard]] PGconn* handle() const noexcept { return conn_; }
    /// Throws what a failed result means.
    [[noreturn]] void refuse(PGresult const* result) {
        end_copy(result);
        throw_info(postgresql_family::describe_failure(conn_, result, known()));
    }
    using connection::session;
    /// The settings, in case a rollback has undone them. Costs nothing while all is well.
    void speak();

protected:
    error_info explain(::soci::soci_error const& e, std::string_view) override;
    transaction_state look() noexcept override;
    void run_script(std::string_view sql) override;
    std::vector<std::string> begin_words(driver::isolation level, bool read_only) const override;
    void ask_server() override {
        if (ask("SELECT 1") != "1") throw ::soci::soci_error("no answer");
    }
    void send_cancel() noexcept override { postgresql_family::cancel_or_end(cancel_, socket_); }
    void clean_session() override;

private:
    static bool succeeded(PGresult const* result) {
        auto const status = PQresultStatus(result);
        return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ||
               status == PGRES_EMPTY_QUERY;
    }
    [[nodiscard]] std::string_view parameter(char const* name) const {
        char const* value = PQparameterStatus(conn_, name);
        return value ? value : "";
    }
    [[nodiscard]] postgresql_family::circumstances known() const;
    // A COPY that nobody serves would block the connection.
    void end_copy(PGresult const* result);
    void set(std::string const& sql);
    void demand_server() const;
    void fill_capabilities();
    void prepare_session();
    void remember_settings();
    void give_settings_back() noexcept {
        if (!had_.empty() && !forked()) PQclear(PQexec(conn_, had_.c_str()));
    }

    PGconn* conn_;
    std::string statement_timeout_, search_path_;
    std::string had_;  // SETs for what a lent session had
    std::shared_ptr<PGcancel> cancel_;
    postgresql_family::spare_socket socket_;
    bool changed_ = false;  // a script may have changed settings
};

}  // namespace relata::soci::detail
