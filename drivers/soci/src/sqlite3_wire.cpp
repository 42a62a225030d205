// SPDX-License-Identifier: BSL-1.0
#include "sqlite3_wire.hpp"

#include <relata/core/error.hpp>

#include <algorithm>
#include <cstring>
#include <utility>

#include <soci/session.h>

namespace relata::soci::detail {
namespace {

namespace api = sqlite_api;
using backend_statement = ::soci::sqlite3_statement_backend;

content read(api::sqlite3_stmt* st, int column) {
    content out;
    auto const size = [&] { return std::size_t(api::sqlite3_column_bytes(st, column)); };
    switch (api::sqlite3_column_type(st, column)) {
    case SQLITE_NULL: break;
    case SQLITE_INTEGER:
        out.is = content::form::integer;
        out.integer = api::sqlite3_column_int64(st, column);
        break;
    case SQLITE_FLOAT:
        out.is = content::form::real;
        out.real = api::sqlite3_column_double(st, column);
        break;
    case SQLITE_TEXT: {
        auto const* data = reinterpret_cast<char const*>(api::sqlite3_column_text(st, column));
        out.is = content::form::text;
        out.text = {data ? data : "", size()};
        break;
    }
    default: {
        auto const* data = static_cast<char const*>(api::sqlite3_column_blob(st, column));
        out.is = content::form::bytes;
        out.text = {data ? data : "", size()};
    }
    }
    return out;
}

std::string_view first_word(std::string_view sql) {
    auto const begin = sql.find_first_not_of(" \t\r\n");
    if (begin == sql.npos) return {};
    sql.remove_prefix(begin);
    return sql.substr(0, sql.find_first_of(" \t\r\n(;"));
}

bool is_word(std::string_view a, std::string_view lower) {
    return std::equal(a.begin(), a.end(), lower.begin(), lower.end(),
                      [](char x, char y) { return (x >= 'A' && x <= 'Z' ? x + 32 : x) == y; });
}

}  // namespace

sqlite3_wire::sqlite3_wire(::soci::session& session, api::sqlite3* db, std::string_view sql,
                           unsigned count)
    : db_(db), statement_(static_cast<backend_statement*>(session.make_statement_backend())) {
    statement_->alloc();
    statement_->prepare(std::string(sql), ::soci::details::st_repeatable_query);
    try {
        demand_one(sql, count);
    } catch (...) {
        statement_->clean_up();
        throw;
    }
    bool const writes = !api::sqlite3_stmt_readonly(handle());
    auto const word = first_word(sql);
    inserts_ = is_word(word, "insert") || is_word(word, "replace");
    counts_ = writes && (inserts_ || is_word(word, "update") || is_word(word, "delete") ||
                         is_word(word, "with"));
    keeps_ = counts_ && sqlite3_wire::columns() != 0;
}

void sqlite3_wire::run(std::vector<bound> const& values) {
    close();
    for (std::size_t i = 0; i < values.size(); ++i) bind(int(i) + 1, values[i]);
    has_row_ = statement_->execute(1) == backend_statement::ef_success;
    first_ = true;
    if (keeps_) keep_rows();
    else if (!has_row_) api::sqlite3_reset(handle());
    if (!counts_) return;
    affected_ = api::sqlite3_changes64(db_);
    if (inserts_) last_id_ = api::sqlite3_last_insert_rowid(db_);
}

bool sqlite3_wire::next() {
    if (keeps_) {
        if (!std::exchange(first_, false) && !rows_.empty()) rows_.pop_front();
        return !rows_.empty();
    }
    if (!std::exchange(first_, false) && has_row_)
        has_row_ = statement_->fetch(1) == backend_statement::ef_success;
    return has_row_;
}

content sqlite3_wire::at(unsigned column) {
    if (!keeps_) return read(handle(), int(column));
    if (column >= rows_.front().size()) return {};
    auto const& cell = rows_.front()[column];
    return {cell.is, cell.integer, cell.real, cell.text};
}

void sqlite3_wire::close() noexcept {
    rows_.clear();
    api::sqlite3_reset(handle());
    has_row_ = false;
}

unsigned sqlite3_wire::columns() { return unsigned(api::sqlite3_column_count(handle())); }
std::string sqlite3_wire::name(unsigned column) {
    char const* const found = api::sqlite3_column_name(handle(), int(column));
    return found ? found : "";
}

// SOCI drops what stands behind the first statement.
void sqlite3_wire::demand_one(std::string_view sql, unsigned count) {
    if (!handle()) fail(error_kind::syntax, "the statement is empty");
    std::string const rest(sql.substr(std::strlen(api::sqlite3_sql(handle()))));
    api::sqlite3_stmt* more = nullptr;
    int const code = api::sqlite3_prepare_v2(db_, rest.c_str(), -1, &more, nullptr);
    bool const several = code != SQLITE_OK || more;
    api::sqlite3_finalize(more);
    if (several) fail(error_kind::syntax, "more than one statement");
    if (unsigned(api::sqlite3_bind_parameter_count(handle())) != count)
        fail(error_kind::invalid_argument,
             "the statement has another number of placeholders than types");
}

// The values outlive the execution, so nothing is copied.
void sqlite3_wire::bind(int position, bound const& value) {
    auto* const st = handle();
    int code = SQLITE_OK;
    switch (value.is) {
    case bound::form::null: code = api::sqlite3_bind_null(st, position); break;
    case bound::form::integer:
    case bound::form::unsigned_integer:
        code = api::sqlite3_bind_int64(st, position, value.integer);
        break;
    case bound::form::real: code = api::sqlite3_bind_double(st, position, value.real); break;
    case bound::form::text:
        code = api::sqlite3_bind_text64(st, position, value.text.data(), value.text.size(), nullptr,
                                        SQLITE_UTF8);
        break;
    case bound::form::bytes:
        code =
            api::sqlite3_bind_blob64(st, position, value.text.data(), value.text.size(), nullptr);
    }
    if (code != SQLITE_OK) throw ::soci::soci_error("a value cannot be bound");
}

// A change that returns rows reports broken references only after its last row, so it runs to
// its end here.
void sqlite3_wire::keep_rows() {
    unsigned const width = columns();
    for (; has_row_; has_row_ = statement_->fetch(1) == backend_statement::ef_success) {
        auto& row = rows_.emplace_back();
        for (unsigned i = 0; i < width; ++i) {
            auto const cell = read(handle(), int(i));
            row.push_back({cell.is, cell.integer, cell.real, std::string(cell.text)});
        }
    }
    api::sqlite3_reset(handle());
}

}  // namespace relata::soci::detail
