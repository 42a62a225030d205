// SPDX-License-Identifier: BSL-1.0
//
// Settings, transactions and errors of a session of SOCI's mysql back end.

#include "mysql_connection.hpp"

#include "mysql_wire.hpp"

#include <mysql_family/errors.hpp>
#include <mysql_family/prelude.hpp>

namespace relata::soci::detail {
namespace {

mysql_family::report report_of(MYSQL* conn) {
    return {mysql_errno(conn), mysql_sqlstate(conn), mysql_error(conn)};
}

}  // namespace

mysql_connection::mysql_connection(session_handle given, std::string parameters,
                                   std::uint64_t statement_timeout)
    : connection(std::move(given), storage::typed, false),
      conn_(static_cast<::soci::mysql_session_backend*>(session().get_backend())->conn_),
      parameters_(std::move(parameters)), statement_timeout_(statement_timeout),
      mariadb_(mariadb_connection(conn_)) {
    can_.version = std::uint32_t(mysql_get_server_version(conn_));
    guard("", [&] { prepare_session(); });
    fill_capabilities();
}

std::unique_ptr<wire> mysql_connection::make_wire(std::string_view sql,
                                                  type_info const* const* types, unsigned count,
                                                  std::vector<bound>&) {
    return std::make_unique<mysql_wire>(session(), conn_, most_, sql, types, count);
}

error_info mysql_connection::explain(::soci::soci_error const& e, std::string_view sql) {
    auto report = report_of(conn_);
    if (report.code == 0)
        if (auto const* own = dynamic_cast<::soci::mysql_soci_error const*>(&e)) {
            report.code = own->err_num_;
            report.text = e.get_error_message();
            if (auto const* stated = dynamic_cast<stated_error const*>(&e))
                report.sqlstate = stated->sqlstate;
        }
    if (report.code == 0) {
        error_info info;
        info.message = "SOCI reported an error";
        info.native_message = e.get_error_message();
        return info;
    }
    error_info info = mysql_family::describe(report, sql);
    if (mysql_family::ends_connection(report.code) || !conn_->net.pvio)
        info.connection_usable = false;
    gone_ = report.code == 1213 || report.code == 1614 ||
            (report.code == 1205 && rolls_back_on_lock_timeout_);
    return info;
}

transaction_state mysql_connection::look() noexcept {
    if (gone_) return transaction_state::none;
    unsigned status = 0;
    mariadb_get_infov(conn_, MARIADB_CONNECTION_SERVER_STATUS, &status);
    return status & SERVER_STATUS_IN_TRANS ? transaction_state::open : transaction_state::none;
}

// SOCI sends one statement at a time.
void mysql_connection::run_script(std::string_view sql) {
    if (mysql_set_server_option(conn_, MYSQL_OPTION_MULTI_STATEMENTS_ON)) refuse();
    bool const failed = mysql_real_query(conn_, sql.data(), sql.size()) != 0 || !drained();
    auto const report = report_of(conn_);
    if (mysql_set_server_option(conn_, MYSQL_OPTION_MULTI_STATEMENTS_OFF) && !failed) refuse();
    if (failed) throw stated_error(report.text, int(report.code), report.sqlstate.c_str());
}

std::vector<std::string> mysql_connection::begin_words(driver::isolation level,
                                                       bool read_only) const {
    std::string words = "SET TRANSACTION ISOLATION LEVEL ";
    words += level == driver::isolation::serializable ? "SERIALIZABLE"
             : level == driver::isolation::snapshot   ? "REPEATABLE READ"
                                                      : "READ COMMITTED";
    return {words, read_only ? "START TRANSACTION READ ONLY" : "START TRANSACTION READ WRITE"};
}

void mysql_connection::send_begin(driver::isolation level, bool read_only) {
    if (level == driver::isolation::snapshot && !read_only && !snapshot_)
        fail(error_kind::not_supported, "this server overwrites silently what another "
                                        "transaction changed; use read_committed with locking "
                                        "reads, or serializable");
    gone_ = false;
    connection::send_begin(level, read_only);
}

void mysql_connection::after_statement() {
    if (!began() || committing_ || look() != transaction_state::none) return;
    error_info info;
    info.kind = error_kind::invalid_argument;
    info.outcome = outcome::unknown;  // the statement was done, and so is what came before it
    info.message = "the statement committed the transaction implicitly";
    throw_info(std::move(info));
}

// The handle belongs to the thread that waits; a second connection carries the request.
void mysql_connection::send_cancel() noexcept {
    try {
        ::soci::session other("mysql", parameters_);
        auto* const conn = static_cast<::soci::mysql_session_backend*>(other.get_backend())->conn_;
        auto const sql = "KILL QUERY " + std::to_string(mysql_thread_id(conn_));
        mysql_real_query(conn, sql.data(), sql.size());
    } catch (...) {  // NOLINT(bugprone-empty-catch): a request; the statement then runs on
    }
}

void mysql_connection::clean_session() {
    gone_ = false;
    if (mysql_reset_connection(conn_)) refuse();
    if (mysql_set_character_set(conn_, "utf8mb4")) refuse();  // a reset keeps another
    prepare_session();
}

bool mysql_connection::drained() {
    for (;;) {
        if (MYSQL_RES* const rows = mysql_use_result(conn_)) mysql_free_result(rows);
        else if (mysql_errno(conn_)) return false;
        int const next = mysql_next_result(conn_);
        if (next < 0) return true;
        if (next > 0) return false;
    }
}

void mysql_connection::prepare_session() {
    if (std::string_view(mysql_character_set_name(conn_)) != "utf8mb4")
        fail(error_kind::not_supported, "the session's character set must be utf8mb4; open it "
                                        "with charset=utf8mb4");
    if (lent()) remember_settings();
    else {
        my_bool const off = 0;
        mysql_options(conn_, MYSQL_OPT_LOCAL_INFILE, &off);
    }
    mysql_family::server_traits traits{mariadb_, can_.version, true, statement_timeout_};
    auto const sql = mysql_family::prelude(traits);
    snapshot_ = mariadb_;
    if (mysql_real_query(conn_, sql.data(), sql.size())) {
        if (!mariadb_ || mysql_errno(conn_) != mysql_family::unknown_variable) refuse();
        traits.snapshot = snapshot_ = false;
        set(mysql_family::prelude(traits));
    }
    most_ = std::stoull("0" + ask("SELECT @@max_allowed_packet")) - 1024;
    rolls_back_on_lock_timeout_ = ask("SELECT @@innodb_rollback_on_timeout") == "1";
    mysql_family::check_settings(ask("SELECT @@time_zone"), ask("SELECT @@sql_mode"),
                                 ask("SELECT @@collation_connection"));
}

void mysql_connection::fill_capabilities() {
    auto const v = can_.version;
    can_.server = (mariadb_ ? "MariaDB " : "MySQL ") + std::to_string(v / 10000) + "." +
                  std::to_string(v / 100 % 100) + "." + std::to_string(v % 100);
    can_.max_params = 65535;
    can_.max_identifier = 64;
    can_.max_packet = most_ / 2;  // bytes go as two digits each
    can_.streaming = false;
    can_.watches_network = false;
    if (!snapshot_) can_.isolation_levels &= std::uint8_t(~driver::level_bit(isolation::snapshot));
    can_.key = driver::generated_key::last_id;
    can_.returning = mariadb_ && v >= 100500;
    can_.update_returning = false;
    can_.transactional_ddl = false;
    can_.concurrent_streams = true;  // SOCI keeps whole results
    can_.cancel = !lent();           // needs the password
    spelling_ = &dialect::dialect_for(mariadb_ ? dialect::family::mariadb : dialect::family::mysql,
                                      can_.version);
}

void mysql_connection::remember_settings() {
    if (ask("SELECT @@autocommit") != "1")
        fail(error_kind::not_supported, "a session without autocommit cannot be lent");
    set("SET @relata_sql_mode=@@sql_mode,@relata_time_zone=@@time_zone,"
        "@relata_foreign_keys=@@foreign_key_checks,@relata_unique=@@unique_checks,"
        "@relata_collation=@@collation_connection,@relata_null=@@sql_auto_is_null");
    had_ = "SET sql_mode=@relata_sql_mode,time_zone=@relata_time_zone,"
           "foreign_key_checks=@relata_foreign_keys,unique_checks=@relata_unique,"
           "collation_connection=@relata_collation,sql_auto_is_null=@relata_null";
}

}  // namespace relata::soci::detail
