// SPDX-License-Identifier: BSL-1.0
//
// SOCI's firebird back end. It connects and prepares; transactions, values and rows go by the client
// library's own functions on its handles, because SOCI cuts numbers that are too large for
// a parameter, reads neither BOOLEAN nor BLOB by itself, and cannot run INSERT … RETURNING.

#include "connection.hpp"
#include "firebird_values.hpp"
#include "options.hpp"
#include "placeholders.hpp"

#include <algorithm>

#include <soci/firebird/soci-firebird.h>

namespace relata::soci::detail {
namespace {

using backend_statement = ::soci::firebird_statement_backend;
using backend_session = ::soci::firebird_session_backend;

type_info const& stored(type_info const& type) {
    return type.codec && type.kind == kind::custom ? stored(*type.codec->stored) : type;
}

// For a placeholder whose type the server cannot infer.
char const* cast_of(kind k) {
    switch (k) {
    case kind::boolean:
    case kind::int8:
    case kind::int16:
    case kind::int32:
    case kind::int64:
    case kind::uint8:
    case kind::uint16:
    case kind::uint32:
    case kind::decimal: return "BIGINT";
    case kind::float32:
    case kind::float64: return "DOUBLE PRECISION";
    case kind::bytes: return "BLOB SUB_TYPE BINARY";
    case kind::uuid: return "CHAR(16) CHARACTER SET OCTETS";
    default: return "VARCHAR(4000) CHARACTER SET UTF8";
    }
}

std::string spell(split_sql const& sql, type_info const* const* types, bool casts) {
    std::string out = sql.pieces[0];
    for (std::size_t i = 0; i < sql.numbers.size(); ++i) {
        bool const counts_rows = out.ends_with("OFFSET ") || out.ends_with("NEXT ");
        if (casts && !counts_rows)
            ((out += "CAST(? AS ") += cast_of(stored(*types[i]).kind)) += ")";
        else out += '?';
        out += sql.pieces[i + 1];
    }
    return out;
}

// SOCI takes any colon outside of '…' for the begin of a name.
void refuse_colons(std::string_view sql) {
    bool quoted = false;
    for (char const c : sql) {
        if (c == '\'') quoted = !quoted;
        if (c == ':' && !quoted)
            fail(error_kind::not_supported, "SOCI cannot send a statement with a colon in it");
    }
}

// Statements of a script; one with a body of its own has semicolons inside.
std::vector<std::string> statements_of(std::string_view sql) {
    std::vector<std::string> out;
    auto const upper = [](std::string_view text) {
        std::string all(text);
        for (char& c : all)
            if (c >= 'a' && c <= 'z') c = char(c - 32);
        return all;
    };
    auto const add = [&](std::string_view text) {
        if (text.find_first_not_of(" \t\r\n") != text.npos) out.emplace_back(text);
    };
    if (upper(sql).find("BEGIN") != std::string::npos) return add(sql), out;
    std::size_t begin = 0;
    char quote = 0;
    for (std::size_t i = 0; i < sql.size(); ++i) {
        if (quote != 0) {
            if (sql[i] == quote) quote = 0;
        } else if (sql[i] == '\'' || sql[i] == '"') {
            quote = sql[i];
        } else if (sql[i] == ';') {
            add(sql.substr(begin, i - begin));
            begin = i + 1;
        }
    }
    add(sql.substr(begin));
    return out;
}

struct meaning {
    ISC_STATUS code;
    error_kind kind;
    char const* words;
};

// the first code of the status vector that is here counts
constexpr meaning meanings[] = {
    {isc_unique_key_violation, error_kind::unique_violation, "duplicate value"},
    {isc_no_dup, error_kind::unique_violation, "duplicate value"},
    {isc_foreign_key, error_kind::foreign_key_violation,
     "a row refers to one that does not exist, or is still referred to"},
    {isc_check_constraint, error_kind::check_violation, "a check of the table refuses the row"},
    {isc_not_valid, error_kind::not_null_violation, "NULL in a column that does not allow it"},
    {isc_update_conflict, error_kind::serialization_failure, "another transaction was faster"},
    {isc_lock_timeout, error_kind::lock_timeout, "a lock was not given in time"},
    {isc_lock_conflict, error_kind::lock_timeout, "a lock was not given in time"},
    {isc_deadlock, error_kind::deadlock, "two transactions waited for each other"},
    {isc_string_truncation, error_kind::value_too_long, "a value is too long for its column"},
    {isc_exception_integer_divide_by_zero, error_kind::division_by_zero, "division by zero"},
    {isc_exception_float_divide_by_zero, error_kind::division_by_zero, "division by zero"},
    {isc_numeric_out_of_range, error_kind::out_of_range, "a number does not fit"},
    {isc_exception_integer_overflow, error_kind::out_of_range, "a number does not fit"},
    {isc_arith_except, error_kind::out_of_range, "a number or text does not fit"},
    {isc_convert_error, error_kind::type_mismatch, "a value of another type than its place"},
    {isc_dsql_relation_err, error_kind::table_not_found, "no such table or view"},
    {isc_dsql_field_err, error_kind::column_not_found, "no such column"},
    {isc_no_priv, error_kind::permission_denied, "the user may not do this"},
    {isc_read_only_trans, error_kind::read_only, "the transaction may only read"},
    {isc_read_only_database, error_kind::read_only, "the database may only be read"},
    {isc_cancelled, error_kind::cancelled, "the statement was cancelled"},
    {isc_login, error_kind::auth_failed, "the server refuses this user or password"},
    {isc_network_error, error_kind::connection_lost, "the connection to the server was lost"},
    {isc_net_read_err, error_kind::connection_lost, "the connection to the server was lost"},
    {isc_net_write_err, error_kind::connection_lost, "the connection to the server was lost"},
    {isc_shutdown, error_kind::connection_lost, "the database was shut down"},
    {isc_io_error, error_kind::database_not_found, "the database file cannot be opened"},
    {isc_dsql_error, error_kind::syntax, "the server does not understand the statement"},
};

bool has(std::vector<ISC_STATUS> const& status, ISC_STATUS code) {
    for (std::size_t i = 0; i + 1 < status.size() && status[i] != isc_arg_end; i += 2) {
        if (status[i] == isc_arg_gds && status[i + 1] == code) return true;
        if (status[i] == isc_arg_cstring) ++i;  // length and address
    }
    return false;
}

// The text between the quotes after `words`.
std::string name_after(std::string const& text, std::string_view words) {
    auto at = text.find(words);
    if (at == text.npos) return {};
    at += words.size();
    if (at < text.size() && text[at] == '"') ++at;
    return text.substr(at, text.find_first_of("\" \n", at) - at);
}

void find_place(error_info& info, std::string const& text) {
    info.constraint = name_after(text, " constraint ");
    if (info.constraint.empty()) info.constraint = name_after(text, " CHECK constraint ");
    info.table = name_after(text, "on table ");
    if (info.table.empty()) info.table = name_after(text, "on view or table ");
    if (info.kind == error_kind::not_null_violation) {
        info.table = name_after(text, "validation error for column ");
        info.columns = {name_after(text, "\".")};
    }
}

error_info describe(std::vector<ISC_STATUS> const& status, std::string words) {
    error_info info;
    info.message = "the server reported an error";
    for (auto const& each : meanings) {
        if (!has(status, each.code)) continue;
        info.kind = each.kind;
        info.message = each.words;
        break;
    }
    if (words.find(" already exists") != words.npos) {
        info.kind = error_kind::already_exists;
        info.message = "the name is taken";
    }
    info.native_code = status.size() > 1 ? int(status[1]) : 0;
    if (info.kind == error_kind::connection_lost) info.connection_usable = false;
    if (info.kind == error_kind::deadlock || info.kind == error_kind::serialization_failure)
        info.retry = retry_advice::transaction;
    if (info.kind == error_kind::lock_timeout) info.retry = retry_advice::statement;
    find_place(info, words);
    info.native_message = std::move(words);
    return info;
}

class firebird_connection;

class firebird_wire final : public wire {
public:
    firebird_wire(firebird_connection& owner, std::string_view sql, type_info const* const* types,
                  unsigned count);
    ~firebird_wire() override { free_statement(); }
    firebird_wire(firebird_wire const&) = delete;
    firebird_wire& operator=(firebird_wire const&) = delete;

    void run(std::vector<bound> const& values) override;
    bool next() override { return ++at_ < rows_.size(); }
    content at(unsigned column) override {
        if (column >= rows_[at_].size()) return {};
        auto const& cell = rows_[at_][column];
        return {cell.is, cell.integer, cell.real, cell.text};
    }
    void close() noexcept override {
        rows_.clear();
        at_ = std::size_t(-1);
    }
    unsigned columns() override { return unsigned(statement_->sqldap_->sqld); }
    std::string name(unsigned column) override {
        auto const& var = statement_->sqldap_->sqlvar[column];
        if (var.sqlname_length > 0) return {var.sqlname, std::size_t(var.sqlname_length)};
        return {var.aliasname, std::size_t(var.aliasname_length)};
    }
    std::int64_t affected() override { return affected_; }

private:
    void prepare(std::string const& sql);
    void free_statement() noexcept {
        try {
            statement_->clean_up();
        } catch (...) {  // NOLINT(bugprone-empty-catch): nobody could be told
        }
    }
    int kind_of_statement();
    void fetch_all();

    firebird_connection& owner_;
    std::unique_ptr<backend_statement> statement_;
    std::vector<firebird_cell> outputs_;
    std::vector<std::vector<firebird_value>> rows_;
    std::size_t at_ = std::size_t(-1);
    int kind_ = 0;
    std::int64_t affected_ = 0;
};

class firebird_connection final : public connection {
public:
    explicit firebird_connection(session_handle given)
        : connection(std::move(given), storage::plain, false),
          backend_(static_cast<backend_session*>(session().get_backend())) {
        guard("", [&] { fill_capabilities(); });
    }

    ~firebird_connection() override {
        ISC_STATUS_ARRAY status{};
        if (handle_ != 0) isc_rollback_transaction(status, &handle_);
    }
    firebird_connection(firebird_connection const&) = delete;
    firebird_connection& operator=(firebird_connection const&) = delete;

    std::unique_ptr<wire> make_wire(std::string_view sql, type_info const* const* types,
                                    unsigned count, std::vector<bound>&) override {
        auto out = std::make_unique<firebird_wire>(*this, sql, types, count);
        settle();
        return out;
    }
    void* native() noexcept override { return &backend_->dbhp_; }

    [[nodiscard]] backend_session& backend() const noexcept { return *backend_; }
    /// Throws unless the client library's call went well.
    void check(ISC_STATUS const* status) {
        if (status[0] == isc_arg_gds && status[1] != 0) {
            auto info = describe({status, status + ISC_STATUS_LENGTH}, words_of(status));
            if (!in_transaction_) end(false);
            throw_info(std::move(info));
        }
    }
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
    error_info explain(::soci::soci_error const& e, std::string_view) override {
        std::vector<ISC_STATUS> status;
        if (auto const* own = dynamic_cast<::soci::firebird_soci_error const*>(&e))
            status = own->status_;
        auto info = describe(status, e.get_error_message());
        if (info.connection_usable) {
            backend_->rollback();
            if (!in_transaction_) end(false);
        }
        return info;
    }
    transaction_state look() noexcept override {
        return in_transaction_ ? transaction_state::open : transaction_state::none;
    }
    void run_script(std::string_view sql) override {
        for (auto const& each : statements_of(sql)) {
            ISC_STATUS_ARRAY status{};
            isc_dsql_execute_immediate(status, &backend_->dbhp_, transaction_handle(), 0,
                                       each.c_str(), 3, nullptr);
            check(status);
            settle();
        }
    }
    std::vector<std::string> begin_words(driver::isolation, bool) const override { return {}; }
    void send_begin(driver::isolation level, bool read_only) override {
        std::vector<char> wanted{isc_tpb_wait};
        wanted.push_back(read_only ? isc_tpb_read : isc_tpb_write);
        if (level == driver::isolation::serializable) wanted.push_back(isc_tpb_consistency);
        else if (level == driver::isolation::snapshot) wanted.push_back(isc_tpb_concurrency);
        else wanted.insert(wanted.end(), {isc_tpb_read_committed, isc_tpb_rec_version});
        running([&] { start(std::move(wanted)); });
        in_transaction_ = true;
    }
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
    void send_cancel() noexcept override {
        ISC_STATUS_ARRAY status{};
        fb_cancel_operation(status, &backend_->dbhp_, fb_cancel_raise);
    }
    void clean_session() override {}

private:
    void start(std::vector<char> wanted) {
        wanted.insert(wanted.begin(), char(isc_tpb_version3));
        ISC_STATUS_ARRAY status{};
        isc_start_transaction(status, &handle_, 1, &backend_->dbhp_, short(wanted.size()),
                              wanted.data());
        check(status);
    }
    void end(bool keep) {
        if (handle_ == 0) return;
        ISC_STATUS_ARRAY status{};
        if (keep) isc_commit_transaction(status, &handle_);
        else isc_rollback_transaction(status, &handle_);
        if (!keep) handle_ = 0;  // of a dead connection
        else check(status);
    }

    static std::string words_of(ISC_STATUS const* status) {
        std::string out;
        char line[512];
        while (fb_interpret(line, sizeof line, &status) != 0)
            (out += out.empty() ? "" : "\n") += line;
        return out;
    }
    void fill_capabilities() {
        auto const version =
            ask("SELECT RDB$GET_CONTEXT('SYSTEM', 'ENGINE_VERSION') FROM RDB$DATABASE");
        can_.server = "Firebird " + version;
        unsigned part[3] = {}, i = 0;
        for (char const c : version) {
            if (c == '.') ++i;
            else if (i < 3 && c >= '0' && c <= '9') part[i] = part[i] * 10 + unsigned(c - '0');
        }
        can_.version = part[0] * 10000 + part[1] * 100 + part[2];
        if (can_.version < 30000)
            fail(error_kind::not_supported, "the server is older than Firebird 3");
        can_.max_params = 1400;
        can_.key = driver::generated_key::returning;
        can_.update_returning = false;
        can_.transactional_ddl = false;  // what was made can be used after the commit only
        can_.concurrent_streams = true;  // whole results are kept
        spelling_ = &dialect::dialect_for(dialect::family::firebird, can_.version);
    }

    backend_session* backend_;
    isc_tr_handle handle_ = 0;
    bool in_transaction_ = false;
};

firebird_wire::firebird_wire(firebird_connection& owner, std::string_view sql,
                             type_info const* const* types, unsigned count)
    : owner_(owner), statement_(owner.backend().make_statement_backend()) {
    refuse_colons(sql);
    auto const pieces = split_at_placeholders(sql, marks::question, count);
    try {
        prepare(spell(pieces, types, false));
    } catch (::soci::firebird_soci_error const& e) {
        free_statement();
        if (count == 0 || !has(e.status_, isc_dsql_datatype_err)) throw;
        prepare(spell(pieces, types, true));
    }
}

void firebird_wire::prepare(std::string const& sql) {
    statement_->alloc();
    statement_->prepare(sql, ::soci::details::st_repeatable_query);
    kind_ = kind_of_statement();
    outputs_ = std::vector<firebird_cell>(columns());
    for (unsigned i = 0; i < columns(); ++i) outputs_[i].attach(statement_->sqldap_->sqlvar[i]);
}

int firebird_wire::kind_of_statement() {
    char const wanted[] = {isc_info_sql_stmt_type};
    char answer[16] = {};
    ISC_STATUS_ARRAY status{};
    isc_dsql_sql_info(status, &statement_->stmtp_, sizeof wanted, wanted, sizeof answer, answer);
    owner_.check(status);
    return int(isc_vax_integer(answer + 3, short(isc_vax_integer(answer + 1, 2))));
}

void firebird_wire::run(std::vector<bound> const& values) {
    close();
    auto& session = owner_.backend();
    std::vector<firebird_parameter> inputs(values.size());
    isc_tr_handle* const transaction = owner_.transaction_handle();
    for (std::size_t i = 0; i < values.size(); ++i) {
        ISC_STATUS_ARRAY status{};
        inputs[i].fill(statement_->sqlda2p_->sqlvar[i], values[i], status, &session.dbhp_,
                       transaction);
        owner_.check(status);
    }
    ISC_STATUS_ARRAY status{};
    XSQLDA* const input = values.empty() ? nullptr : statement_->sqlda2p_;
    if (kind_ == isc_info_sql_stmt_exec_procedure && columns() != 0) {
        isc_dsql_execute2(status, transaction, &statement_->stmtp_, 3, input, statement_->sqldap_);
        owner_.check(status);
        fetch_all();
    } else {
        isc_dsql_execute(status, transaction, &statement_->stmtp_, 3, input);
        owner_.check(status);
        if (columns() != 0) fetch_all();
    }
    affected_ = 0;
    if (kind_ == isc_info_sql_stmt_insert || kind_ == isc_info_sql_stmt_update ||
        kind_ == isc_info_sql_stmt_delete || kind_ == isc_info_sql_stmt_exec_procedure)
        affected_ = statement_->get_affected_rows();
    owner_.settle();
}

// All rows at once: the end of a transaction would close the cursor.
void firebird_wire::fetch_all() {
    auto& session = owner_.backend();
    bool const one = kind_ == isc_info_sql_stmt_exec_procedure;
    for (;;) {
        ISC_STATUS_ARRAY status{};
        if (!one) {
            auto const end = isc_dsql_fetch(status, &statement_->stmtp_, 3, statement_->sqldap_);
            if (end == 100) break;
            owner_.check(status);
        }
        auto& row = rows_.emplace_back();
        for (auto const& cell : outputs_) {
            row.push_back(cell.read(status, &session.dbhp_, owner_.transaction_handle()));
            owner_.check(status);
        }
        if (one) return;
    }
    ISC_STATUS_ARRAY status{};
    isc_dsql_free_statement(status, &statement_->stmtp_, DSQL_close);
    owner_.check(status);
}

void add(std::string& to, char const* name, std::string_view value) {
    if (value.empty()) return;
    if (value.find('"') != value.npos)
        fail(error_kind::invalid_url, std::string("SOCI cannot take a quote in the ") + name);
    ((((to += name) += "=\"") += value) += "\" ");
}

}  // namespace

std::unique_ptr<driver::connection> connect_firebird(driver::address const& where) {
    check_options(where, "firebird");
    std::string service = where.host;
    if (!where.port.empty()) service += "/" + where.port;
    if (!service.empty()) service += ":";
    std::string parameters;
    add(parameters, "service", service + where.database);
    add(parameters, "user", where.user);
    add(parameters, "password", where.password);
    add(parameters, "charset", "UTF8");
    session_handle session;
    try {
        session = open_session("firebird", parameters);
    } catch (::soci::firebird_soci_error const& e) {
        error_info info = describe(e.status_, e.get_error_message());
        if (info.kind == error_kind::connection_lost) info.kind = error_kind::connection_failed;
        info.outcome = outcome::not_sent;
        info.connection_usable = false;
        throw error(std::move(info));
    }
    return std::make_unique<firebird_connection>(std::move(session));
}

std::unique_ptr<driver::connection> adopt_firebird(session_handle) {
    fail(error_kind::not_supported,
         "a session of Firebird cannot be lent: SOCI keeps its transaction to itself");
}

}  // namespace relata::soci::detail
