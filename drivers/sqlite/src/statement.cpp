// SPDX-License-Identifier: BSL-1.0
//
// The hot path: bind, step, decode. A warm execution allocates nothing here.
//
// Path of a query, step 4 of 5 for SQLite. Next: relata/driver/decode.hpp reads the cells.

#include "statement.hpp"

#include <sqlite_family/words.hpp>

namespace relata::sqlite::detail {

using namespace sqlite_family;

namespace {

verb verb_of(std::string_view sql, sqlite3_stmt* handle) {
    std::string_view const first = first_word(sql);
    auto is = [&](std::string_view word) { return same_word(first, word); };
    if (is("insert") || is("replace")) return verb::inserts;
    if (is("update") || is("delete")) return verb::changes;
    if (is("with")) return sqlite3_stmt_readonly(handle) ? verb::reads : verb::changes;
    if (is("begin") || is("commit") || is("end") || is("rollback") || is("savepoint") ||
        is("release"))
        return verb::controls;
    return verb::reads;
}

std::string_view words(error_kind kind) {
    switch (kind) {
    case error_kind::null_value:
        return "the column holds NULL, the program's type has no place for it";
    case error_kind::type_mismatch: return "the column holds another type than the program reads";
    case error_kind::out_of_range: return "the value does not fit";
    case error_kind::value_too_long: return "the value is too long";
    case error_kind::text_invalid: return "the text is not UTF-8 or contains a NUL";
    case error_kind::not_supported: return "values of this type cannot be stored";
    default: return "the type does not allow this value";
    }
}

}  // namespace

statement::statement(connection& owner, std::string_view sql, unsigned count) : owner_(owner) {
    std::string_view rest;
    handle_ = owner.compile(sql, SQLITE_PREPARE_PERSISTENT, &rest);
    if (!handle_) fail(error_kind::syntax, "the statement is empty");
    if (!rest.empty() && owner.compile(rest, 0))
        fail(error_kind::syntax, "more than one statement");
    params_ = unsigned(sqlite3_bind_parameter_count(handle_.get()));
    if (params_ != count)
        fail(error_kind::invalid_argument,
             "the statement has another number of placeholders than types");
    verb_ = verb_of(sql, handle_.get());
    keeps_ = columns() != 0 && (verb_ == verb::inserts || verb_ == verb::changes);
    room_.slots.resize(params_ * scratch::slot_size);
}

statement::~statement() { drop_rows(); }

[[gnu::always_inline]] inline void statement::start(unsigned count) {
    if (state_ != state::idle) finish();
    if (count != params_) [[unlikely]] {
        fail(error_kind::invalid_argument, "another number of values than placeholders");
    }
    owner_.arm();
    room_.kept_used = 0;
}

inline void statement::step() {
    int const code = sqlite3_step(handle_.get());
    if (code == SQLITE_ROW) state_ = state::row;
    else if (code == SQLITE_DONE) state_ = state::done;
    else [[unlikely]] failed(code);
}

[[gnu::always_inline]] inline void statement::run() {
    if (keeps_) [[unlikely]]
        return keep_rows();
    step();
    if (verb_ == verb::reads) return;
    if (verb_ == verb::controls) return owner_.note_transaction();
    affected_ = sqlite3_changes64(owner_.handle());
    if (verb_ == verb::inserts) last_id_ = sqlite3_last_insert_rowid(owner_.handle());
}

void statement::execute(param const* values, unsigned count) {
    start(count);
    sink<statement> to{*this, handle_.get(), room_};
    for (unsigned i = 0; i < count; ++i) driver::encode_param(to, i, values[i]);
    run();
}

void statement::execute_from(field const* plan, unsigned count, void const* object) {
    start(count);
    sink<statement> to{*this, handle_.get(), room_};
    for (field const *f = plan, *end = plan + count; f != end; ++f)
        driver::encode_field(to, *f, object);
    run();
}

void statement::insert(field const* plan, unsigned count, void const* object) {
    if (owner_.cancel_asked()) [[unlikely]]
        owner_.raise_cancelled();
    room_.kept_used = 0;
    sink<statement> to{*this, handle_.get(), room_};
    for (field const *f = plan, *end = plan + count; f != end; ++f)
        driver::encode_field(to, *f, object);
    if (int const code = sqlite3_step(handle_.get()); code != SQLITE_DONE) [[unlikely]]
        failed(code);
    sqlite3_reset(handle_.get());
}

// A change that returns rows reports a broken reference or a failed commit only after its last row,
// so it runs to its end here; otherwise a reader that stops early would undo it without an error.
void statement::keep_rows() {
    unsigned const width = columns();
    int code = SQLITE_ROW;
    while ((code = sqlite3_step(handle_.get())) == SQLITE_ROW) {
        for (unsigned i = 0; i < width; ++i) {
            kept_.push_back(nullptr);  // first: it may throw
            kept_.back() = sqlite3_value_dup(sqlite3_column_value(handle_.get(), int(i)));
            if (!kept_.back()) failed(SQLITE_NOMEM);
        }
    }
    if (code != SQLITE_DONE) failed(code);
    affected_ = sqlite3_changes64(owner_.handle());
    last_id_ = sqlite3_last_insert_rowid(owner_.handle());
    sqlite3_reset(handle_.get());
    state_ = state::kept;
}

void statement::drop_rows() noexcept {
    for (sqlite3_value* v : kept_) sqlite3_value_free(v);
    kept_.clear();
    kept_next_ = 0;
}

bool statement::ready() {
    if (state_ == state::next) {
        owner_.rearm();
        step();
    }
    return state_ == state::row || (state_ == state::kept && kept_next_ < kept_.size());
}

[[gnu::always_inline]] inline std::size_t statement::fetch_live(field const* plan, unsigned fields,
                                                                char* at, std::size_t stride,
                                                                std::size_t max) {
    live_row row{*this, handle_.get()};
    std::size_t have = 0;
    for (; have < max; ++have, at += stride) {
        if (state_ == state::next) step();
        if (state_ != state::row) break;
        state_ = state::next;
        driver::decode_row(row, plan, fields, at);
    }
    return have;
}

std::size_t statement::fetch(field const* plan, unsigned fields, void* rows, std::size_t stride,
                             std::size_t max) {
    char* const first = static_cast<char*>(rows);
    if (state_ == state::kept) [[unlikely]]
        return fetch_kept(plan, fields, first, stride, max);
    owner_.rearm();
    return fetch_live(plan, fields, first, stride, max);
}

std::size_t statement::fetch_kept(field const* plan, unsigned fields, char* at, std::size_t stride,
                                  std::size_t max) {
    unsigned const width = columns();
    std::size_t have = 0;
    for (; have < max && kept_next_ < kept_.size(); ++have, at += stride) {
        kept_row row{*this, kept_.data() + kept_next_, width};
        kept_next_ += width;
        driver::decode_row(row, plan, fields, at);
    }
    return have;
}

void statement::finish() noexcept {
    if (state_ == state::idle) return;
    if (state_ == state::kept) drop_rows();
    else sqlite3_reset(handle_.get());
    state_ = state::idle;
}

std::string statement::column_name(unsigned column) {
    char const* const name = sqlite3_column_name(handle_.get(), int(column));
    if (!name) fail(error_kind::invalid_argument, "a column that the result does not have");
    return name;
}

void statement::failed(int code) {
    drop_rows();
    state_ = state::done;
    affected_ = 0;
    owner_.raise(code, phase::running, handle_.get());
}

void wrong_cell(statement& owner, error_kind kind, field const& f) {
    owner.wrong_column(kind, f.column);
}

void wrong_integer(statement& owner, sqlite3_value* value, field const& f) {
    auto kind = error_kind::type_mismatch;
    if (sqlite3_value_type(value) == SQLITE_NULL) kind = error_kind::null_value;
    constexpr double beyond = 9223372036854775808.0;  // 2^63
    if (sqlite3_value_type(value) == SQLITE_FLOAT) {
        double const number = sqlite3_value_double(value);
        if (!(number < beyond && number > -beyond)) kind = error_kind::out_of_range;
    }
    owner.wrong_column(kind, f.column);
}

void statement::wrong_column(error_kind kind, unsigned column) {
    error_info info;
    info.kind = kind;
    info.message = words(kind);
    if (column >= columns()) {
        info.kind = error_kind::invalid_argument;
        info.message = "the result has fewer columns than the program reads";
    }
    info.outcome = keeps_ ? outcome::unknown : outcome::rejected;
    info.columns.push_back(column_name(column));
    owner_.raise(std::move(info));
}

void statement::wrong_value(error_kind kind, unsigned placeholder) {
    error_info info;
    info.kind = kind;
    info.message = std::string(words(kind)) + " (value " + std::to_string(placeholder + 1) + ")";
    info.outcome = outcome::not_sent;
    owner_.raise(std::move(info));
}

}  // namespace relata::sqlite::detail
