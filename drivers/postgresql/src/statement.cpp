// SPDX-License-Identifier: BSL-1.0
#include "statement.hpp"

#include "row.hpp"

#include <relata/driver/decode.hpp>
#include <relata/driver/encode.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <limits>

namespace relata::postgresql::detail {
namespace {

// The server counts the rows of a SELECT, too; they are not affected.
std::int64_t affected_rows(PGresult* result) noexcept {
    if (std::strncmp(PQcmdStatus(result), "SELECT", 6) == 0) return 0;
    char const* text = PQcmdTuples(result);
    std::int64_t rows = 0;
    std::from_chars(text, text + std::strlen(text), rows);
    return rows;
}

// Flat, because a call for each cell costs as much as the cell.
[[gnu::flatten]] void decode_rows(row at, int count, field const* plan, unsigned fields, char* to,
                                  std::size_t stride) {
    for (int const end = at.at_row + count; at.at_row != end; ++at.at_row, to += stride)
        driver::decode_row(at, plan, fields, to);
}

}  // namespace

parameters::parameters(type_info const* const* types, unsigned count)
    : types_(count), wires_(count), values_(count), lengths_(count), formats_(count, 1),
      rooms_(count) {
    for (unsigned i = 0; i < count; ++i) {
        types_[i] = oid_of(*types[i]);
        wires_[i] = wire_of(types_[i]);
    }
}

void parameters::view(unsigned i, std::string_view value) {
    // the server hangs up at more
    if (value.size() >= most_bytes || (bytes_ += value.size()) >= most_bytes) [[unlikely]]
        wrong(error_kind::limit_exceeded, i);
    // a null pointer would be NULL, and an empty view may have one
    put(i, value.data() ? value.data() : "", int(value.size()));
}

void parameters::prefixed(unsigned i, char prefix, std::string_view value) {
    view(i, keep(prefix + std::string(value)));
}

void parameters::wrong(error_kind kind, unsigned i) {
    refuse_value(kind, fmt::format("value {}", i + 1));
}

statement::statement(connection& owner, std::string_view sql, type_info const* const* types,
                     unsigned count)
    : owner_(owner), sql_(sql), parameters_(types, count) {
    bool untyped = false;
    for (unsigned i = 0; i < count; ++i) untyped = untyped || parameters_.types()[i] == 0;
    if (untyped) fail(error_kind::not_supported, "a placeholder without a type");
    if (owner_.named_statements()) prepare();
}

statement::~statement() {
    finish();
    if (!name_.empty()) owner_.forget(std::move(name_));
}

void statement::prepare() {
    std::string name = owner_.next_name();
    auto known = owner_.start();
    result_handle const result(
        owner_.prepare_as(name.c_str(), sql_.c_str(), parameters_.count(), parameters_.types()));
    owner_.stop(known);
    if (!succeeded(result.get())) owner_.raise(result.get(), known);
    name_ = std::move(name);
    columns_known_ = false;
}

void statement::begin_execution(unsigned count) {
    discard();
    owner_.demand_free();
    parameters_.forget_views();
    if (count != parameters_.count())
        fail(error_kind::invalid_argument,
             fmt::format("{} values for {} placeholders", count, parameters_.count()));
}

void statement::execute(param const* values, unsigned count) {
    begin_execution(count);
    for (unsigned i = 0; i < count; ++i) driver::encode_param(parameters_, i, values[i]);
    run();
}

void statement::execute_from(field const* plan, unsigned count, void const* object) {
    begin_execution(count);
    for (field const *f = plan, *end = plan + count; f != end; ++f) {
        if (f->column >= count)
            fail(error_kind::invalid_argument, "a plan that names a placeholder too many");
        driver::encode_field(parameters_, *f, object);
    }
    run();
}

void statement::run() {
    for (bool first = true;; first = false) {
        if (owner_.named_statements() && name_.empty()) prepare();
        auto known = owner_.start();
        result_handle result(mode_ == driver::read_mode::all ? send() : send_stream());
        if (succeeded(result.get())) {
            if (streaming_) stream_known_ = known;
            else owner_.stop(known);
            return accept(result.release());
        }
        owner_.drain();
        owner_.stop(known);
        if (!again_after(result.get(), known.before) || !first) owner_.raise(result.get(), known);
    }
}

PGresult* statement::send() {
    parameters const& p = parameters_;
    if (owner_.patience_ends()) return owner_.ask(send_only());
    if (name_.empty())
        return PQexecParams(owner_.handle(), sql_.c_str(), int(p.count()), p.types(), p.values(),
                            p.lengths(), p.formats(), 1);
    return PQexecPrepared(owner_.handle(), name_.c_str(), int(p.count()), p.values(), p.lengths(),
                          p.formats(), 1);
}

int statement::send_only() {
    parameters const& p = parameters_;
    PGconn* const c = owner_.handle();
    if (name_.empty())
        return PQsendQueryParams(c, sql_.c_str(), int(p.count()), p.types(), p.values(),
                                 p.lengths(), p.formats(), 1);
    return PQsendQueryPrepared(c, name_.c_str(), int(p.count()), p.values(), p.lengths(),
                               p.formats(), 1);
}

PGresult* statement::send_stream() {
    if (send_only() == 0) return nullptr;
    PQsetSingleRowMode(owner_.handle());
    PGresult* const first = owner_.next_result();
    if (PQresultStatus(first) == PGRES_SINGLE_TUPLE) {
        streaming_ = true;
        owner_.stream_begins();
    } else if (succeeded(first)) {
        owner_.drain();
    }
    return first;
}

// Whether the statement, prepared anew, can be run again: its server side went away, or the tables
// changed. Inside a transaction the failure has failed the transaction as well.
bool statement::again_after(PGresult const* failed, transaction_state before) {
    if (name_.empty() || !failed || !postgresql_family::is_stale_statement(failed)) return false;
    if (std::strcmp(PQresultErrorField(failed, PG_DIAG_SQLSTATE), "26000") != 0)
        owner_.forget(std::move(name_));
    name_.clear();
    return before == transaction_state::none;
}

void statement::accept(PGresult* result) {
    result_.reset(result);
    row_ = rows_ = 0;
    if (PQresultStatus(result) == PGRES_EMPTY_QUERY)
        fail(error_kind::syntax, "the statement is empty");
    rows_ = PQntuples(result);
    affected_ = streaming_ ? 0 : affected_rows(result);
    if (std::strncmp(PQcmdStatus(result), "SET", 3) == 0) owner_.session_changed();
    // the columns of a prepared statement cannot change: the server refuses such an execution
    if (!columns_known_ || name_.empty()) learn_columns(result);
}

bool statement::ready() { return row_ < rows_ || (streaming_ && advance()); }

bool statement::advance() {
    result_.reset();
    row_ = rows_ = 0;
    result_handle next(owner_.next_result());
    if (PQresultStatus(next.get()) == PGRES_SINGLE_TUPLE) {
        result_ = std::move(next);
        rows_ = 1;
        return true;
    }
    bool const well = succeeded(next.get());
    end_stream();
    if (!well) owner_.raise(next.get(), stream_known_);
    affected_ = affected_rows(next.get());
    return false;
}

void statement::end_stream() noexcept {
    owner_.drain();
    owner_.stop(stream_known_);
    owner_.stream_ends();
    streaming_ = false;
}

std::size_t statement::fetch(field const* plan, unsigned fields, void* rows, std::size_t stride,
                             std::size_t max) {
    demand_columns(plan, fields);
    char* to = static_cast<char*>(rows);
    std::size_t done = 0;
    while (done < max && ready()) {
        auto const count = int(std::min(max - done, std::size_t(rows_ - row_)));
        decode_rows({result_.get(), row_, columns_.data()}, count, plan, fields, to, stride);
        row_ += count;
        done += std::size_t(count);
        to += stride * std::size_t(count);
    }
    return done;
}

void statement::demand_columns(field const* plan, unsigned fields) const {
    for (field const *f = plan, *end = plan + fields; f != end; ++f)
        if (f->column >= columns_.size()) [[unlikely]]
            fail(error_kind::invalid_argument, fmt::format("column {} of a result with {} columns",
                                                           f->column + 1, columns_.size()));
}

void statement::finish() noexcept {
    discard();
    parameters_.forget_views();
}

// The rest of a stream is read and dropped: stopping the server instead would fail an open
// transaction, and undo what a statement with RETURNING has done.
void statement::discard() noexcept {
    if (streaming_) end_stream();
    result_.reset();
    row_ = rows_ = 0;
}

std::int64_t statement::last_id() {
    fail(error_kind::not_supported, "this database tells new keys by RETURNING only");
}

void statement::learn_columns(PGresult const* result) {
    auto const count = unsigned(PQnfields(result));
    columns_.resize(count);
    names_.clear();
    for (unsigned i = 0; i < count; ++i) columns_[i] = wire_of(PQftype(result, int(i)));
    for (unsigned i = 0; i < count; ++i) names_.emplace_back(PQfname(result, int(i)));
    columns_known_ = true;
}

void statement::describe() {
    if (columns_known_) return;
    owner_.demand_free();
    auto known = owner_.start();
    if (name_.empty()) {
        result_handle const prepared(
            owner_.prepare_as("", sql_.c_str(), parameters_.count(), parameters_.types()));
        if (!succeeded(prepared.get())) {
            owner_.stop(known);
            owner_.raise(prepared.get(), known);
        }
    }
    result_handle const result(owner_.describe_prepared(name_.c_str()));
    owner_.stop(known);
    if (!succeeded(result.get())) owner_.raise(result.get(), known);
    learn_columns(result.get());
}

unsigned statement::columns() {
    describe();
    return unsigned(columns_.size());
}

std::string statement::column_name(unsigned column) {
    describe();
    if (column >= names_.size())
        fail(error_kind::invalid_argument, "a column that the result does not have");
    return names_[column];
}

}  // namespace relata::postgresql::detail
