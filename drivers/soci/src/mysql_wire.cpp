// SPDX-License-Identifier: BSL-1.0
//
// SOCI puts values into the text of the statement, so each placeholder is wrapped to have the type
// of its value: a decimal stays one, bytes are no text. The text is given to SOCI in pieces, past
// its search for names, which knows no backtick and no comment.

#include "mysql_wire.hpp"

#include "placeholders.hpp"
#include "wide_floats.hpp"

#include <algorithm>

#include <soci/session.h>

namespace relata::soci::detail {
namespace {

using backend_statement = ::soci::mysql_statement_backend;

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

// Nothing but blanks and comments; what stands in /*! … */ is a statement.
bool is_empty(std::string_view sql) {
    for (;;) {
        sql.remove_prefix(std::min(sql.find_first_not_of(" \t\r\n"), sql.size()));
        bool const line = sql.starts_with('#') || sql.starts_with("--");
        bool const block =
            sql.starts_with("/*") && !sql.starts_with("/*!") && !sql.starts_with("/*M!");
        if (!line && !block) return sql.empty();
        auto const end = line ? sql.find('\n') : sql.find("*/", 2);
        if (end == sql.npos) return true;
        sql.remove_prefix(end + (line ? 1 : 2));
    }
}

// The values become part of the text, where nothing tells what they were meant to be.
bound::form number_of(type_info const& given) {
    switch (stored(given).kind) {
    case kind::boolean:
    case kind::int8:
    case kind::int16:
    case kind::int32:
    case kind::int64:
    case kind::uint8:
    case kind::uint16:
    case kind::uint32:
    case kind::uint64: return bound::form::integer;
    case kind::float32:
    case kind::float64: return bound::form::real;
    default: return bound::form::text;
    }
}

struct free_result {
    void operator()(MYSQL_RES* result) const noexcept { mysql_free_result(result); }
};

}  // namespace

mysql_wire::mysql_wire(::soci::session& session, MYSQL* conn, std::size_t most,
                       std::string_view sql, type_info const* const* types, unsigned count)
    : conn_(conn), sql_(sql), most_(most),
      statement_(static_cast<backend_statement*>(session.get_backend()->make_statement_backend())),
      uses_(*statement_, use_elements::numbers::as_such) {
    if (is_empty(sql)) fail(error_kind::syntax, "the statement is empty");
    if (may_give_rows(sql)) look_at_columns();
    auto pieces = split_at_placeholders(sql_, marks::question, count);
    for (unsigned i = 0; i < count; ++i) {
        numbers_.push_back(number_of(*types[i]));
        auto const around = wrapping_of(*types[i]);
        pieces.pieces[i] += around.before;
        pieces.pieces[i + 1].insert(0, around.after);
    }
    statement_->alloc();
    statement_->prepare("", ::soci::details::st_repeatable_query);
    statement_->queryChunks_ = std::move(pieces.pieces);
}

void mysql_wire::run(std::vector<bound> const& values) {
    close();
    demand_numbers(values);
    demand_room(values);
    uses_.set(values);
    statement_->execute(1);
    uses_.done();
    // SOCI takes a result that broke off for a statement without one
    if (!statement_->result_ && mysql_errno(conn_) != 0)
        throw ::soci::mysql_soci_error(mysql_error(conn_), int(mysql_errno(conn_)));
    renew_names();
    drop_other_results();
    affected_ = last_id_ = 0;
    rows_ = statement_->result_ ? std::size_t(mysql_num_rows(statement_->result_)) : 0;
    if (!statement_->result_) affected_ = statement_->get_affected_rows();
    last_id_ = std::int64_t(mysql_insert_id(conn_));
    if (statement_->result_ && sql_is_change()) affected_ = std::int64_t(rows_);
}

bool mysql_wire::next() {
    if (at_ >= rows_) return false;
    mysql_row_seek(statement_->result_, statement_->resultRowOffsets_[at_++]);
    cells_ = mysql_fetch_row(statement_->result_);
    lengths_ = mysql_fetch_lengths(statement_->result_);
    return true;
}

mysql_wire::question mysql_wire::prepared(std::string_view sql) {
    question asked(mysql_stmt_init(conn_), &mysql_stmt_close);
    if (!asked) throw std::bad_alloc();
    constexpr unsigned cannot_be_prepared = 1295;
    if (mysql_stmt_prepare(asked.get(), sql.data(), sql.size()) != 0 &&
        mysql_stmt_errno(asked.get()) != cannot_be_prepared)
        throw stated_error(mysql_stmt_error(asked.get()), int(mysql_stmt_errno(asked.get())),
                           mysql_stmt_sqlstate(asked.get()));
    return asked;
}

// INSERT or DELETE … RETURNING
bool mysql_wire::sql_is_change() const {
    auto const begin = sql_.find_first_not_of(" \t\r\n");
    if (begin == sql_.npos) return false;
    char const c = char(sql_[begin] | 0x20);
    return c == 'i' || c == 'd' || c == 'u' || (c == 'r' && (sql_[begin + 2] | 0x20) == 'p');
}

// A procedure gives several results, of which the first is read.
void mysql_wire::drop_other_results() {
    while (mysql_more_results(conn_)) {
        if (mysql_next_result(conn_) > 0)
            throw ::soci::mysql_soci_error(mysql_error(conn_), int(mysql_errno(conn_)));
        std::unique_ptr<MYSQL_RES, free_result> const dropped(mysql_use_result(conn_));
    }
}

// The table may have changed since the columns were asked for.
void mysql_wire::renew_names() {
    auto* const result = statement_->result_;
    if (!result || mysql_num_fields(result) == names_.size()) return;
    names_.clear();
    origins_.clear();
    for (unsigned i = 0; i < mysql_num_fields(result); ++i) {
        auto const& field = *mysql_fetch_field_direct(result, i);
        names_.emplace_back(field.name);
        origins_.emplace_back(field.org_name ? field.org_name : "");
    }
}

void mysql_wire::demand_numbers(std::vector<bound> const& values) const {
    for (std::size_t i = 0; i < values.size(); ++i) {
        auto is = values[i].is;
        if (is == bound::form::null) continue;
        if (is == bound::form::unsigned_integer) is = bound::form::integer;
        if (is == bound::form::bytes) is = bound::form::text;
        if (is != numbers_[i])
            fail(error_kind::type_mismatch, "value " + std::to_string(i + 1) +
                                                " is of another type than the statement was "
                                                "prepared for");
    }
}

// A statement that the server does not take costs the connection.
void mysql_wire::demand_room(std::vector<bound> const& values) const {
    std::size_t size = sql_.size();
    for (auto const& each : values) {
        constexpr std::size_t others = 64;  // a number, quotes and what is wrapped around
        size += others + each.text.size() * (each.is == bound::form::bytes ? 2 : 1);
        if (each.is == bound::form::text)
            size += std::size_t(std::count_if(each.text.begin(), each.text.end(), [](char c) {
                return c == '\'' || c == '"' || c == '\\' || c == '\0' || c == '\n' || c == '\r' ||
                       c == '\032';
            }));
    }
    if (size > most_) fail(error_kind::limit_exceeded, "the statement with its values is too long");
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

}  // namespace relata::soci::detail
