// SPDX-License-Identifier: BSL-1.0
//
// A session from its first setting to its last: the prelude that makes all servers answer alike,
// whose results are on their way, and what an error leaves behind.

#include "session.hpp"

#include "sql_text.hpp"
#include "statement.hpp"

#include <mysql_family/prelude.hpp>
#include <mysql_family/transactions.hpp>

#include <unistd.h>

#include <charconv>

namespace relata::mysql_connector::detail {

using namespace mysql_family;

namespace {

std::uint64_t number(std::string_view text) {
    std::uint64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

// "10.11.19-MariaDB-log"
std::uint32_t version_number(std::string_view text) {
    std::uint32_t version = 0;
    for (int i = 0; i < 3; ++i) {
        version = version * 100 + std::uint32_t(number(text));
        auto const dot = text.find_first_not_of("0123456789");
        text.remove_prefix(dot == text.npos ? text.size() : dot);
        if (text.starts_with('.')) text.remove_prefix(1);
        else text = {};
    }
    return version;
}

}  // namespace

session::session(options o) : options_(std::move(o)), process_(getpid()) { connect(); }

session::~session() {
    if (!forked()) return;
    for (auto& each : closing_) (void)each.release();
    (void)client_.release();
}

bool session::forked() const noexcept { return getpid() != process_; }

// Until the settings are made the connection is not there yet.
void session::connect() try {
    client_ = open_client(options_);
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

void session::find_server() {
    auto const row = row_of("SELECT CONNECTION_ID(), VERSION(), @@version_comment");
    thread_ = number(row[0]);
    mariadb_ = row[1].find("MariaDB") != std::string::npos ||
               row[2].find("MariaDB") != std::string::npos ||
               row[2].find("mariadb.org") != std::string::npos;
    can_.version = version_number(row[1]);
}

void session::set_up() {
    find_server();
    // with the prelude of the newest servers first; older ones do not know one of the variables
    server_traits traits{mariadb_, can_.version, true, options_.statement_timeout};
    snapshot_ = mariadb_;
    auto const settings = prelude(traits);
    if (auto const problem = attempt(settings)) {
        if (!mariadb_ || problem->code != unknown_variable) raise(*problem, settings);
        traits.snapshot = snapshot_ = false;
        run(prelude(traits));
    }
    auto const row = row_of(settings_query);
    max_packet_ = std::size_t(number(row[0]));
    rolls_back_on_lock_timeout_ = row[1] == "1";
    check_settings(row[2], row[3], row[4]);
    find_capabilities();
    level_known_ = false;
    server_in_transaction_ = in_doubt_ = false;
    touched_ = false;
}

void session::find_capabilities() {
    auto const v = can_.version;
    can_.server = (mariadb_ ? "MariaDB " : "MySQL ") + std::to_string(v / 10000) + "." +
                  std::to_string(v / 100 % 100) + "." + std::to_string(v % 100);
    can_.max_params = 65535;
    can_.max_identifier = 64;
    can_.max_packet = max_packet_;
    if (!snapshot_) can_.isolation_levels &= std::uint8_t(~driver::level_bit(isolation::snapshot));
    can_.returning = mariadb_ && v >= 100500;
    // asking for the last key costs a round trip here, RETURNING none
    can_.key = can_.returning ? driver::generated_key::returning : driver::generated_key::last_id;
    can_.update_returning = false;
    can_.transactional_ddl = false;
    can_.concurrent_streams = true;
    can_.streaming = false;
    can_.watches_network = false;
}

void session::require_usable() const {
    if (broken_) refuse_dead();
}

void session::ready_for_statement() {
    cancels_.let_pass();
    require_usable();
    if (reader_) refuse_while_reading();
    closing_.clear();
    settle_doubt();
    if (transaction_ > state::open) refuse_in_failed(transaction_ == state::gone);
}

void session::settle_doubt() {
    if (in_doubt_) after_statement();
}

void session::after_statement() {
    in_doubt_ = false;
    server_in_transaction_ = ask_in_transaction();
    if (transaction_ != state::open || server_in_transaction_) return;
    transaction_ = state::gone;
    refuse_implicit_commit();
}

void session::discard_result() noexcept {
    if (reader_) reader_->finish();
    reader_ = nullptr;
}

void session::close(std::unique_ptr<vendor::PreparedStatement> statement) noexcept {
    if (forked()) return void(statement.release());
    if (!reader_) return;
    try {
        closing_.push_back(std::move(statement));
    } catch (...) {
        discard_result();  // better an ended result than a leak
    }
}

// Runs one statement and drops its rows.
std::optional<report> session::attempt(std::string_view sql) {
    try {
        std::unique_ptr<vendor::Statement> const statement(client_->createStatement());
        if (statement->execute(vendor::SQLString(sql.data(), sql.size())))
            std::unique_ptr<vendor::ResultSet> const dropped(statement->getResultSet());
        return std::nullopt;
    } catch (vendor::SQLException const& e) {
        refuse_unable(e);
        return report_of(e);
    } catch (std::bad_alloc const&) {
        fail(error_kind::out_of_memory, "out of memory");
    }
}

void session::run(std::string_view sql) {
    if (auto const problem = attempt(sql)) raise(*problem, sql);
}

std::vector<std::string> session::row_of(std::string_view sql) {
    return ask(sql, [&] {
        std::unique_ptr<vendor::Statement> const statement(client_->createStatement());
        std::unique_ptr<vendor::ResultSet> const rows(
            statement->executeQuery(vendor::SQLString(sql.data(), sql.size())));
        std::vector<std::string> row(rows->getMetaData()->getColumnCount());
        if (!rows->next()) fail(error_kind::unknown, "the server gives no answer to a question");
        for (unsigned i = 0; i < row.size(); ++i) row[i] = rows->getString(i + 1).asStdString();
        return row;
    });
}

// The library says "no rows" of a result without rows and also after the last result, and of a
// result whose transfer fails in between. So a query of ours ends the script: what does not come
// to it was not done.
void session::run_script(std::string_view sql) {
    constexpr char const* mark = "relata_end_of_script";
    auto const end = ends_of_statements(sql);
    std::string text(sql);
    text += end.complete ? "\nSELECT 1 AS " : "\n;\nSELECT 1 AS ";
    text += mark;
    std::unique_ptr<vendor::Statement> const statement(client_->createStatement());
    bool rows = statement->execute(text);
    for (std::size_t without_rows = 0; without_rows <= end.count + 1;) {
        if (rows) {
            std::unique_ptr<vendor::ResultSet> const result(statement->getResultSet());
            if (result && result->getMetaData()->getColumnLabel(1).compare(mark) == 0) return;
        } else {
            ++without_rows;
        }
        rows = statement->getMoreResults();
    }
    fail(error_kind::unknown, "the script stopped before its end, and the server does not say why");
}

void session::script(std::string_view sql) {
    ready_for_statement();
    touch();
    level_known_ = false;
    ask(sql, [&] { run_script(sql); });
    after_statement();
}

transaction_state session::note(report const& r) noexcept {
    bool const was_open = transaction_ != state::none || server_in_transaction_;
    if (ends_connection(r.code)) broken_ = true;
    if (!was_open) return transaction_state::none;
    bool const rolled_back = broken_ || r.code == 1213 || r.code == 1614 ||
                             (r.code == 1205 && rolls_back_on_lock_timeout_);
    if (!rolled_back) look_at_transaction();  // DDL commits before it fails
    else server_in_transaction_ = false;
    if (transaction_ == state::none) {
        if (server_in_transaction_) return transaction_state::open;
        return rolled_back ? transaction_state::rolled_back : transaction_state::none;
    }
    if (!server_in_transaction_) transaction_ = state::gone;
    else if (r.code == 1020 && transaction_ == state::open) transaction_ = state::failed;
    if (transaction_ == state::gone)
        return rolled_back || broken_ ? transaction_state::rolled_back : transaction_state::unknown;
    return transaction_ == state::failed ? transaction_state::failed : transaction_state::open;
}

void session::raise(vendor::SQLException const& e, std::string_view sql) {
    refuse_unable(e);
    raise(report_of(e), sql);
}

void session::raise(report const& r, std::string_view sql) {
    auto info = describe(r, sql);
    info.transaction = note(r);
    info.connection_usable = !broken_;
    if (info.transaction == transaction_state::rolled_back) info.retry = retry_advice::transaction;
    throw error(std::move(info));
}

bool session::alive(bool ask_server) noexcept {
    if (broken_) return false;
    if (reader_ || !ask_server) return true;
    try {
        closing_.clear();
        broken_ = !client_->isValid();
    } catch (...) {
        broken_ = true;
    }
    return !broken_;
}

void session::reset() {
    cancels_.let_pass();
    discard_result();
    require_usable();
    closing_.clear();
    if (!touched_) {
        if (transaction_ != state::none || server_in_transaction_ || in_doubt_) run("ROLLBACK");
        transaction_ = state::none;
        server_in_transaction_ = in_doubt_ = false;
        return;
    }
    // Temporary tables, variables and locks go with the connection; the library has no other way.
    ++generation_;
    transaction_ = state::none;
    broken_ = true;  // until it is as it was
    connect();
    broken_ = false;
}

void session::cancel() noexcept {
    mysql_family::cancels::request const under_way(cancels_);
    // The connection belongs to the thread that waits; a second one carries the request.
    try {
        options o = options_;
        if (o.connect_timeout > 5) o.connect_timeout = 5;
        o.read_timeout = o.write_timeout = 5;
        auto const other = open_client(o);
        std::unique_ptr<vendor::Statement> const statement(other->createStatement());
        statement->execute("KILL QUERY " + std::to_string(thread_.load()));
    } catch (...) {  // NOLINT(bugprone-empty-catch): a request; the statement then runs to its end
    }
}

}  // namespace relata::mysql_connector::detail
