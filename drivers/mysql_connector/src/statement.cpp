// SPDX-License-Identifier: BSL-1.0
//
// Path of a query, the last step: bind, execute, fetch, decode.
//
// The library takes every result into memory, so results of several statements can be open at once.
// Two results of one statement would share their buffers, which `start` does not let happen.

#include "statement.hpp"

#include "sink.hpp"

#include <mysql_family/transactions.hpp>

#include <cppconn/parameter_metadata.h>

namespace relata::mysql_connector::detail {
namespace {

// Whether a change of rows may give a result: in doubt yes.
bool says_returning(std::string_view sql) {
    constexpr std::string_view word = "returning";
    auto const lower = [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; };
    for (std::size_t i = 0; i + word.size() <= sql.size(); ++i) {
        std::size_t same = 0;
        while (same < word.size() && lower(sql[i + same]) == word[same]) ++same;
        if (same == word.size()) return true;
    }
    return false;
}

}  // namespace

placeholder form_of(type_info const& type) noexcept {
    type_info const& stored = type.kind == kind::custom ? type.codec->stored->plain() : type;
    switch (stored.kind) {
    case kind::uint64: return {form::unsigned_integer, 0};
    case kind::decimal:
    case kind::decimal_wide: return {form::decimal, std::uint8_t(stored.scale)};
    case kind::date: return {form::date, 0};
    case kind::time: return {form::time, 0};
    case kind::timestamp:
    case kind::instant: return {form::moment, 0};
    default: return {};
    }
}

prepared::prepared(session& s, std::string_view sql, std::vector<placeholder> forms)
    : session_(s), sql_(sql), forms_(std::move(forms)), traits_(mysql_family::look_at(sql)),
      may_return_(says_returning(sql)) {
    values_.resize(unsigned(forms_.size()));
    session_.ready_for_statement();
    prepare();
}

prepared::~prepared() {
    finish();
    unprepare();
}

void prepared::unprepare() noexcept {
    if (statement_) session_.close(std::move(statement_));
    statement_.reset();
}

void prepared::prepare() {
    auto const count = forms_.size();
    auto text = with_forms(sql_, forms_);
    bool const adapted = !text.empty();
    if (!adapted) text = sql_;
    auto const expected = session_.ask(sql_, [&] {
        statement_.reset(session_.client().prepareStatement(text));
        return std::size_t(statement_->getParameterMetaData()->getParameterCount());
    });
    generation_ = session_.generation();
    if (expected == count && (adapted || count == 0)) return;
    unprepare();
    if (expected == count)
        fail(error_kind::not_supported, "the driver cannot tell where the placeholders are");
    fail(error_kind::invalid_argument, "the statement has " + std::to_string(expected) +
                                           " placeholders, and " + std::to_string(count) +
                                           " types were given");
}

void prepared::start() {
    finish();
    session_.ready_for_statement();
    values_.clear();
}

void prepared::check_count(unsigned count) const {
    if (count != forms_.size())
        fail(error_kind::invalid_argument, "as many values as placeholders are expected");
}

void prepared::execute(param const* values, unsigned count) {
    start();
    check_count(count);
    sink to(values_);
    for (unsigned i = 0; i < count; ++i) driver::encode_param(to, i, values[i]);
    run(to.size());
}

void prepared::execute_from(field const* plan, unsigned count, void const* object) {
    start();
    check_count(count);
    sink to(values_);
    for (unsigned i = 0; i < count; ++i) driver::encode_field(to, plan[i], object);
    run(to.size());
}

void prepared::run(std::size_t size) {
    // a packet that is too large would cost the connection
    if (size + 64u * forms_.size() + 1024 > session_.max_packet())
        mysql_family::refuse_value(error_kind::limit_exceeded, 0, -1);
    rows_ = affected_ = 0;
    had_result_ = false;
    if (traits_.touches_session) session_.touch();
    // Other forms need another text, and the library's marks for unsigned a new statement.
    if (!values_.adapt(forms_) || generation_ != session_.generation()) unprepare();
    if (!statement_) prepare();
    try {
        send();
    } catch (vendor::SQLException const& e) {
        // what the library has sent in parts would come before the next value
        if (!prepare_again(unsigned(e.getErrorCode()))) {
            unprepare();
            session_.raise(e, sql_);
        }
        session_.ask(sql_, [&] { send(); });
    } catch (...) {
        unprepare();
        throw;
    }
    if (!traits_.plain && !result_) session_.after_statement();
}

// The server forgot the statement, or its result has other columns since the table was altered.
// In each case nothing was done by it, or only reading.
bool prepared::prepare_again(unsigned code) {
    constexpr unsigned unknown_statement = 1243;
    constexpr unsigned needs_preparing = 1615;
    constexpr unsigned other_columns = 2057;
    if (code != unknown_statement && code != needs_preparing &&
        !(code == other_columns && traits_.reads))
        return false;
    result_.reset();
    unprepare();
    prepare();
    return true;
}

// Only one of the library's functions tells how many rows were changed, and only others whether
// there is a result.
void prepared::send() {
    values_.bind(*statement_);
    if (traits_.plain && !traits_.reads && !may_return_) {
        affected_ = std::int64_t(std::uint32_t(statement_->executeUpdate()));
        return;
    }
    if (statement_->execute()) {
        result_.reset(statement_->getResultSet());
        open_result();
    } else if (!traits_.reads) {
        auto const count = session_.row_of("SELECT ROW_COUNT()")[0];
        affected_ = count.starts_with('-') ? 0 : std::strtoll(count.c_str(), nullptr, 10);
    }
}

void prepared::open_result() {
    // a procedure may have further results, which nothing else may overtake
    if (!traits_.plain) session_.begin_reading(this);
    had_result_ = true;
    auto& columns = *result_->getMetaData();
    unsigned const count = columns.getColumnCount();
    types_.resize(count);
    names_.resize(count);
    for (unsigned i = 0; i < count; ++i) {
        types_[i] = wire_of(columns, i);
        names_[i] = columns.getColumnLabel(i + 1).asStdString();
    }
    checked_plan_ = nullptr;
    row_.emplace(session_, *result_, types_);
}

bool prepared::advance() {
    if (!result_) return false;
    if (session_.ask(sql_, [&] { return result_->next(); })) return waiting_ = true;
    end_result();
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
    if (result_ && (plan != checked_plan_ || fields != checked_fields_)) check_plan(plan, fields);
    char* to = static_cast<char*>(rows);
    std::size_t count = 0;
    for (; count < max; ++count, to += stride) {
        if (!waiting_ && !advance()) break;
        waiting_ = false;
        ++rows_;
        session_.ask(sql_, [&] { driver::decode_row(*row_, plan, fields, to); });
    }
    return count;
}

void prepared::drop_further_results() noexcept {
    try {
        while (statement_->getMoreResults())
            std::unique_ptr<vendor::ResultSet> const dropped(statement_->getResultSet());
    } catch (...) {
        // an error of a later result; the library has dropped the rest with it
    }
}

void prepared::end_result() noexcept {
    row_.reset();
    result_.reset();
    waiting_ = false;
    if (traits_.plain) return;
    if (statement_ && !session_.forked()) drop_further_results();
    session_.end_reading();
    session_.doubt_transaction();
}

void prepared::finish() noexcept {
    if (result_) end_result();
}

std::int64_t prepared::affected() {
    if (traits_.reads) return 0;
    return had_result_ ? rows_ : affected_;  // INSERT … RETURNING
}

std::int64_t prepared::last_id() {
    auto const id = session_.row_of("SELECT LAST_INSERT_ID()")[0];
    return std::int64_t(std::strtoull(id.c_str(), nullptr, 10));
}

unsigned prepared::columns() {
    if (had_result_) return unsigned(types_.size());
    if (!statement_) return 0;
    return session_.ask(sql_, [&] { return statement_->getMetaData()->getColumnCount(); });
}

std::string prepared::column_name(unsigned column) {
    if (column >= columns()) fail(error_kind::invalid_argument, "the result has no such column");
    if (had_result_) return names_[column];
    return session_.ask(
        sql_, [&] { return statement_->getMetaData()->getColumnLabel(column + 1).asStdString(); });
}

}  // namespace relata::mysql_connector::detail
