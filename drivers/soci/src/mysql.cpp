// SPDX-License-Identifier: BSL-1.0
//
// SOCI's mysql back end. It puts values into the text of the statement, so each placeholder is
// wrapped to have the type of its value: a decimal stays one, bytes are no text. The text is given
// to SOCI in pieces, past its search for names, which knows no backtick and no comment. Cells are
// read from SOCI's result where it keeps it: the texts that its into elements copy.

#include "connection.hpp"
#include "elements.hpp"
#include "options.hpp"
#include "placeholders.hpp"
#include "wide_floats.hpp"

#include <mysql_family/errors.hpp>
#include <mysql_family/options.hpp>
#include <mysql_family/prelude.hpp>

#include <algorithm>
#include <charconv>

#include <soci/mysql/soci-mysql.h>

namespace relata::soci::detail {
namespace {

using backend_statement = ::soci::mysql_statement_backend;

mysql_family::report report_of(MYSQL* conn) {
    return {mysql_errno(conn), mysql_sqlstate(conn), mysql_error(conn)};
}

type_info const& stored(type_info const& type) {
    return type.codec && type.kind == kind::custom ? stored(*type.codec->stored) : type;
}

struct wrapping {
    std::string before, after;
};

wrapping wrapping_of(type_info const& given) {
    auto const& type = stored(given);
    switch (type.kind) {
    case kind::float32:
    case kind::float64: return {"(", "+0e0)"};  // 0.5 alone would be a decimal
    case kind::decimal:
    case kind::decimal_wide:
        return {"CAST(", " AS DECIMAL(" + std::to_string(type.precision) + "," +
                             std::to_string(type.scale) + "))"};
    case kind::bytes:
    case kind::uuid: return {"UNHEX(", ")"};
    case kind::date: return {"CAST(", " AS DATE)"};
    case kind::time: return {"CAST(", " AS TIME(6))"};
    case kind::timestamp:
    case kind::instant: return {"CAST(", " AS DATETIME(6))"};
    default: return {};
    }
}

constexpr unsigned binary_character_set = 63;

content::form form_of(MYSQL_FIELD const& column) {
    bool const is_unsigned = column.flags & UNSIGNED_FLAG;
    switch (int(column.type)) {
    case MYSQL_TYPE_TINY:
    case MYSQL_TYPE_SHORT:
    case MYSQL_TYPE_YEAR:
    case MYSQL_TYPE_INT24:
    case MYSQL_TYPE_LONG: return content::form::integer;
    case MYSQL_TYPE_LONGLONG:
        return is_unsigned ? content::form::unsigned_integer : content::form::integer;
    case MYSQL_TYPE_DOUBLE: return content::form::real;
    case MYSQL_TYPE_DECIMAL:
    case MYSQL_TYPE_NEWDECIMAL: return content::form::decimal;
    case MYSQL_TYPE_DATE:
    case MYSQL_TYPE_NEWDATE: return content::form::date;
    case MYSQL_TYPE_TIME: return content::form::time;
    case MYSQL_TYPE_DATETIME:
    case MYSQL_TYPE_TIMESTAMP: return content::form::moment;
    case MYSQL_TYPE_JSON: return content::form::json;
    case MYSQL_TYPE_VARCHAR:
    case MYSQL_TYPE_VAR_STRING:
    case MYSQL_TYPE_STRING:
    case MYSQL_TYPE_ENUM:
    case MYSQL_TYPE_SET:
    case MYSQL_TYPE_TINY_BLOB:
    case MYSQL_TYPE_MEDIUM_BLOB:
    case MYSQL_TYPE_LONG_BLOB:
    case MYSQL_TYPE_BLOB:
        return column.charsetnr == binary_character_set ? content::form::bytes
                                                        : content::form::text;
    default: return content::form::other;
    }
}

struct free_result {
    void operator()(MYSQL_RES* result) const noexcept { mysql_free_result(result); }
};

class mysql_wire final : public wire {
public:
    mysql_wire(::soci::session& session, MYSQL* conn, std::string_view sql,
               type_info const* const* types, unsigned count)
        : conn_(conn), sql_(sql), statement_(static_cast<backend_statement*>(
                                      session.get_backend()->make_statement_backend())),
          uses_(*statement_, use_elements::numbers::as_such) {
        if (may_give_rows(sql)) look_at_columns();
        auto pieces = split_at_placeholders(sql_, marks::question, count);
        for (unsigned i = 0; i < count; ++i) {
            auto const around = wrapping_of(*types[i]);
            pieces.pieces[i] += around.before;
            pieces.pieces[i + 1].insert(0, around.after);
        }
        statement_->alloc();
        statement_->prepare("", ::soci::details::st_repeatable_query);
        statement_->queryChunks_ = std::move(pieces.pieces);
    }
    ~mysql_wire() override { statement_->clean_up(); }
    mysql_wire(mysql_wire const&) = delete;
    mysql_wire& operator=(mysql_wire const&) = delete;

    void run(std::vector<bound> const& values) override {
        close();
        uses_.set(values);
        statement_->execute(1);
        uses_.done();
        affected_ = last_id_ = 0;
        rows_ = statement_->result_ ? std::size_t(mysql_num_rows(statement_->result_)) : 0;
        if (!statement_->result_) affected_ = statement_->get_affected_rows();
        last_id_ = std::int64_t(mysql_insert_id(conn_));
        if (statement_->result_ && sql_is_change()) affected_ = std::int64_t(rows_);
    }
    bool next() override {
        if (at_ >= rows_) return false;
        mysql_row_seek(statement_->result_, statement_->resultRowOffsets_[at_++]);
        cells_ = mysql_fetch_row(statement_->result_);
        lengths_ = mysql_fetch_lengths(statement_->result_);
        return true;
    }
    content at(unsigned column) override;
    void close() noexcept override {
        statement_->clean_up();
        rows_ = at_ = 0;
    }
    unsigned columns() override {
        return statement_->result_ ? mysql_num_fields(statement_->result_)
                                   : unsigned(names_.size());
    }
    std::string name(unsigned column) override {
        if (column < names_.size()) return names_[column];
        if (!statement_->result_ || column >= columns()) return {};
        return mysql_fetch_field_direct(statement_->result_, column)->name;
    }
    std::string origin(unsigned column) override {
        if (column < origins_.size() && !origins_[column].empty()) return origins_[column];
        return name(column);
    }
    std::int64_t affected() override { return affected_; }
    std::int64_t last_id() override { return last_id_; }

private:
    using question = std::unique_ptr<MYSQL_STMT, my_bool (*)(MYSQL_STMT*)>;

    question prepared(std::string_view sql) {
        question asked(mysql_stmt_init(conn_), &mysql_stmt_close);
        if (!asked) throw std::bad_alloc();
        constexpr unsigned cannot_be_prepared = 1295;
        if (mysql_stmt_prepare(asked.get(), sql.data(), sql.size()) != 0 &&
            mysql_stmt_errno(asked.get()) != cannot_be_prepared)
            throw ::soci::mysql_soci_error(mysql_stmt_error(asked.get()),
                                           int(mysql_stmt_errno(asked.get())));
        return asked;
    }
    void look_at_columns();

    // INSERT or DELETE … RETURNING
    [[nodiscard]] bool sql_is_change() const {
        auto const begin = sql_.find_first_not_of(" \t\r\n");
        if (begin == sql_.npos) return false;
        char const c = char(sql_[begin] | 0x20);
        return c == 'i' || c == 'd' || c == 'u' || (c == 'r' && (sql_[begin + 2] | 0x20) == 'p');
    }

    MYSQL* conn_;
    std::string sql_;
    std::vector<std::string> names_;    // of the columns, as the program wrote them
    std::vector<std::string> origins_;  // of the same in their tables; empty for expressions
    std::unique_ptr<backend_statement> statement_;
    use_elements uses_;
    MYSQL_ROW cells_ = nullptr;
    unsigned long* lengths_ = nullptr;
    std::size_t rows_ = 0, at_ = 0;
    std::int64_t affected_ = 0;
    std::int64_t last_id_ = 0;
};

content mysql_wire::at(unsigned column) {
    content out;
    if (column >= mysql_num_fields(statement_->result_) || !cells_[column]) return out;
    auto const& field = *mysql_fetch_field_direct(statement_->result_, column);
    out.is = form_of(field);
    out.text = {cells_[column], lengths_[column]};
    char const* const end = out.text.data() + out.text.size();
    switch (out.is) {
    case content::form::integer:
        if (std::from_chars(out.text.data(), end, out.integer).ptr != end)
            out.is = content::form::other;
        break;
    case content::form::unsigned_integer: {
        std::uint64_t value = 0;
        if (std::from_chars(out.text.data(), end, value).ptr != end) out.is = content::form::other;
        out.integer = std::int64_t(value);
        break;
    }
    case content::form::real:
        if (std::from_chars(out.text.data(), end, out.real).ptr != end)
            out.is = content::form::other;
        break;
    default: break;
    }
    return out;
}

// The server tells the columns before the statement runs. A FLOAT among them is asked for as DOUBLE;
// where that cannot be written, reading it is refused.
void mysql_wire::look_at_columns() {
    auto const asked = prepared(sql_);
    std::unique_ptr<MYSQL_RES, free_result> const found(mysql_stmt_result_metadata(asked.get()));
    if (!found) return;
    std::vector<bool> floats;
    for (unsigned i = 0; i < mysql_num_fields(found.get()); ++i) {
        auto const& field = *mysql_fetch_field_direct(found.get(), i);
        names_.emplace_back(field.name);
        origins_.emplace_back(field.org_name ? field.org_name : "");
        floats.push_back(int(field.type) == MYSQL_TYPE_FLOAT);
    }
    if (std::find(floats.begin(), floats.end(), true) == floats.end()) return;
    auto wide = widen_floats(sql_, floats);
    if (wide.empty()) return;
    try {
        (void)prepared(wide);
        sql_ = std::move(wide);
    } catch (::soci::soci_error const&) {  // an alias without AS: FLOATs stay refused
    }
}

class mysql_connection final : public connection {
public:
    mysql_connection(session_handle given, std::string parameters, std::uint64_t statement_timeout)
        : connection(std::move(given), storage::typed, false),
          conn_(static_cast<::soci::mysql_session_backend*>(session().get_backend())->conn_),
          parameters_(std::move(parameters)), statement_timeout_(statement_timeout),
          mariadb_(mariadb_connection(conn_)) {
        can_.version = std::uint32_t(mysql_get_server_version(conn_));
        guard("", [&] { prepare_session(); });
        fill_capabilities();
    }
    ~mysql_connection() override { give_settings_back(); }
    mysql_connection(mysql_connection const&) = delete;
    mysql_connection& operator=(mysql_connection const&) = delete;

    std::unique_ptr<wire> make_wire(std::string_view sql, type_info const* const* types,
                                    unsigned count, std::vector<bound>&) override {
        return std::make_unique<mysql_wire>(session(), conn_, sql, types, count);
    }
    void* native() noexcept override { return conn_; }

protected:
    error_info explain(::soci::soci_error const& e, std::string_view sql) override {
        auto report = report_of(conn_);
        if (report.code == 0)
            if (auto const* own = dynamic_cast<::soci::mysql_soci_error const*>(&e)) {
                report.code = own->err_num_;
                report.text = e.get_error_message();
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
    transaction_state look() noexcept override {
        if (gone_) return transaction_state::none;
        unsigned status = 0;
        mariadb_get_infov(conn_, MARIADB_CONNECTION_SERVER_STATUS, &status);
        return status & SERVER_STATUS_IN_TRANS ? transaction_state::open : transaction_state::none;
    }
    // SOCI sends one statement at a time.
    void run_script(std::string_view sql) override {
        if (mysql_set_server_option(conn_, MYSQL_OPTION_MULTI_STATEMENTS_ON)) refuse();
        bool const failed = mysql_real_query(conn_, sql.data(), sql.size()) != 0 || !drained();
        auto const report = report_of(conn_);
        if (mysql_set_server_option(conn_, MYSQL_OPTION_MULTI_STATEMENTS_OFF) && !failed) refuse();
        if (failed) throw ::soci::mysql_soci_error(report.text, int(report.code));
    }
    std::vector<std::string> begin_words(driver::isolation level, bool read_only) const override {
        std::string words = "SET TRANSACTION ISOLATION LEVEL ";
        words += level == driver::isolation::serializable ? "SERIALIZABLE"
                 : level == driver::isolation::snapshot   ? "REPEATABLE READ"
                                                          : "READ COMMITTED";
        return {words, read_only ? "START TRANSACTION READ ONLY" : "START TRANSACTION READ WRITE"};
    }
    void send_begin(driver::isolation level, bool read_only) override {
        if (level == driver::isolation::snapshot && !read_only && !snapshot_)
            fail(error_kind::not_supported, "this server overwrites silently what another "
                                            "transaction changed; use read_committed with locking "
                                            "reads, or serializable");
        gone_ = false;
        connection::send_begin(level, read_only);
    }
    void after_statement() override {
        if (!began() || committing_ || look() != transaction_state::none) return;
        error_info info;
        info.kind = error_kind::invalid_argument;
        info.outcome = outcome::unknown;  // the statement was done, and so is what came before it
        info.message = "the statement committed the transaction implicitly";
        throw_info(std::move(info));
    }
    void ask_server() override {
        if (ask("SELECT 1") != "1") throw ::soci::soci_error("no answer");
    }
    // The handle belongs to the thread that waits; a second connection carries the request.
    void send_cancel() noexcept override {
        try {
            ::soci::session other("mysql", parameters_);
            auto* const conn =
                static_cast<::soci::mysql_session_backend*>(other.get_backend())->conn_;
            auto const sql = "KILL QUERY " + std::to_string(mysql_thread_id(conn_));
            mysql_real_query(conn, sql.data(), sql.size());
        } catch (...) {  // NOLINT(bugprone-empty-catch): a request; the statement then runs on
        }
    }
    void clean_session() override {
        gone_ = false;
        if (mysql_reset_connection(conn_)) refuse();
        prepare_session();
    }

private:
    [[noreturn]] void refuse() {
        throw ::soci::mysql_soci_error(mysql_error(conn_), int(mysql_errno(conn_)));
    }
    bool drained() {
        for (;;) {
            if (MYSQL_RES* const rows = mysql_use_result(conn_)) mysql_free_result(rows);
            else if (mysql_errno(conn_)) return false;
            int const next = mysql_next_result(conn_);
            if (next < 0) return true;
            if (next > 0) return false;
        }
    }
    void set(std::string const& sql) {
        if (mysql_real_query(conn_, sql.data(), sql.size())) refuse();
    }
    void prepare_session() {
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
        rolls_back_on_lock_timeout_ = ask("SELECT @@innodb_rollback_on_timeout") == "1";
        mysql_family::check_settings(ask("SELECT @@time_zone"), ask("SELECT @@sql_mode"),
                                     ask("SELECT @@collation_connection"));
    }
    void fill_capabilities() {
        auto const v = can_.version;
        can_.server = (mariadb_ ? "MariaDB " : "MySQL ") + std::to_string(v / 10000) + "." +
                      std::to_string(v / 100 % 100) + "." + std::to_string(v % 100);
        can_.max_params = 65535;
        can_.key = driver::generated_key::last_id;
        can_.returning = mariadb_ && v >= 100500;
        can_.update_returning = false;
        can_.transactional_ddl = false;
        can_.concurrent_streams = true;  // SOCI keeps whole results
        can_.cancel = !lent();           // needs the password
        spelling_ = &dialect::dialect_for(
            mariadb_ ? dialect::family::mariadb : dialect::family::mysql, can_.version);
    }
    void remember_settings() {
        if (ask("SELECT @@autocommit") != "1")
            fail(error_kind::not_supported, "a session without autocommit cannot be lent");
        set("SET @relata_sql_mode=@@sql_mode,@relata_time_zone=@@time_zone,"
            "@relata_foreign_keys=@@foreign_key_checks,@relata_unique=@@unique_checks,"
            "@relata_collation=@@collation_connection,@relata_null=@@sql_auto_is_null");
        had_ = "SET sql_mode=@relata_sql_mode,time_zone=@relata_time_zone,"
               "foreign_key_checks=@relata_foreign_keys,unique_checks=@relata_unique,"
               "collation_connection=@relata_collation,sql_auto_is_null=@relata_null";
    }
    void give_settings_back() noexcept {
        if (!had_.empty()) mysql_real_query(conn_, had_.data(), had_.size());
    }

    MYSQL* conn_;
    std::string parameters_;
    std::uint64_t statement_timeout_;
    bool mariadb_;
    bool snapshot_ = false;
    bool rolls_back_on_lock_timeout_ = false;
    bool gone_ = false;  // the server has rolled back; it tells so with the next answer only
    std::string had_;    // SET for what a lent session had
};

void add(std::string& to, char const* name, std::string_view value) {
    if (value.empty()) return;
    if (value.find_first_of("\"'") != value.npos)
        fail(error_kind::invalid_url, std::string("SOCI cannot take quotes in the ") + name);
    ((((to += name) += "='") += value) += "' ");
}

std::string parameters_of(mysql_family::options const& wanted) {
    std::string out;
    if (wanted.socket.empty()) {
        add(out, "host", wanted.host);
        if (wanted.port != 0) add(out, "port", std::to_string(wanted.port));
    }
    add(out, "unix_socket", wanted.socket);
    add(out, "user", wanted.user);
    add(out, "password", wanted.password);
    add(out, "dbname", wanted.database);
    add(out, "sslca", wanted.ssl_ca);
    add(out, "sslcert", wanted.ssl_cert);
    add(out, "sslkey", wanted.ssl_key);
    add(out, "charset", "utf8mb4");
    add(out, "connect_timeout", std::to_string(wanted.connect_timeout));
    if (wanted.read_timeout) add(out, "read_timeout", std::to_string(wanted.read_timeout));
    if (wanted.write_timeout) add(out, "write_timeout", std::to_string(wanted.write_timeout));
    return out;
}

[[noreturn]] void refuse_connection(::soci::mysql_soci_error const& e) {
    mysql_family::report report;
    report.code = e.err_num_;
    report.text = e.get_error_message();
    error_info info = mysql_family::describe(report, "");
    if (info.kind == error_kind::connection_lost) info.kind = error_kind::connection_failed;
    if (report.code == 1044) info.kind = error_kind::permission_denied;
    info.outcome = outcome::not_sent;
    info.connection_usable = false;
    throw error(std::move(info));
}

}  // namespace

std::unique_ptr<driver::connection> connect_mysql(driver::address const& where) {
    check_options(where, "mysql");
    auto const wanted = mysql_family::read_options(where);
    using mysql_family::security;
    if (wanted.tls == security::verified)
        fail(error_kind::tls_failed, "SOCI cannot check the certificate of a MySQL server; add "
                                     "insecure=1 to do without, or use mysql:// instead");
    auto parameters = parameters_of(wanted);
    session_handle session;
    try {
        session = open_session("mysql", parameters);
    } catch (::soci::mysql_soci_error const& e) {
        refuse_connection(e);
    }
    auto* const conn =
        static_cast<::soci::mysql_session_backend*>(session.session->get_backend())->conn_;
    if (wanted.tls == security::required && !mysql_get_ssl_cipher(conn))
        fail(error_kind::tls_failed, "SOCI made no secure connection with this server");
    return std::make_unique<mysql_connection>(std::move(session), std::move(parameters),
                                              wanted.statement_timeout);
}

std::unique_ptr<driver::connection> adopt_mysql(session_handle session) {
    return std::make_unique<mysql_connection>(std::move(session), "", 0);
}

}  // namespace relata::soci::detail
