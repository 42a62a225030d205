// SPDX-License-Identifier: BSL-1.0
//
// Bind, step, decode.
#include "statement.hpp"

#include "errors.hpp"

#include <string>
#include <utility>

namespace tiny {

void row::wrong(error_kind kind, field const& f) { owner.wrong_column(kind, f.column); }
void sink::wrong(error_kind kind, unsigned i) { owner.wrong_value(kind, i); }
void sink::check(int code) {
    if (code != SQLITE_OK) owner.raise(code);
}

// [prepare]
statement::statement(connection& owner, std::string_view sql, unsigned count)
    : owner_(owner), handle_(owner.compile(sql)), params_(count) {
    if (!handle_) relata::fail(error_kind::syntax, "the statement is empty");
    if (!sql.empty() && owner.compile(sql))
        relata::fail(error_kind::syntax, "more than one statement");
    if (sqlite3_bind_parameter_count(handle_.get()) != int(count))
        relata::fail(error_kind::invalid_argument,
                     "the statement has another number of placeholders than types");
    if (columns() != 0 && !sqlite3_stmt_readonly(handle_.get()))
        relata::fail(error_kind::not_supported, "tiny has no RETURNING");
}
// [prepare end]

void statement::start(unsigned count) {
    finish();
    if (count != params_)
        relata::fail(error_kind::invalid_argument, "another number of values than placeholders");
}

// [execute]
void statement::execute(relata::param const* values, unsigned count) {
    start(count);
    sink to{*this, handle_.get()};
    for (unsigned i = 0; i < count; ++i) relata::driver::encode_param(to, i, values[i]);
    run();
}

void statement::execute_from(field const* plan, unsigned count, void const* object) {
    start(count);
    sink to{*this, handle_.get()};
    for (field const *f = plan, *end = plan + count; f != end; ++f)
        relata::driver::encode_field(to, *f, object);
    run();
}

void statement::run() {
    int const before = sqlite3_total_changes(owner_.handle());
    step();
    // the number of the last change stays what it was when a statement changes nothing
    bool const changed = sqlite3_total_changes(owner_.handle()) != before;
    affected_ = changed ? sqlite3_changes(owner_.handle()) : 0;
    last_id_ = sqlite3_last_insert_rowid(owner_.handle());
    if (columns() == 0) finish();  // else it would hold its lock
}
// [execute end]

void statement::step() {
    int const code = sqlite3_step(handle_.get());
    if (code == SQLITE_ROW) {
        state_ = state::row;
    } else if (code == SQLITE_DONE) {
        state_ = state::done;
    } else {
        state_ = state::done;
        owner_.raise(code);
    }
}

// [fetch]
bool statement::ready() {
    if (state_ == state::next) step();
    return state_ == state::row;
}

std::size_t statement::fetch(field const* plan, unsigned fields, void* rows, std::size_t stride,
                             std::size_t max) {
    row from{*this, handle_.get()};
    auto* at = static_cast<char*>(rows);
    std::size_t have = 0;
    for (; have < max && ready(); ++have, at += stride) {
        state_ = state::next;
        relata::driver::decode_row(from, plan, fields, at);
    }
    return have;
}

void statement::finish() noexcept {
    sqlite3_reset(handle_.get());
    state_ = state::idle;
}
// [fetch end]

std::string statement::column_name(unsigned column) {
    char const* const name = sqlite3_column_name(handle_.get(), int(column));
    if (!name) relata::fail(error_kind::invalid_argument, "a column that the result does not have");
    return name;
}

// [wrong]
void statement::wrong_value(error_kind kind, unsigned placeholder) {
    error_info info;
    info.kind = kind;
    info.outcome = relata::outcome::not_sent;
    info.message = std::string(words(kind)) + " (value " + std::to_string(placeholder + 1) + ")";
    owner_.raise(std::move(info));
}

void statement::wrong_column(error_kind kind, unsigned column) {
    error_info info;
    info.kind = kind;
    info.message = words(kind);
    if (column >= columns()) info.message = "the result has fewer columns than the program reads";
    info.columns.push_back(column_name(column));
    owner_.raise(std::move(info));
}
// [wrong end]

}  // namespace tiny
