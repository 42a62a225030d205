// SPDX-License-Identifier: BSL-1.0
//
// A session from its first setting to its last: the prelude that makes all servers answer alike,
// whose result is open, and what an error leaves behind.

#include "session.hpp"

#include "statement.hpp"

#include <mysql_family/prelude.hpp>
#include <mysql_family/transactions.hpp>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace relata::mysql::detail {

using namespace mysql_family;

namespace {

// A signal does not end the wait; it begins anew, which signals that never cease may prolong.
int wait_for(pollfd& socket, int milliseconds) noexcept {
    for (;;) {
        int const ready = poll(&socket, 1, milliseconds);
        if (ready >= 0 || errno != EINTR) return ready;
    }
}

}  // namespace

session::session(options o)
    : options_(std::move(o)), client_(open_client(options_)), thread_(mysql_thread_id(client_)),
      process_(getpid()), spare_(fcntl(int(mysql_get_socket(client_)), F_DUPFD_CLOEXEC, 0)) {
    try {
        settle();
    } catch (...) {
        ::close(spare_);
        mysql_close(client_);
        throw;
    }
}

// Until the settings are made the connection is not there yet, and its time is that for connecting.
void session::settle() try {
    // the library's own limits hold either until it has logged in or for ever after
    deadline const limit(std::chrono::seconds(options_.connect_timeout), [this] { give_up(); });
    set_up();
} catch (error const& e) {
    error_info info = e.info();
    info.connection_usable = false;
    if (info.kind != error_kind::connection_lost) throw error(std::move(info));
    info.kind = error_kind::connection_failed;
    info.outcome = outcome::not_sent;
    info.retry = retry_advice::reconnect;
    info.message = "no server answers at this address";
    throw error(std::move(info));
}

session::~session() {
    leave_to_parent();
    end_limit();
    close_statements();
    mysql_close(client_);
    ::close(spare_);
}

// In a forked process the session is the parent's: what this copy says must not reach the server. The
// thread of a limit did not come along, so that nobody can wait for it.
void session::leave_to_parent() noexcept {
    if (getpid() == process_ || std::exchange(broken_, true)) return;
    (void)limit_.release();
    int const nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (nowhere < 0) return;
    dup2(nowhere, int(mysql_get_socket(client_)));
    ::close(nowhere);
}

void session::query(std::string_view sql) {
    if (mysql_real_query(client_, sql.data(), sql.size())) raise(report_of(client_), sql);
}

void session::set_up() {
    mariadb_ = mariadb_connection(client_);
    can_.version = std::uint32_t(mysql_get_server_version(client_));
    // with the prelude of the newest servers first; older ones do not know one of the variables
    server_traits traits{mariadb_, can_.version, true, options_.statement_timeout};
    std::string const settings = prelude(traits);
    snapshot_ = mariadb_;
    try {
        query(settings);
    } catch (error const& e) {
        if (!mariadb_ || e.native_code() != unknown_variable) throw;
        traits.snapshot = snapshot_ = false;
        query(prelude(traits));
    }
    read_settings();
    find_capabilities();
    level_known_ = false;
    touched_ = false;
}

// Reads back what was set: a proxy may have swallowed it.
void session::read_settings() {
    constexpr std::string_view sql = settings_query;
    query(sql);
    std::unique_ptr<MYSQL_RES, decltype(&mysql_free_result)> result(mysql_store_result(client_),
                                                                    &mysql_free_result);
    MYSQL_ROW const row = result ? mysql_fetch_row(result.get()) : nullptr;
    if (!row) raise(report_of(client_), sql);
    auto const text = [&](int i) { return std::string_view(row[i] ? row[i] : ""); };
    max_packet_ = std::strtoull(row[0] ? row[0] : "0", nullptr, 10);
    rolls_back_on_lock_timeout_ = text(1) == "1";
    check_settings(text(2), text(3), text(4));
}

void session::find_capabilities() {
    auto const v = can_.version;
    can_.server = (mariadb_ ? "MariaDB " : "MySQL ") + std::to_string(v / 10000) + "." +
                  std::to_string(v / 100 % 100) + "." + std::to_string(v % 100);
    can_.max_params = 65535;
    can_.max_identifier = 64;
    can_.max_packet = max_packet_;
    if (!snapshot_) can_.isolation_levels &= std::uint8_t(~driver::level_bit(isolation::snapshot));
    can_.key = driver::generated_key::last_id;
    can_.returning = mariadb_ && v >= 100500;
    can_.update_returning = false;
    can_.transactional_ddl = false;
    can_.concurrent_streams = false;
    unsigned long extended = 0;
    mariadb_get_infov(client_, MARIADB_CONNECTION_EXTENDED_SERVER_CAPABILITIES, &extended);
    arrays_ = options_.bulk_arrays && mariadb_ &&
              (extended & (MARIADB_CLIENT_STMT_BULK_OPERATIONS >> 32)) != 0;
}

void session::require_usable() {
    if (broken_) refuse_dead();
}

void session::clear_the_way() {
    require_usable();
    if (reader_) refuse_while_reading();
    close_statements();
    if (transaction_ > state::open) refuse_in_failed(transaction_ == state::gone);
}

void session::discard_result() noexcept {
    if (reader_) reader_->finish();
    reader_ = nullptr;
}

void session::close(MYSQL_STMT* statement) noexcept {
    leave_to_parent();
    if (!reader_) {
        mysql_stmt_close(statement);
        return;
    }
    try {
        closing_.push_back(statement);
    } catch (...) {
        discard_result();  // better an ended stream than a leak
        mysql_stmt_close(statement);
    }
}

void session::close_statements() noexcept {
    for (auto* statement : closing_) mysql_stmt_close(statement);
    closing_.clear();
}

void session::run(std::string_view sql) {
    query(sql);
    drain_results(sql);
}

void session::drain_results(std::string_view sql) {
    for (;;) {
        if (MYSQL_RES* const rows = mysql_use_result(client_)) mysql_free_result(rows);
        else if (mysql_errno(client_)) raise(report_of(client_), sql);
        if (limit_ && mysql_more_results(client_)) begin_limit();  // each statement has its own
        int const next = mysql_next_result(client_);
        if (next < 0) return;
        if (next > 0) raise(report_of(client_), sql);
    }
}

void session::script(std::string_view sql) {
    ready_for_statement();
    touch();
    level_known_ = false;
    auto const last = sql.find_last_not_of("; \t\r\n");
    bool const several =
        last != std::string_view::npos && sql.substr(0, last).find(';') != std::string_view::npos;
    if (!several) {
        begin_limit();
        run(sql);
        return after_statement();
    }
    if (mysql_set_server_option(client_, MYSQL_OPTION_MULTI_STATEMENTS_ON))
        raise(report_of(client_), sql);
    auto const one_again = [this] {
        if (!broken_ && mysql_set_server_option(client_, MYSQL_OPTION_MULTI_STATEMENTS_OFF))
            broken_ = true;
    };
    try {
        begin_limit();
        run(sql);
        end_limit();
    } catch (...) {
        one_again();
        throw;
    }
    one_again();
    after_statement();
}

transaction_state session::note(report const& r) noexcept {
    bool const was_open = transaction_ != state::none || server_in_transaction();
    if (ends_connection(r.code) || !client_->net.pvio) broken_ = true;
    bool const rolled_back = broken_ || r.code == 1213 || r.code == 1614 ||
                             (r.code == 1205 && rolls_back_on_lock_timeout_);
    if (!was_open) return transaction_state::none;
    if (transaction_ == state::none)
        return rolled_back ? transaction_state::rolled_back : transaction_state::open;
    if (rolled_back) transaction_ = state::gone;
    else if (r.code == 1020 && transaction_ == state::open) transaction_ = state::failed;
    switch (transaction_) {
    case state::gone: return transaction_state::rolled_back;
    case state::failed: return transaction_state::failed;
    default: return transaction_state::open;
    }
}

// Ended by our own request, which the server takes for a cancel.
bool session::ran_out_of_time(report const& r) noexcept {
    bool const over = limit_ && limit_->passed() && meaning_of(r).kind == error_kind::cancelled;
    end_limit();
    return over;
}

void session::begin_limit() {
    end_limit();
    if (mariadb_ || options_.statement_timeout == 0) return;
    limit_ = std::make_unique<deadline>(std::chrono::milliseconds(options_.statement_timeout),
                                        [this] { cancel(); });
}

void session::raise(report const& r, std::string_view sql) {
    auto info = describe(r, sql);
    if (ran_out_of_time(r)) {
        info.kind = error_kind::timeout;
        info.message = "the statement took longer than statement_timeout allows";
    }
    info.transaction = note(r);
    info.connection_usable = !broken_;
    if (info.transaction == transaction_state::rolled_back) info.retry = retry_advice::transaction;
    throw error(std::move(info));
}

bool session::alive(bool ask_server) noexcept {
    if (broken_) return false;
    if (reader_) return true;
    pollfd socket{mysql_get_socket(client_), POLLIN, 0};
    // A server says nothing between two statements, except good-bye.
    if (wait_for(socket, 0) != 0) broken_ = true;
    if (broken_ || !ask_server) return !broken_;
    close_statements();
    constexpr std::string_view nothing = "DO 1";
    if (mysql_send_query(client_, nothing.data(), nothing.size()) || wait_for(socket, 2000) != 1 ||
        mysql_read_query_result(client_))
        broken_ = true;
    return !broken_;
}

void session::reset() {
    discard_result();
    require_usable();
    close_statements();
    if (!touched_) {
        if (transaction_ != state::none || server_in_transaction()) run("ROLLBACK");
        transaction_ = state::none;
        return;
    }
    // temporary tables, variables and locks go too, and with them all prepared statements
    if (mysql_reset_connection(client_)) {
        broken_ = true;
        raise(report_of(client_), "");
    }
    ++generation_;
    transaction_ = state::none;
    broken_ = true;  // until it is as it was
    set_up();
    broken_ = false;
}

// The running statement sees an ended connection.
void session::give_up() noexcept { shutdown(spare_, SHUT_RDWR); }

// The handle belongs to the thread that waits; a second connection carries the request. A request
// that gets no answer may come true later and hit another statement, so the connection is over then;
// one that the server refuses leaves the statement to run to its end.
void session::cancel() noexcept {
    mysql_family::cancels::request const under_way(cancels_);
    try {
        options o = options_;
        if (o.connect_timeout > 3) o.connect_timeout = 3;
        o.read_timeout = o.write_timeout = 3;
        MYSQL* const other = open_client(o);
        std::string const sql = "KILL QUERY " + std::to_string(thread_);
        bool const lost = mysql_real_query(other, sql.data(), sql.size()) != 0 &&
                          meaning_of(report_of(other)).kind == error_kind::connection_lost;
        mysql_close(other);
        if (lost) give_up();
    } catch (error const& e) {
        if (e.kind() == error_kind::connection_failed) give_up();
    } catch (...) {
        give_up();
    }
}

}  // namespace relata::mysql::detail
