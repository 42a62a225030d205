// SPDX-License-Identifier: BSL-1.0
//
// SOCI's sqlite3 back end: opening, transactions, deadlines and the wait for locks.

#include "connection.hpp"

#include "options.hpp"
#include "sqlite3_errors.hpp"
#include "sqlite3_wire.hpp"

#include <sqlite_family/waiting.hpp>

#include <unistd.h>

namespace relata::soci::detail {
namespace {

namespace api = sqlite_api;
using sqlite_family::nanoseconds_per_ms;
using sqlite_family::now;

// SQLite's own wait for a lock.
struct give_wait_back {
    int milliseconds = 0;
    void operator()(api::sqlite3* db) const noexcept {
        api::sqlite3_busy_timeout(db, milliseconds);
    }
};

class sqlite3_connection final : public connection {
public:
    sqlite3_connection(session_handle given, sqlite3_options const& wanted)
        : connection(std::move(given), storage::plain, false),
          db_(static_cast<::soci::sqlite3_session_backend*>(session().get_backend())->conn_),
          limit_(wanted.statement_timeout * nanoseconds_per_ms) {
        guard("", [&] { prepare_session(wanted); });
        int const version = api::sqlite3_libversion_number();
        can_.server = std::string("SQLite ") + api::sqlite3_libversion();
        can_.version = std::uint32_t(version / 1'000'000 * 10'000 + version / 1000 % 1000 * 100 +
                                     version % 1000);
        can_.max_params = std::uint32_t(api::sqlite3_limit(db_, SQLITE_LIMIT_VARIABLE_NUMBER, -1));
        can_.key = driver::generated_key::last_id;
        can_.concurrent_streams = true;
        can_.server_process = false;
        spelling_ = &dialect::dialect_for(dialect::family::sqlite, can_.version);
    }
    ~sqlite3_connection() override {
        if (limit_ != 0) api::sqlite3_progress_handler(db_, 0, nullptr, nullptr);
        give_settings_back();
    }
    sqlite3_connection(sqlite3_connection const&) = delete;
    sqlite3_connection& operator=(sqlite3_connection const&) = delete;

    std::unique_ptr<wire> make_wire(std::string_view sql, type_info const* const*, unsigned count,
                                    std::vector<bound>&) override {
        // SOCI counts the length in an int
        if (sql.size() > std::size_t(api::sqlite3_limit(db_, SQLITE_LIMIT_SQL_LENGTH, -1)))
            fail(error_kind::limit_exceeded, "the statement is too long");
        return std::make_unique<sqlite3_wire>(session(), db_, sql, count);
    }
    void* native() noexcept override { return db_; }

protected:
    error_info explain(::soci::soci_error const& e, std::string_view sql) override {
        auto info = explain_sqlite3(db_, e.get_error_message(), sql, !timed_out_);
        if (info.kind != error_kind::lock_timeout || !std::exchange(wait_ended_, false))
            return info;
        info.kind = timed_out_ ? error_kind::timeout : error_kind::cancelled;
        info.message = timed_out_ ? "the statement took longer than statement_timeout allows"
                                  : "the statement was cancelled while it waited for a lock";
        info.retry = retry_advice::no;
        return info;
    }
    transaction_state look() noexcept override {
        return api::sqlite3_get_autocommit(db_) ? transaction_state::none : transaction_state::open;
    }
    void run_script(std::string_view sql) override {
        std::string const text(sql);
        if (api::sqlite3_exec(db_, text.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
            throw ::soci::soci_error(api::sqlite3_errmsg(db_));
    }
    // A write transaction takes the write lock now: waiting for it later can fail half-way.
    std::vector<std::string> begin_words(driver::isolation, bool read_only) const override {
        if (read_only) return {"BEGIN DEFERRED", "PRAGMA query_only = on"};
        return {"BEGIN IMMEDIATE"};
    }
    void send_begin(driver::isolation level, bool read_only) override {
        connection::send_begin(level, read_only);
        read_only_ = read_only;
    }
    void send_commit() override {
        run("COMMIT");
        write_again();
    }
    void send_rollback() override {
        run("ROLLBACK");
        write_again();
    }
    // elsewhere a transaction is over when its commit fails; here too
    void after_failed_commit(error_info& info) override {
        if (info.kind != error_kind::foreign_key_violation) return;
        name_open_reference_sqlite3(db_, info);
        send_rollback();
    }
    void after_statement() override {
        if (read_only_ && look() == transaction_state::none) write_again();
    }
    void ask_server() override { ask("PRAGMA schema_version"); }
    void send_cancel() noexcept override { api::sqlite3_interrupt(db_); }
    void arm() noexcept override {
        wait_ended_ = timed_out_ = false;
        if (limit_ == 0) return;
        deadline_ = now() + limit_;
        api::sqlite3_progress_handler(
            db_, 1000,
            [](void* self) { return int(static_cast<sqlite3_connection*>(self)->late()); }, this);
    }
    void clean_session() override {
        set_guards();
        std::string drops;
        std::vector<bound> none;
        auto const list = make_wire("SELECT 'DROP ' || type || ' IF EXISTS temp.\"' || "
                                    "replace(name, '\"', '\"\"') || '\"' FROM sqlite_temp_schema "
                                    "WHERE type IN ('view', 'trigger', 'table') AND name NOT LIKE "
                                    "'sqlite!_%' ESCAPE '!' ORDER BY type DESC",
                                    nullptr, 0, none);
        list->run(none);
        while (list->next()) drops.append(list->at(0).text) += ';';
        list->close();
        if (!drops.empty()) run_script(drops);
    }

private:
    bool late() noexcept {
        if (limit_ != 0 && now() > deadline_) timed_out_ = true;
        return timed_out_;
    }
    static int on_busy(void* self, int tries) noexcept {
        auto& c = *static_cast<sqlite3_connection*>(self);
        if (tries == 0) c.busy_since_ = now();
        return c.wait_a_little(c.busy_since_, tries);
    }
    bool wait_a_little(std::int64_t since, int tries) noexcept {
        wait_ended_ = cancel_asked() || late();
        return !wait_ended_ && sqlite_family::nap(since, patience_, tries);
    }
    // SQLite does not wait here when another connection is in the way.
    bool switch_to_wal() {
        auto const since = now();
        for (int tries = 0;; ++tries) {
            try {
                return ask("PRAGMA journal_mode = wal") == "wal";
            } catch (::soci::soci_error const&) {
                bool const busy = (api::sqlite3_errcode(db_) & 0xff) == SQLITE_BUSY;
                if (!busy || !wait_a_little(since, tries)) throw;
            }
        }
    }
    void write_again() {
        if (!std::exchange(read_only_, false)) return;
        api::sqlite3_exec(db_, "PRAGMA query_only = off", nullptr, nullptr, nullptr);
    }
    int configure(int option, int value) {
        int now = -1;
        api::sqlite3_db_config(db_, option, value, &now);
        return now;
    }
    void set_guards() {
        configure(SQLITE_DBCONFIG_DQS_DML, 0);
        configure(SQLITE_DBCONFIG_DQS_DDL, 0);
        configure(SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0);
        if (configure(SQLITE_DBCONFIG_ENABLE_FKEY, 1) != 1)
            fail(error_kind::not_supported, "this build of SQLite has no foreign keys");
        if (ask("SELECT 'a' LIKE 'A'") != "0") run_raw("PRAGMA case_sensitive_like = on");
    }
    void prepare_session(sqlite3_options const& wanted) {
        patience_ = lent() ? std::stoi("0" + ask("PRAGMA busy_timeout")) : wanted.busy_timeout;
        if (patience_ != 0) {  // 0: none, or one of the program's own
            waits_ = {db_, {patience_}};
            api::sqlite3_busy_handler(db_, &sqlite3_connection::on_busy, this);
        }
        if (ask("PRAGMA encoding") != "UTF-8")
            fail(error_kind::not_supported, "the database keeps its texts as UTF-16");
        if (lent()) {
            had_.dml = configure(SQLITE_DBCONFIG_DQS_DML, -1);
            had_.ddl = configure(SQLITE_DBCONFIG_DQS_DDL, -1);
            had_.keys = configure(SQLITE_DBCONFIG_ENABLE_FKEY, -1);
            had_.extensions = configure(SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, -1);
            had_.loose_like = ask("SELECT 'a' LIKE 'A'") != "0";
        } else {
            api::sqlite3_extended_result_codes(db_, 1);
            if (wanted.mode != "ro" && switch_to_wal()) run_raw("PRAGMA synchronous = normal");
        }
        set_guards();
        if (add_json_valid_sqlite3(db_) != SQLITE_OK)
            throw ::soci::soci_error("no function can be added");
    }
    void give_settings_back() noexcept {
        if (!lent()) return;
        try {
            remove_json_valid_sqlite3(db_);
            configure(SQLITE_DBCONFIG_DQS_DML, had_.dml);
            configure(SQLITE_DBCONFIG_DQS_DDL, had_.ddl);
            configure(SQLITE_DBCONFIG_ENABLE_FKEY, had_.keys);
            configure(SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, had_.extensions);
            if (had_.loose_like) run_raw("PRAGMA case_sensitive_like = off");
        } catch (...) {  // NOLINT(bugprone-empty-catch): a session that fails keeps what it has
        }
    }

    struct settings {
        int dml = 0, ddl = 0, keys = 0, extensions = 0;
        bool loose_like = false;
    };

    api::sqlite3* db_;
    settings had_;        // a lent session's own
    std::int64_t limit_;  // nanoseconds for a statement; 0: none
    std::int64_t deadline_ = 0;
    int patience_ = 0;  // milliseconds to wait for a lock; 0: not our wait
    std::int64_t busy_since_ = 0;
    bool wait_ended_ = false;  // by a cancel or the deadline
    bool timed_out_ = false;
    bool read_only_ = false;
    // The handler must not outlive this object: closing the file may wait for a lock too.
    std::unique_ptr<api::sqlite3, give_wait_back> waits_;
};

// SOCI splits the text at '=' and spaces, unless there is no '=' at all.
std::string parameters_of(std::string path, sqlite3_options const& wanted) {
    if (path.starts_with("file:")) path.insert(0, "./");  // never a URI
    // SOCI makes a missing file
    if (wanted.mode != "rwc" && access(path.c_str(), F_OK) != 0) {
        error_info info = why_sqlite3_did_not_open("");
        info.kind = error_kind::database_not_found;
        info.message = "the database file, or the folder it should be in, does not exist";
        throw error(std::move(info));
    }
    if (path.find('=') == path.npos && wanted.mode != "ro") return path;
    bool const quotable = path.find('"') == path.npos;
    if (!quotable && path.find(' ') != path.npos)
        fail(error_kind::invalid_url,
             wanted.mode == "ro"
                 ? "SOCI cannot open a path with both a space and '\"' in it for reading only"
                 : "SOCI cannot open a path with all of a space, '=' and '\"' in it");
    if (path.front() == '"') path.insert(0, "./");
    if (quotable) path = '"' + path + '"';
    return "dbname=" + path + (wanted.mode == "ro" ? " readonly=true" : "");
}

}  // namespace

std::unique_ptr<driver::connection> connect_sqlite3(driver::address const& where) {
    check_options(where, "sqlite3");
    auto const wanted = read_sqlite3_options(where);
    if (where.database.empty())
        fail(error_kind::invalid_url, "the path of the database is missing");
    session_handle session;
    try {
        session = open_session("sqlite3", parameters_of(where.database, wanted));
    } catch (::soci::soci_error const& e) {
        throw error(why_sqlite3_did_not_open(e.get_error_message()));
    }
    return std::make_unique<sqlite3_connection>(std::move(session), wanted);
}

std::unique_ptr<driver::connection> adopt_sqlite3(session_handle session) {
    return std::make_unique<sqlite3_connection>(std::move(session), sqlite3_options{});
}

}  // namespace relata::soci::detail
