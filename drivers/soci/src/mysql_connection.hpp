// SPDX-License-Identifier: BSL-1.0
/// \file
/// A session of SOCI's mysql back end.
#pragma once

#include "connection.hpp"

#include <soci/mysql/soci-mysql.h>

namespace relata::soci::detail {

class mysql_connection final : public connection {
public:
    mysql_connection(session_handle given, std::string parameters, std::uint64_t statement_timeout);
    ~mysql_connection() override { give_settings_back(); }
    mysql_connection(mysql_connection const&) = delete;
    mysql_connection& operator=(mysql_connection const&) = delete;

    std::unique_ptr<wire> make_wire(std::string_view sql, type_info const* const* types,
                                    unsigned count, std::vector<bound>&) override;
    void* native() noexcept override { return conn_; }

protected:
    error_info explain(::soci::soci_error const& e, std::string_view sql) override;
    transaction_state look() noexcept override;
    void run_script(std::string_view sql) override;
    std::vector<std::string> begin_words(driver::isolation level, bool read_only) const override;
    void send_begin(driver::isolation level, bool read_only) override;
    void after_statement() override;
    void ask_server() override {
        if (ask("SELECT 1") != "1") throw ::soci::soci_error("no answer");
    }
    void send_cancel() noexcept override;
    void clean_session() override;

private:
    [[noreturn]] void refuse() {
        throw ::soci::mysql_soci_error(mysql_error(conn_), int(mysql_errno(conn_)));
    }
    bool drained();
    void set(std::string const& sql) {
        if (mysql_real_query(conn_, sql.data(), sql.size())) refuse();
    }
    void prepare_session();
    void fill_capabilities();
    void remember_settings();
    void give_settings_back() noexcept {
        if (!had_.empty() && !forked()) mysql_real_query(conn_, had_.data(), had_.size());
    }

    MYSQL* conn_;
    std::string parameters_;
    std::uint64_t statement_timeout_;
    std::size_t most_ = 1 << 20;  // bytes of a statement
    bool mariadb_;
    bool snapshot_ = false;
    bool rolls_back_on_lock_timeout_ = false;
    bool gone_ = false;  // the server has rolled back; it tells so with the next answer only
    std::string had_;    // SET for what a lent session had
};

}  // namespace relata::soci::detail
