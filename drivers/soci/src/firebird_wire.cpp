// SPDX-License-Identifier: BSL-1.0
//
// SOCI prepares; values and rows go by the client library's own functions on its handles, because
// SOCI cuts numbers that are too large for a parameter, reads neither BOOLEAN nor BLOB by itself, and
// cannot run INSERT … RETURNING.

#include "firebird_wire.hpp"

#include "firebird_errors.hpp"
#include "placeholders.hpp"

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

}  // namespace

firebird_wire::firebird_wire(firebird_connection& owner, std::string_view sql,
                             type_info const* const* types, unsigned count)
    : owner_(owner), statement_(owner.backend().make_statement_backend()) {
    refuse_colons(sql);
    auto const pieces = split_at_placeholders(sql, marks::question, count);
    try {
        prepare(spell(pieces, types, false));
    } catch (::soci::firebird_soci_error const& e) {
        free_statement();
        if (count == 0 || !has_code(e.status_, isc_dsql_datatype_err)) throw;
        prepare(spell(pieces, types, true));
    }
    refuse_undeclared(sql);
}

// RETURNING of UPDATE and DELETE, which the server has for a single row only.
void firebird_wire::refuse_undeclared(std::string_view sql) const {
    if (kind_ != isc_info_sql_stmt_exec_procedure || statement_->sqldap_->sqld == 0) return;
    auto const begin = std::min(sql.find_first_not_of(" \t\r\n"), sql.size());
    for (std::string_view const word : {"UPDATE", "DELETE", "update", "delete"})
        if (sql.substr(begin).starts_with(word))
            fail(error_kind::not_supported, "the server returns values of one changed row only");
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

}  // namespace relata::soci::detail
