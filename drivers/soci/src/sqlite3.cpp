// SPDX-License-Identifier: BSL-1.0
//
// SOCI's sqlite3 back end. It prepares and steps; values go by SQLite's own functions on its
// statement, because SOCI binds empty BLOBs as NULL, knows no text with another length than its
// string, and reads numbers by the declared type of the column. They are the functions that its
// elements call, so nothing is lost on the way.

#include "connection.hpp"

#include "options.hpp"
#include "sqlite3_errors.hpp"

#include <relata/types/text.hpp>

#include <algorithm>
#include <cstring>
#include <ctime>
#include <deque>

#include <unistd.h>

#include <soci/sqlite3/soci-sqlite3.h>

namespace relata::soci::detail {
namespace {

namespace api = sqlite_api;
using backend_statement = ::soci::sqlite3_statement_backend;

struct kept_cell {
    content::form is = content::form::null;
    std::int64_t integer = 0;
    double real = 0;
    std::string text;
};

content read(api::sqlite3_stmt* st, int column) {
    content out;
    auto const size = [&] { return std::size_t(api::sqlite3_column_bytes(st, column)); };
    switch (api::sqlite3_column_type(st, column)) {
    case SQLITE_NULL: break;
    case SQLITE_INTEGER:
        out.is = content::form::integer;
        out.integer = api::sqlite3_column_int64(st, column);
        break;
    case SQLITE_FLOAT:
        out.is = content::form::real;
        out.real = api::sqlite3_column_double(st, column);
        break;
    case SQLITE_TEXT: {
        auto const* data = reinterpret_cast<char const*>(api::sqlite3_column_text(st, column));
        out.is = content::form::text;
        out.text = {data ? data : "", size()};
        break;
    }
    default: {
        auto const* data = static_cast<char const*>(api::sqlite3_column_blob(st, column));
        out.is = content::form::bytes;
        out.text = {data ? data : "", size()};
    }
    }
    return out;
}

std::string_view first_word(std::string_view sql) {
    auto const begin = sql.find_first_not_of(" \t\r\n");
    if (begin == sql.npos) return {};
    sql.remove_prefix(begin);
    return sql.substr(0, sql.find_first_of(" \t\r\n(;"));
}

bool is_word(std::string_view a, std::string_view lower) {
    return std::equal(a.begin(), a.end(), lower.begin(), lower.end(),
                      [](char x, char y) { return (x >= 'A' && x <= 'Z' ? x + 32 : x) == y; });
}

class sqlite3_wire final : public wire {
public:
    sqlite3_wire(::soci::session& session, api::sqlite3* db, std::string_view sql, unsigned count)
        : db_(db), statement_(static_cast<backend_statement*>(session.make_statement_backend())) {
        statement_->alloc();
        statement_->prepare(std::string(sql), ::soci::details::st_repeatable_query);
        try {
            demand_one(sql, count);
        } catch (...) {
            statement_->clean_up();
            throw;
        }
        bool const writes = !api::sqlite3_stmt_readonly(handle());
        auto const word = first_word(sql);
        inserts_ = is_word(word, "insert") || is_word(word, "replace");
        counts_ = writes && (inserts_ || is_word(word, "update") || is_word(word, "delete") ||
                             is_word(word, "with"));
        keeps_ = counts_ && sqlite3_wire::columns() != 0;
    }
    ~sqlite3_wire() override { statement_->clean_up(); }
    sqlite3_wire(sqlite3_wire const&) = delete;
    sqlite3_wire& operator=(sqlite3_wire const&) = delete;

    void run(std::vector<bound> const& values) override {
        close();
        for (std::size_t i = 0; i < values.size(); ++i) bind(int(i) + 1, values[i]);
        has_row_ = statement_->execute(1) == backend_statement::ef_success;
        first_ = true;
        if (keeps_) keep_rows();
        else if (!has_row_) api::sqlite3_reset(handle());
        if (!counts_) return;
        affected_ = api::sqlite3_changes64(db_);
        if (inserts_) last_id_ = api::sqlite3_last_insert_rowid(db_);
    }
    bool next() override {
        if (keeps_) {
            if (!std::exchange(first_, false) && !rows_.empty()) rows_.pop_front();
            return !rows_.empty();
        }
        if (!std::exchange(first_, false) && has_row_)
            has_row_ = statement_->fetch(1) == backend_statement::ef_success;
        return has_row_;
    }
    content at(unsigned column) override {
        if (!keeps_) return read(handle(), int(column));
        if (column >= rows_.front().size()) return {};
        auto const& cell = rows_.front()[column];
        return {cell.is, cell.integer, cell.real, cell.text};
    }
    void close() noexcept override {
        rows_.clear();
        api::sqlite3_reset(handle());
        has_row_ = false;
    }
    unsigned columns() override { return unsigned(api::sqlite3_column_count(handle())); }
    std::string name(unsigned column) override {
        char const* const found = api::sqlite3_column_name(handle(), int(column));
        return found ? found : "";
    }
    std::int64_t affected() override { return affected_; }
    std::int64_t last_id() override { return last_id_; }

private:
    [[nodiscard]] api::sqlite3_stmt* handle() const { return statement_->stmt_; }

    // SOCI drops what stands behind the first statement.
    void demand_one(std::string_view sql, unsigned count) {
        if (!handle()) fail(error_kind::syntax, "the statement is empty");
        std::string const rest(sql.substr(std::strlen(api::sqlite3_sql(handle()))));
        api::sqlite3_stmt* more = nullptr;
        int const code = api::sqlite3_prepare_v2(db_, rest.c_str(), -1, &more, nullptr);
        bool const several = code != SQLITE_OK || more;
        api::sqlite3_finalize(more);
        if (several) fail(error_kind::syntax, "more than one statement");
        if (unsigned(api::sqlite3_bind_parameter_count(handle())) != count)
            fail(error_kind::invalid_argument,
                 "the statement has another number of placeholders than types");
    }
    // The values outlive the execution, so nothing is copied.
    void bind(int position, bound const& value) {
        auto* const st = handle();
        int code = SQLITE_OK;
        switch (value.is) {
        case bound::form::null: code = api::sqlite3_bind_null(st, position); break;
        case bound::form::integer:
        case bound::form::unsigned_integer:
            code = api::sqlite3_bind_int64(st, position, value.integer);
            break;
        case bound::form::real: code = api::sqlite3_bind_double(st, position, value.real); break;
        case bound::form::text:
            code = api::sqlite3_bind_text64(st, position, value.text.data(), value.text.size(),
                                            nullptr, SQLITE_UTF8);
            break;
        case bound::form::bytes:
            code = api::sqlite3_bind_blob64(st, position, value.text.data(), value.text.size(),
                                            nullptr);
        }
        if (code != SQLITE_OK) throw ::soci::soci_error("a value cannot be bound");
    }
    // A change that returns rows reports broken references only after its last row, so it runs to
    // its end here.
    void keep_rows() {
        unsigned const width = columns();
        for (; has_row_; has_row_ = statement_->fetch(1) == backend_statement::ef_success) {
            auto& row = rows_.emplace_back();
            for (unsigned i = 0; i < width; ++i) {
                auto const cell = read(handle(), int(i));
                row.push_back({cell.is, cell.integer, cell.real, std::string(cell.text)});
            }
        }
        api::sqlite3_reset(handle());
    }

    api::sqlite3* db_;
    std::unique_ptr<backend_statement> statement_;
    bool inserts_ = false;
    bool counts_ = false;  // changes rows
    bool keeps_ = false;   // changes rows and returns some
    bool has_row_ = false;
    bool first_ = false;
    std::int64_t affected_ = 0;
    std::int64_t last_id_ = 0;
    std::deque<std::vector<kept_cell>> rows_;
};

class sqlite3_connection final : public connection {
public:
    sqlite3_connection(session_handle given, sqlite3_options const& wanted)
        : connection(std::move(given), storage::plain, false),
          db_(static_cast<::soci::sqlite3_session_backend*>(session().get_backend())->conn_),
          limit_(wanted.statement_timeout * 1'000'000) {
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
        return explain_sqlite3(db_, e.get_error_message(), sql, cancel_asked());
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
    static std::int64_t now() noexcept {
        timespec t{};
        clock_gettime(CLOCK_MONOTONIC, &t);
        return std::int64_t(t.tv_sec) * 1'000'000'000 + t.tv_nsec;
    }
    [[nodiscard]] bool late() const noexcept { return now() > deadline_; }
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
            api::sqlite3_busy_timeout(db_, wanted.busy_timeout);
            if (wanted.mode != "ro" && ask("PRAGMA journal_mode = wal") == "wal")
                run_raw("PRAGMA synchronous = normal");
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
    bool read_only_ = false;
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
    if (path.find('"') != path.npos)
        fail(error_kind::invalid_url, "SOCI cannot open a path with both '=' and '\"' in it");
    return "dbname=\"" + path + (wanted.mode == "ro" ? "\" readonly=true" : "\"");
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
