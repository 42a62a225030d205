// SPDX-License-Identifier: BSL-1.0
//
// The two scopes of every verb: a borrowed session, and a statement that runs.

#pragma once

#include "engine/session.hpp"
#include "sql/query_data.hpp"

#include <relata/engine/run.hpp>

namespace relata::engine {

/// A session for the time of one call.
class lease {
public:
    explicit lease(source& from) : from_(from), session_(from.borrow()) {}
    ~lease() { from_.give_back(session_); }
    lease(lease const&) = delete;
    lease& operator=(lease const&) = delete;
    [[nodiscard]] session& operator*() const { return *session_; }
    [[nodiscard]] session* operator->() const { return session_; }

private:
    source& from_;
    session* session_;
};

[[noreturn]] void wrong_count(error_kind kind);
void store_key(type_info const& type, void* at, std::int64_t id);
/// Nanoseconds of a clock that never goes back.
std::int64_t clock_now() noexcept;

/// One execution of a query: binds and executes when it is made, ends the result when it goes.
/// Inlined into the few verbs: on SQLite each call on this path is half a percent of a point select.
class run {
public:
    [[gnu::always_inline]] run(session& s, sql::query_info& query, param const* values,
                               unsigned count, driver::read_mode mode = driver::read_mode::all)
        : session_(s), tree_(query.tree) {
        start();
        if (query.dynamic) [[unlikely]]
            execute_dynamic(query, {query.tree, values, count}, mode);
        else execute(query, values, count, mode);
    }
    run(session& s, sql::query_data const& query, driver::read_mode mode = driver::read_mode::all)
        : session_(s), tree_(&query.tree()) {
        start();
        execute_stored(query, mode);
    }
    [[gnu::always_inline]] run(session& s, sql::query_info& query, void const* object)
        : session_(s), tree_(query.tree) {
        start();
        statement_ = &s.statement(query, nullptr, 0);
        attempt([&](driver::statement& st, cached_statement const& c) {
            st.execute_from(c.plan.data(), unsigned(c.plan.size()), object);
        });
    }
    ~run() {
        if (!statement_) return;
        statement_->statement->finish();
        statement_->busy = false;
        if (session_.options().log) [[unlikely]]
            report(nullptr);
    }
    run(run const&) = delete;
    run& operator=(run const&) = delete;

    /// Reads the result; errors leave completed.
    template <class F> [[gnu::always_inline]] void guard(F f) { attempt(f); }

    /// False after an error.
    [[nodiscard]] bool open() const { return statement_ != nullptr; }
    [[nodiscard]] cached_statement& cached() { return *statement_; }

    std::int64_t rows = 0;

private:
    void start() {
        session_.check_usable();
        if (session_.options().log) [[unlikely]]
            began_ = clock_now();
    }
    [[gnu::always_inline]] void execute(sql::query_info& query, param const* values, unsigned count,
                                        driver::read_mode mode) {
        statement_ = &session_.statement(query, values, count);
        attempt([&](driver::statement& s, cached_statement& c) {
            if (mode == driver::read_mode::stream) s.expect(mode);
            if (c.order.empty()) [[likely]]
                s.execute(values, count);
            else s.execute(reorder(c, values), unsigned(c.order.size()));
        });
    }
    void execute_dynamic(sql::query_info& query, dialect::source const& source,
                         driver::read_mode mode);
    void execute_stored(sql::query_data const& query, driver::read_mode mode);
    static param const* reorder(cached_statement& c, param const* values) {
        for (std::size_t i = 0; i < c.order.size(); ++i)
            if (c.order[i] != dialect::rendered::computed) c.ordered[i] = values[c.order[i]];
        return c.ordered.data();
    }
    template <class F> [[gnu::always_inline]] void attempt(F f) {
        try {
            f(*statement_->statement, *statement_);
        } catch (error const& e) {
            failed(e);
        }
    }
    [[noreturn]] void failed(error const& e);
    void report(error const* failure) noexcept;

    session& session_;
    cached_statement* statement_ = nullptr;
    sql::node const* tree_;
    std::int64_t began_ = 0;
};

}  // namespace relata::engine
