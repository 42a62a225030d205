// SPDX-License-Identifier: BSL-1.0
//
// SOCI makes the statement and ends it; its text, values and rows go by the client library's own
// functions on its handle, because SOCI takes every colon for the begin of a name, cuts numbers that
// are too large for a parameter, reads neither BOOLEAN nor BLOB by itself, and cannot run
// INSERT … RETURNING.

#include "firebird_wire.hpp"

#include "firebird_errors.hpp"
#include "firebird_script.hpp"
#include "sink.hpp"

#include <algorithm>

namespace relata::soci::detail {
namespace {

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
    case kind::text:
    case kind::bounded_text:
    case kind::enumeration:
    case kind::json: return "VARCHAR(16000) CHARACTER SET OCTETS";  // as columns are
    default: return "VARCHAR(40) CHARACTER SET ASCII";
    }
}

// How many bytes a text may have beside so many others that all of them would be too much.
constexpr std::size_t one_of_many = 1024;
constexpr char const* short_text = "VARCHAR(1024) CHARACTER SET OCTETS";

bool is_text(kind k) {
    return k == kind::text || k == kind::bounded_text || k == kind::enumeration;
}
bool is_real(kind k) { return k == kind::float32 || k == kind::float64; }
bool is_whole(kind k) { return k >= kind::int8 && k <= kind::uint32; }

std::string spell(split_sql const& sql, std::vector<std::string> const& casts) {
    std::string out = sql.pieces[0];
    for (std::size_t i = 0; i < sql.numbers.size(); ++i) {
        bool const counts_rows = out.ends_with("OFFSET ") || out.ends_with("NEXT ");
        if (casts[i].empty() || counts_rows) out += '?';
        else ((out += "CAST(? AS ") += casts[i]) += ')';
        out += sql.pieces[i + 1];
    }
    return out;
}

}  // namespace

firebird_wire::firebird_wire(firebird_connection& owner, std::string_view sql,
                             type_info const* const* types, unsigned count)
    : owner_(owner), statement_(owner.backend().make_statement_backend()) {
    for (unsigned i = 0; i < count; ++i) kinds_.push_back(stored(*types[i]).kind);
    // a block has semicolons of its own
    auto const pieces = count == 0 && is_block(sql)
                            ? split_sql{{std::string(sql)}, {}}
                            : split_at_placeholders(sql, marks::question, count);
    try {
        prepare_casting(pieces);
        describe();
        refuse_undeclared(sql);
    } catch (...) {
        free_statement();
        throw;
    }
    owner.enroll(*this);
}

// Types are inferred where the server can; where it cannot, or infers one that would round, or one
// that makes all texts together too long, they are told.
void firebird_wire::prepare_casting(split_sql const& pieces) {
    std::vector<std::string> casts(kinds_.size());
    std::vector<ISC_STATUS> status(ISC_STATUS_LENGTH);
    auto const again = [&] {
        status.assign(ISC_STATUS_LENGTH, 0);
        text_ = spell(pieces, casts);
        return prepare(text_, status.data());
    };
    bool well = again();
    if (!well && !kinds_.empty() && has_code(status, isc_dsql_datatype_err)) {
        for (std::size_t i = 0; i < casts.size(); ++i) casts[i] = cast_of(kinds_[i]);
        well = again();
    } else if (well) {
        for (std::size_t i = 0; i < casts.size(); ++i)
            if (is_real(kinds_[i]) && in_.is_whole(i)) casts[i] = cast_of(kinds_[i]);
        if (std::any_of(casts.begin(), casts.end(), [](auto const& c) { return !c.empty(); }))
            well = again();
    }
    if (!well && firebird_too_large(owner_.words_of(status.data()))) {
        longest_text_ = one_of_many;
        for (std::size_t i = 0; i < casts.size(); ++i)
            if (is_text(kinds_[i])) casts[i] = short_text;
        well = again();
    }
    if (!well) owner_.check(status.data());
}

// RETURNING of UPDATE and DELETE, which the server has for a single row only.
void firebird_wire::refuse_undeclared(std::string_view sql) {
    if (kind_ != isc_info_sql_stmt_exec_procedure || columns() == 0) return;
    auto const begin = std::min(sql.find_first_not_of(" \t\r\n"), sql.size());
    for (std::string_view const word : {"UPDATE", "DELETE", "update", "delete"})
        if (sql.substr(begin).starts_with(word))
            fail(error_kind::not_supported, "the server returns values of one changed row only");
}

// False, and the error in `status`, when the server does not take it. It describes again what had
// not enough room the first time.
bool firebird_wire::prepare(std::string const& sql, ISC_STATUS* status) {
    if (statement_->stmtp_ == 0) statement_->alloc();
    auto& handle = statement_->stmtp_;
    if (isc_dsql_prepare(status, owner_.transaction_handle(), &handle, 0, sql.c_str(), 3,
                         out_.get()) != 0)
        return false;
    if (out_.grow() && isc_dsql_describe(status, &handle, 3, out_.get()) != 0) return false;
    if (isc_dsql_describe_bind(status, &handle, 3, in_.get()) != 0) return false;
    return !in_.grow() || isc_dsql_describe_bind(status, &handle, 3, in_.get()) == 0;
}

void firebird_wire::describe() {
    kind_ = kind_of_statement();
    outputs_ = std::vector<firebird_cell>(columns());
    for (unsigned i = 0; i < columns(); ++i) outputs_[i].attach(out_->sqlvar[i]);
    prepared_ = true;
}

void firebird_wire::forget() noexcept {
    if (!prepared_ || running_) return;
    ISC_STATUS_ARRAY ignored{};
    prepared_ = false;
    isc_dsql_free_statement(ignored, &statement_->stmtp_, DSQL_unprepare);
}

void firebird_wire::prepare_again() {
    if (prepared_) return;
    ISC_STATUS_ARRAY status{};
    (void)prepare(text_, status);
    owner_.check(status);
    describe();
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
    prepare_again();
    if (kind_ == isc_info_sql_stmt_ddl) {
        running_ = true;
        owner_.forget_statements();
        running_ = false;
    }
    auto& session = owner_.backend();
    std::vector<firebird_parameter> inputs(values.size());
    isc_tr_handle* const transaction = owner_.transaction_handle();
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i].is == bound::form::real && is_whole(kinds_[i]))
            refuse_value(error_kind::type_mismatch, unsigned(i));  // the server would round it
        if (is_text(kinds_[i]) && values[i].text.size() > longest_text_)
            refuse_value(error_kind::limit_exceeded, unsigned(i));
        ISC_STATUS_ARRAY status{};
        inputs[i].fill(in_->sqlvar[i], values[i], status, &session.dbhp_, transaction);
        owner_.check(status);
    }
    ISC_STATUS_ARRAY status{};
    XSQLDA* const input = values.empty() ? nullptr : in_.get();
    if (kind_ == isc_info_sql_stmt_exec_procedure && columns() != 0) {
        isc_dsql_execute2(status, transaction, &statement_->stmtp_, 3, input, out_.get());
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
    try {
        fetch_rows();
    } catch (...) {
        close_cursor();
        throw;
    }
    close_cursor();
}

void firebird_wire::close_cursor() noexcept {
    ISC_STATUS_ARRAY ignored{};  // it is closed already when its transaction is over
    if (kind_ != isc_info_sql_stmt_exec_procedure)
        isc_dsql_free_statement(ignored, &statement_->stmtp_, DSQL_close);
}

void firebird_wire::fetch_rows() {
    auto& session = owner_.backend();
    bool const one = kind_ == isc_info_sql_stmt_exec_procedure;
    for (;;) {
        ISC_STATUS_ARRAY status{};
        if (!one) {
            auto const end = isc_dsql_fetch(status, &statement_->stmtp_, 3, out_.get());
            if (end == 100) return;
            owner_.check(status);
            owner_.stop_if_cancelled();
        }
        auto& row = rows_.emplace_back();
        for (auto const& cell : outputs_) {
            row.push_back(cell.read(status, &session.dbhp_, owner_.transaction_handle()));
            owner_.check(status);
        }
        if (one) return;
    }
}

}  // namespace relata::soci::detail
