// SPDX-License-Identifier: BSL-1.0
//
// SOCI's postgresql back end. Values go as texts through its use elements; each placeholder is cast
// to the type that it is meant to have, because SOCI declares none. Cells are read from SOCI's
// result where it keeps it: the texts that its into elements copy, with the types beside them. The
// text of the statement is given to SOCI past its search for names, and is not prepared under a
// name, so that a proxy that pools transactions does no harm.

#include "connection.hpp"
#include "elements.hpp"
#include "options.hpp"
#include "placeholders.hpp"

#include <postgresql_family/connect.hpp>
#include <postgresql_family/errors.hpp>
#include <postgresql_family/options.hpp>

#include <charconv>
#include <cstring>

#include <soci/postgresql/soci-postgresql.h>

namespace relata::soci::detail {
namespace {

using backend_statement = ::soci::postgresql_statement_backend;

struct clear_result {
    void operator()(PGresult* result) const noexcept { PQclear(result); }
};
using result_handle = std::unique_ptr<PGresult, clear_result>;

char const* cast_of(kind k) {
    switch (k) {
    case kind::boolean: return "boolean";
    case kind::int8:
    case kind::int16:
    case kind::uint8: return "smallint";
    case kind::int32:
    case kind::uint16: return "integer";
    case kind::int64:
    case kind::uint32: return "bigint";
    case kind::uint64:
    case kind::decimal:
    case kind::decimal_wide: return "numeric";
    case kind::float32: return "real";
    case kind::float64: return "double precision";
    case kind::text:
    case kind::bounded_text:
    case kind::enumeration: return "text";
    case kind::bytes: return "bytea";
    case kind::date: return "date";
    case kind::time: return "time";
    case kind::timestamp: return "timestamp";
    case kind::instant: return "timestamptz";
    case kind::uuid: return "uuid";
    case kind::json: return "json";
    default: return nullptr;
    }
}

type_info const& stored(type_info const& type) {
    return type.codec && type.kind == kind::custom ? stored(*type.codec->stored) : type;
}

std::string spell(split_sql const& sql, type_info const* const* types) {
    std::string out = sql.pieces[0];
    for (std::size_t i = 0; i < sql.numbers.size(); ++i) {
        char const* const type = cast_of(stored(*types[sql.numbers[i]]).kind);
        std::string const mark = "$" + std::to_string(sql.numbers[i] + 1);
        out += type ? "CAST(" + mark + " AS " + type + ")" : mark;
        out += sql.pieces[i + 1];
    }
    return out;
}

// https://github.com/postgres/postgres/blob/REL_15_STABLE/src/include/catalog/pg_type.dat
content::form form_of(Oid type) {
    switch (type) {
    case 16: return content::form::boolean;
    case 20:
    case 21:
    case 23:
    case 26: return content::form::integer;
    case 700:
    case 701: return content::form::real;
    case 1700: return content::form::decimal;
    case 18:
    case 19:
    case 25:
    case 705:
    case 1042:
    case 1043: return content::form::text;
    case 17: return content::form::bytes;
    case 1082: return content::form::date;
    case 1083: return content::form::time;
    case 1114: return content::form::timestamp;
    case 1184: return content::form::instant;
    case 2950: return content::form::uuid;
    case 114:
    case 3802: return content::form::json;
    default: return content::form::other;
    }
}

int digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

// False for anything but \x and pairs of hexadecimal digits.
bool read_bytes(std::string_view text, std::string& out) {
    out.clear();
    if (!text.starts_with("\\x") || text.size() % 2 != 0) return false;
    out.reserve(text.size() / 2);
    for (std::size_t i = 2; i < text.size(); i += 2) {
        int const high = digit(text[i]), low = digit(text[i + 1]);
        if (high < 0 || low < 0) return false;
        out += char(high * 16 + low);
    }
    return true;
}

class postgresql_connection;

class postgresql_wire final : public wire {
public:
    postgresql_wire(postgresql_connection& owner, std::string sql, unsigned count);
    ~postgresql_wire() override {
        try {
            statement_->clean_up();
        } catch (...) {  // NOLINT(bugprone-empty-catch): nobody could be told
        }
    }
    postgresql_wire(postgresql_wire const&) = delete;
    postgresql_wire& operator=(postgresql_wire const&) = delete;

    void run(std::vector<bound> const& values) override;
    bool next() override { return ++row_ < rows_; }
    content at(unsigned column) override;
    void close() noexcept override {
        statement_->result_.reset();
        rows_ = 0;
        row_ = -1;
    }
    unsigned columns() override { return unsigned(PQnfields(description())); }
    std::string name(unsigned column) override {
        char const* const found = PQfname(description(), int(column));
        return found ? found : "";
    }
    std::int64_t affected() override { return affected_; }

private:
    PGresult const* description();

    postgresql_connection& owner_;
    std::unique_ptr<backend_statement> statement_;
    use_elements uses_;
    result_handle described_;
    std::vector<std::string> bytes_;  // of the cells of the row
    int rows_ = 0;
    int row_ = -1;
    std::int64_t affected_ = 0;
};

class postgresql_connection final : public connection {
public:
    postgresql_connection(session_handle given, std::string statement_timeout,
                          std::string search_path)
        : connection(std::move(given), storage::typed, true),
          conn_(static_cast<::soci::postgresql_session_backend*>(session().get_backend())->conn_),
          statement_timeout_(std::move(statement_timeout)), search_path_(std::move(search_path)) {
        demand_server();
        fill_capabilities();
        if (lent()) remember_settings();
        prepare_session();
        cancel_.reset(PQgetCancel(conn_));
        // the server's messages would go to standard error, where no library may write
        if (!lent()) PQsetNoticeReceiver(conn_, [](void*, PGresult const*) {}, nullptr);
    }
    ~postgresql_connection() override { give_settings_back(); }
    postgresql_connection(postgresql_connection const&) = delete;
    postgresql_connection& operator=(postgresql_connection const&) = delete;

    std::unique_ptr<wire> make_wire(std::string_view sql, type_info const* const* types,
                                    unsigned count, std::vector<bound>&) override {
        auto const pieces = split_at_placeholders(sql, marks::dollar, count);
        return std::make_unique<postgresql_wire>(*this, spell(pieces, types), count);
    }
    void* native() noexcept override { return conn_; }

    [[nodiscard]] PGconn* handle() const noexcept { return conn_; }
    /// Throws what a failed result means.
    [[noreturn]] void refuse(PGresult const* result) {
        end_copy(result);
        throw_info(postgresql_family::describe_failure(conn_, result, known()));
    }
    using connection::session;
    /// The settings, in case a rollback has undone them. Costs nothing while all is well.
    void speak() {
        if (parameter("TimeZone") == "UTC" && parameter("DateStyle").starts_with("ISO") &&
            parameter("standard_conforming_strings") == "on")
            return;
        set("SET TimeZone TO 'UTC'; SET DateStyle TO 'ISO'; SET standard_conforming_strings TO on; "
            "SET bytea_output TO 'hex'; SET extra_float_digits TO 3");
    }

protected:
    error_info explain(::soci::soci_error const& e, std::string_view) override {
        error_info info = postgresql_family::describe_failure(conn_, nullptr, known());
        info.native_message = e.get_error_message();
        return info;
    }
    transaction_state look() noexcept override {
        switch (PQtransactionStatus(conn_)) {
        case PQTRANS_IDLE: return transaction_state::none;
        case PQTRANS_INERROR: return transaction_state::failed;
        case PQTRANS_UNKNOWN: return transaction_state::none;
        default: return transaction_state::open;
        }
    }
    void run_script(std::string_view sql) override {
        result_handle const result(PQexec(conn_, std::string(sql).c_str()));
        if (!succeeded(result.get())) refuse(result.get());
        changed_ = true;
    }
    std::vector<std::string> begin_words(driver::isolation level, bool read_only) const override {
        std::string words = "BEGIN ISOLATION LEVEL ";
        words += level == driver::isolation::serializable ? "SERIALIZABLE"
                 : level == driver::isolation::snapshot   ? "REPEATABLE READ"
                                                          : "READ COMMITTED";
        return {words + (read_only ? " READ ONLY" : " READ WRITE")};
    }
    void ask_server() override {
        if (ask("SELECT 1") != "1") throw ::soci::soci_error("no answer");
    }
    void send_cancel() noexcept override {
        char words[256];
        if (cancel_) PQcancel(cancel_.get(), words, sizeof words);
    }
    void clean_session() override {
        if (changed_) {
            set("SET SESSION AUTHORIZATION DEFAULT; RESET ALL; CLOSE ALL; UNLISTEN *; "
                "SELECT pg_advisory_unlock_all(); DISCARD TEMP; DISCARD SEQUENCES");
            prepare_session();
            changed_ = false;
        }
        speak();
    }

private:
    struct free_cancel {
        void operator()(PGcancel* c) const noexcept { PQfreeCancel(c); }
    };

    static bool succeeded(PGresult const* result) {
        auto const status = PQresultStatus(result);
        return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ||
               status == PGRES_EMPTY_QUERY;
    }
    [[nodiscard]] std::string_view parameter(char const* name) const {
        char const* value = PQparameterStatus(conn_, name);
        return value ? value : "";
    }
    [[nodiscard]] postgresql_family::circumstances known() const {
        postgresql_family::circumstances out;
        out.before = before_;
        out.cancel_asked = cancel_asked();
        out.committing = committing_;
        return out;
    }
    // A COPY that nobody serves would block the connection.
    void end_copy(PGresult const* result) {
        auto const status = PQresultStatus(result);
        if (status == PGRES_COPY_IN) PQputCopyEnd(conn_, "not expected here");
        if (status == PGRES_COPY_OUT)
            for (char* data = nullptr; PQgetCopyData(conn_, &data, 0) > 0;) PQfreemem(data);
        if (status != PGRES_COPY_IN && status != PGRES_COPY_OUT) return;
        while (PGresult* rest = PQgetResult(conn_)) PQclear(rest);
        fail(error_kind::not_supported, "COPY from or to the client is not possible here");
    }
    void set(std::string const& sql) {
        result_handle const result(PQexec(conn_, sql.c_str()));
        if (!succeeded(result.get())) refuse(result.get());
    }
    void demand_server() const {
        if (PQserverVersion(conn_) < 120000)
            fail(error_kind::not_supported, "the server is older than PostgreSQL 12");
        if (parameter("server_encoding") != "UTF8" || parameter("client_encoding") != "UTF8")
            fail(error_kind::not_supported, "the encoding of database and session must be UTF8");
        if (static_cast<::soci::postgresql_session_backend*>(session().get_backend())
                ->single_row_mode_)
            fail(error_kind::not_supported, "a session in SOCI's single-row mode");
    }
    void fill_capabilities() {
        auto const version = parameter("server_version");
        can_.server = "PostgreSQL " + std::string(version.substr(0, version.find(' ')));
        auto const number = std::uint32_t(PQserverVersion(conn_));
        can_.version = number / 10000 * 10000 + number % 10000 * 100;
        can_.max_params = 65535;
        can_.key = driver::generated_key::returning;
        can_.concurrent_streams = true;  // SOCI keeps whole results
        spelling_ = &dialect::dialect_for(dialect::family::postgresql, can_.version);
    }
    void prepare_session() {
        std::string sql = "SET TimeZone TO 'UTC'; SET DateStyle TO 'ISO'; SET bytea_output TO "
                          "'hex'; SET standard_conforming_strings TO on; "
                          "SET extra_float_digits TO 3";
        if (!statement_timeout_.empty()) sql += "; SET statement_timeout TO " + statement_timeout_;
        set(sql);
        if (search_path_.empty()) return;
        char const* const values[] = {search_path_.c_str()};
        result_handle const result(PQexecParams(conn_, "SELECT set_config('search_path',$1,false)",
                                                1, nullptr, values, nullptr, nullptr, 0));
        if (!succeeded(result.get())) refuse(result.get());
    }
    void remember_settings() {
        result_handle const result(
            PQexec(conn_, "SELECT format('SET TimeZone TO %L; SET DateStyle TO %L; "
                          "SET bytea_output TO %L; SET standard_conforming_strings TO %L; "
                          "SET extra_float_digits TO %L', current_setting('TimeZone'), "
                          "current_setting('DateStyle'), current_setting('bytea_output'), "
                          "current_setting('standard_conforming_strings'), "
                          "current_setting('extra_float_digits'))"));
        if (!succeeded(result.get())) refuse(result.get());
        had_ = PQgetvalue(result.get(), 0, 0);
    }
    void give_settings_back() noexcept {
        if (!had_.empty()) PQclear(PQexec(conn_, had_.c_str()));
    }

    PGconn* conn_;
    std::string statement_timeout_, search_path_;
    std::string had_;  // SETs for what a lent session had
    std::unique_ptr<PGcancel, free_cancel> cancel_;
    bool changed_ = false;  // a script may have changed settings
};

postgresql_wire::postgresql_wire(postgresql_connection& owner, std::string sql, unsigned)
    : owner_(owner), statement_(static_cast<backend_statement*>(
                         owner.session().get_backend()->make_statement_backend())),
      uses_(*statement_, use_elements::numbers::as_text) {
    statement_->alloc();
    statement_->prepare("", ::soci::details::st_one_time_query);
    statement_->query_ = std::move(sql);
}

void postgresql_wire::run(std::vector<bound> const& values) {
    close();
    owner_.speak();
    uses_.set(values);
    try {
        statement_->execute(1);
    } catch (::soci::soci_error const&) {
        uses_.done();
        owner_.refuse(statement_->result_.get_result());
    }
    uses_.done();
    PGresult* const result = statement_->result_.get_result();
    affected_ = 0;
    std::string_view const tag = PQcmdStatus(result);
    char const* const count = PQcmdTuples(result);
    if (!tag.starts_with("SELECT") && !tag.starts_with("FETCH"))
        std::from_chars(count, count + std::strlen(count), affected_);
    rows_ = PQntuples(result);
    bytes_.resize(std::size_t(PQnfields(result)));
}

content postgresql_wire::at(unsigned column) {
    PGresult const* const result = statement_->result_;
    content out;
    if (int(column) >= PQnfields(result) || PQgetisnull(result, row_, int(column))) return out;
    out.is = form_of(PQftype(result, int(column)));
    out.text = {PQgetvalue(result, row_, int(column)),
                std::size_t(PQgetlength(result, row_, int(column)))};
    char const* const end = out.text.data() + out.text.size();
    switch (out.is) {
    case content::form::boolean: out.integer = out.text == "t"; break;
    case content::form::integer:
        if (std::from_chars(out.text.data(), end, out.integer).ptr != end)
            out.is = content::form::other;
        break;
    case content::form::real: {
        // a real's shortest digits name that real, not the double next to them
        float single = 0;
        if (PQftype(result, int(column)) == 700) {
            if (std::from_chars(out.text.data(), end, single).ptr != end)
                out.is = content::form::other;
            out.real = double(single);
        } else if (std::from_chars(out.text.data(), end, out.real).ptr != end) {
            out.is = content::form::other;
        }
        break;
    }
    case content::form::bytes:
        if (!read_bytes(out.text, bytes_[column])) out.is = content::form::other;
        out.text = bytes_[column];
        break;
    case content::form::instant:
        if (out.text.ends_with("+00")) out.text.remove_suffix(3);
        break;
    default: break;
    }
    return out;
}

// What the statement gives, asked of the server when it has not run yet.
PGresult const* postgresql_wire::description() {
    if (PGresult const* const result = statement_->result_) return result;
    if (described_) return described_.get();
    auto* const conn = owner_.handle();
    result_handle const prepared(PQprepare(conn, "", statement_->query_.c_str(), 0, nullptr));
    if (PQresultStatus(prepared.get()) != PGRES_COMMAND_OK) owner_.refuse(prepared.get());
    described_.reset(PQdescribePrepared(conn, ""));
    if (PQresultStatus(described_.get()) != PGRES_COMMAND_OK) {
        result_handle const failed = std::move(described_);
        owner_.refuse(failed.get());
    }
    return described_.get();
}

std::string conninfo(postgresql_family::connect_options const& wanted) {
    std::string out;
    for (auto const& [name, value] : wanted.keywords) {
        (out += name) += "='";
        for (char const c : value) {
            if (c == '\'' || c == '\\') out += '\\';
            out += c;
        }
        out += "' ";
    }
    return out;
}

// SOCI tells the reason in words only, in the language of the server, so it is asked once more.
[[noreturn]] void refuse_connection(postgresql_family::connect_options const& wanted,
                                    ::soci::soci_error const& e) {
    PQfinish(postgresql_family::connect(wanted));  // throws, unless all is well by now
    error_info info;
    info.kind = error_kind::connection_failed;
    info.outcome = outcome::not_sent;
    info.connection_usable = false;
    info.retry = retry_advice::reconnect;
    info.message = "SOCI could not connect";
    info.native_message = e.get_error_message();
    throw error(std::move(info));
}

}  // namespace

std::unique_ptr<driver::connection> connect_postgresql(driver::address const& where) {
    check_options(where, "postgresql");
    auto const wanted = postgresql_family::read_options(where);
    session_handle session;
    try {
        session = open_session("postgresql", conninfo(wanted));
    } catch (::soci::soci_error const& e) {
        refuse_connection(wanted, e);
    }
    return std::make_unique<postgresql_connection>(std::move(session), wanted.statement_timeout,
                                                   wanted.search_path);
}

std::unique_ptr<driver::connection> adopt_postgresql(session_handle session) {
    return std::make_unique<postgresql_connection>(std::move(session), "", "");
}

}  // namespace relata::soci::detail
