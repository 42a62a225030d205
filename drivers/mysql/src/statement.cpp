// SPDX-License-Identifier: BSL-1.0
//
// Path of a query, the last step: bind, execute, fetch, decode.

#include "statement.hpp"

#include "sink.hpp"

#include <mysql_family/sql_words.hpp>

namespace relata::mysql::detail {

prepared::prepared(session& s, std::string_view sql, unsigned placeholders)
    : session_(s), sql_(sql), placeholders_(placeholders) {
    auto const traits = mysql_family::look_at(sql);
    reads_ = traits.reads;
    touches_ = traits.touches_session;
    shows_ = traits.shows;
    values_.resize(placeholders);
    session_.ready_for_statement();
    prepare();
}

prepared::~prepared() {
    finish();
    unprepare();
}

void prepared::unprepare() noexcept {
    if (statement_) session_.close(statement_);
    statement_ = nullptr;
    values_.forget();
}

void prepared::prepare() {
    statement_ = mysql_stmt_init(session_.client());
    if (!statement_) fail(error_kind::out_of_memory, "out of memory");
    if (mysql_stmt_prepare(statement_, sql_.data(), sql_.size())) {
        auto const r = report_of(statement_);
        unprepare();
        session_.raise(r, sql_);
    }
    generation_ = session_.generation();
    if (statement_->param_count != placeholders_) {
        auto const expected = std::to_string(statement_->param_count);
        unprepare();
        fail(error_kind::invalid_argument, "the statement has " + expected + " placeholders, and " +
                                               std::to_string(placeholders_) + " types were given");
    }
}

void prepared::start() {
    if (open_) finish();
    session_.ready_for_statement();
    if (generation_ != session_.generation() || !statement_) [[unlikely]] {
        unprepare();
        prepare();
    }
    values_.clear();
}

void prepared::execute(param const* values, unsigned count) {
    start();
    if (count != placeholders_) [[unlikely]]
        fail(error_kind::invalid_argument, "as many values as placeholders are expected");
    sink to(values_);
    for (unsigned i = 0; i < count; ++i) driver::encode_param(to, i, values[i]);
    run(to.size());
}

void prepared::execute_from(field const* plan, unsigned count, void const* object) {
    start();
    if (count != placeholders_) [[unlikely]]
        fail(error_kind::invalid_argument, "as many values as placeholders are expected");
    sink to(values_);
    for (unsigned i = 0; i < count; ++i) driver::encode_field(to, plan[i], object);
    run(to.size());
}

void prepared::run(std::size_t size) {
    // a packet that is too large would cost the connection
    if (size + 64u * placeholders_ + 1024 > session_.max_packet()) [[unlikely]]
        refuse_value(error_kind::limit_exceeded, 0, -1);
    rows_ = 0;
    if (touches_) session_.touch();
    if (!values_.bind(statement_, placeholders_)) [[unlikely]]
        raise();
    if (!reads_) session_.begin_limit();
    if (mysql_stmt_execute(statement_)) [[unlikely]] {
        if (!prepare_again(mysql_stmt_errno(statement_))) raise();
        if (!values_.bind(statement_, placeholders_) || mysql_stmt_execute(statement_)) raise();
    }
    if (mysql_field_count(session_.client())) open_result();
    else session_.after_statement();
}

void prepared::open_result() {
    open_ = true;
    session_.begin_reading(this);
    unsigned const count = statement_->field_count;
    if (types_.size() != count) {
        types_.resize(count);
        checked_plan_ = nullptr;
    }
    for (unsigned i = 0; i < count; ++i) types_[i] = wire_of(statement_->fields[i]);
}

// The server forgot the statement, or its result has other columns since the table was altered.
// In each case nothing was done by it, or only reading.
bool prepared::prepare_again(unsigned code) {
    constexpr unsigned unknown_statement = 1243;
    constexpr unsigned needs_preparing = 1615;
    bool const other_columns = code == CR_NEW_STMT_METADATA && reads_;
    if (code != unknown_statement && code != needs_preparing && !other_columns) return false;
    if (other_columns) mysql_stmt_free_result(statement_);
    unprepare();
    prepare();
    return true;
}

bool prepared::advance() {
    if (!open_) return false;
    int const status = mysql_stmt_fetch(statement_);
    if (status == 0) [[likely]]
        return waiting_ = true;
    if (status != MYSQL_NO_DATA) raise();
    finish();
    return false;
}

bool prepared::ready() { return waiting_ || advance(); }

// A plan is checked once, not a column number per cell.
void prepared::check_plan(field const* plan, unsigned fields) {
    for (unsigned i = 0; i < fields; ++i)
        if (plan[i].column >= types_.size())
            fail(error_kind::invalid_argument,
                 "the result has fewer columns than the program reads");
    checked_plan_ = plan;
    checked_fields_ = fields;
}

std::size_t prepared::fetch(field const* plan, unsigned fields, void* rows, std::size_t stride,
                            std::size_t max) {
    if (open_ && (plan != checked_plan_ || fields != checked_fields_)) [[unlikely]]
        check_plan(plan, fields);
    row from(statement_, types_.data());
    char* to = static_cast<char*>(rows);
    std::size_t count = 0;
    for (; count < max; ++count, to += stride) {
        if (!waiting_ && !advance()) break;
        waiting_ = false;
        ++rows_;
        driver::decode_row(from, plan, fields, to);
    }
    return count;
}

// Reads what is left: rows, and further results of a procedure.
void prepared::end_result() noexcept {
    open_ = waiting_ = false;
    session_.end_reading();
    checked_plan_ = nullptr;
    mysql_stmt_free_result(statement_);
    while (mysql_stmt_more_results(statement_) && mysql_stmt_next_result(statement_) == 0)
        mysql_stmt_free_result(statement_);
}

void prepared::finish() noexcept {
    if (!open_) return;
    end_result();
    session_.end_limit();
}

void prepared::raise() {
    auto const r = report_of(statement_);
    if (open_) end_result();
    session_.raise(r, sql_);
}

std::int64_t prepared::affected() {
    if (reads_ || !statement_) return 0;
    if (statement_->field_count) return rows_;  // INSERT … RETURNING
    auto const count = std::int64_t(mysql_stmt_affected_rows(statement_));
    return count < 0 ? 0 : count;
}

std::int64_t prepared::last_id() {
    return statement_ ? std::int64_t(mysql_stmt_insert_id(statement_)) : 0;
}

unsigned prepared::columns() {
    if (!statement_) return 0;
    // SHOW CREATE TRIGGER, and on MySQL any SHOW: they tell their columns when they run
    bool const not_yet = shows_ && statement_->field_count == 0;
    return not_yet ? unknown_columns : statement_->field_count;
}

std::string prepared::column_name(unsigned column) {
    if (!statement_ || column >= statement_->field_count)
        fail(error_kind::invalid_argument, "the result has no such column");
    return statement_->fields[column].name;
}

}  // namespace relata::mysql::detail
