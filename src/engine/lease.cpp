// SPDX-License-Identifier: BSL-1.0
//
// The cold half of running a statement: dynamic texts, errors, the log.

#include "engine/lease.hpp"

#include <relata/sql/question_marks.hpp>

#include <chrono>
#include <utility>

namespace relata::engine {

void wrong_count(error_kind kind) {
    error_info info;
    info.kind = kind;
    info.outcome = outcome::rejected;
    info.transaction = transaction_state::open;
    info.message =
        kind == error_kind::not_found ? "the query has no row" : "the query has more than one row";
    throw error(std::move(info));
}

void store_key(type_info const& type, void* at, std::int64_t id) {
    switch (type.kind) {
    case kind::int64: *static_cast<std::int64_t*>(at) = id; return;
    case kind::int32:
        if (id > INT32_MAX) break;
        *static_cast<std::int32_t*>(at) = std::int32_t(id);
        return;
    case kind::uint32:
        if (id > UINT32_MAX) break;
        *static_cast<std::uint32_t*>(at) = std::uint32_t(id);
        return;
    default: break;
    }
    fail(error_kind::out_of_range, "the generated key does not fit the member");
}

std::int64_t clock_now() noexcept {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

void run::execute_dynamic(sql::query_info& query, dialect::source const& source,
                          driver::read_mode mode) {
    auto const text = dialect::render(source, session_.connection().spelling());
    statement_ = &session_.dynamic_statement(query, text);
    bool const written = source.tree->kind == sql::op::raw;
    if (written && !relata::detail::leaves_session(source.tree->text)) session_.set_touched();
    attempt([&](driver::statement& s, cached_statement const&) {
        if (mode == driver::read_mode::stream) s.expect(mode);
        s.execute(text.values.data(), unsigned(text.values.size()));
    });
}

void run::execute_stored(sql::query_data const& query, driver::read_mode mode) {
    if (query.as_typed()) execute(query.info, query.values->data(), query.values->size(), mode);
    else execute_dynamic(query.info, dialect::source_of(query), mode);
}

void run::failed(error const& e) {
    auto* const statement = std::exchange(statement_, nullptr);
    statement->statement->finish();
    statement->busy = false;
    try {
        session_.raise(e, statement, tree_);
    } catch (error const& completed) {
        if (session_.options().log) {
            statement_ = statement;
            report(&completed);
            statement_ = nullptr;
        }
        throw;
    }
}

void run::report(error const* failure) noexcept {
    session_.options().log(session_.options().log_context,
                           {statement_->text, clock_now() - began_, rows, failure});
}

}  // namespace relata::engine
