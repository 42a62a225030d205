// SPDX-License-Identifier: BSL-1.0
//
// What is alike on every back end: errors, statements, life and death. See transaction.cpp for the
// rest.

#include "connection.hpp"

#include "statement.hpp"

#include <unistd.h>

#include <soci/soci-backend.h>

namespace relata::soci::detail {

connection::connection(session_handle session, storage kept, bool uuid_as_text)
    : session_(std::move(session)), process_(getpid()), kept_(kept), uuid_as_text_(uuid_as_text) {}

connection::~connection() {
    if (forked()) (void)session_.owned.release();
}

bool connection::forked() const noexcept { return getpid() != process_; }

std::unique_ptr<driver::statement>
connection::prepare(std::string_view sql, type_info const* const* types, unsigned count) {
    require_usable();
    if (sql.find('\0') != sql.npos) fail(error_kind::text_invalid, "a NUL in a statement");
    if (count > can_.max_params)
        fail(error_kind::limit_exceeded, "more values in one statement than the database takes");
    return std::make_unique<statement>(*this, sql, types, count);
}

void connection::script(std::string_view sql) {
    require_usable();
    if (sql.find('\0') != sql.npos) fail(error_kind::text_invalid, "a NUL in a statement");
    guard(sql, [&] { running([&] { run_script(sql); }); });
}

std::int64_t connection::bulk_insert(driver::bulk_target const& target, field const* plan,
                                     unsigned fields, driver::row_source rows) {
    require_usable();
    statement insert(*this, target.insert, target.types.data(), unsigned(target.types.size()));
    std::int64_t row = 0;
    try {
        for (; void const* object = rows.next(rows.context); ++row) {
            insert.execute_from(plan, fields, object);
            insert.finish();
        }
    } catch (error const& e) {
        error_info info = e.info();
        info.row = row;
        throw error(std::move(info));
    }
    return row;
}

void connection::run_raw(std::string const& sql) {
    std::vector<bound> none;
    auto const statement = make_wire(sql, nullptr, 0, none);
    statement->run(none);
    statement->close();
}

void connection::run(std::string const& sql) {
    guard(sql, [&] { running([&] { run_raw(sql); }); });
}

std::string connection::ask(std::string const& sql) {
    std::vector<bound> none;
    auto const question = make_wire(sql, nullptr, 0, none);
    question->run(none);
    std::string answer;
    if (question->next()) {
        auto const cell = question->at(0);
        if (cell.is == content::form::integer) answer = std::to_string(cell.integer);
        else answer = cell.text;
    }
    question->close();
    return answer;
}

void connection::raise(::soci::soci_error const& e, std::string_view sql) {
    throw_info(explain(e, sql));
}

void connection::throw_info(error_info info) {
    if (!info.connection_usable) broken_ = true;
    if (broken_ && committing_ && info.outcome != outcome::not_sent) {
        info.kind = error_kind::in_doubt;
        info.outcome = outcome::in_doubt;
        info.message = "the connection was lost while the commit was on its way";
        info.retry = retry_advice::no;
    }
    info.connection_usable = !broken_;
    auto const now = broken_ ? transaction_state::none : look();
    if (before_ == transaction_state::none) {
        info.transaction = now == transaction_state::open ? now : transaction_state::none;
    } else if (info.kind == error_kind::in_doubt) {
        info.transaction = transaction_state::unknown;
    } else if (now == transaction_state::none) {
        info.transaction = transaction_state::rolled_back;
        if (open_) lost_ = true;
        open_ = nested_ = false;
        if (info.retry == retry_advice::statement) info.retry = retry_advice::transaction;
    } else {
        info.transaction = now;
    }
    throw error(std::move(info));
}

void connection::require_usable() const {
    if (!broken_) return;
    error_info info;
    info.kind = error_kind::connection_lost;
    info.outcome = outcome::not_sent;
    info.retry = retry_advice::reconnect;
    info.connection_usable = false;
    info.message = "the connection to the database was lost";
    throw error(std::move(info));
}

void connection::start() noexcept {
    before_ = transaction();
    cancel_asked_ = false;
    arm();
    phase_.store(active, std::memory_order_release);
}

// A cancel that is under way is waited for, so that it never hits the statement after.
void connection::stop() noexcept {
    for (int seen = active; !phase_.compare_exchange_strong(seen, idle); seen = cancelled) {
        phase_.wait(cancelling);
        cancel_asked_ = true;
    }
    if (cancel_asked_) forget_cancel();
}

void connection::cancel() noexcept {
    // a request may have reached the server before the statement, so that another one is needed
    int now = phase_.load();
    do {
        if (now != active && now != cancelled) return;
    } while (!phase_.compare_exchange_weak(now, cancelling));
    send_cancel();
    phase_.store(cancelled);
    phase_.notify_all();
}

bool connection::alive(bool may_ask) noexcept {
    if (broken_ || !may_ask) return !broken_;
    try {
        ask_server();
    } catch (...) {
        broken_ = true;
    }
    return !broken_;
}

void connection::reset() {
    require_usable();
    rollback();
    // what the program has set is the program's
    if (!lent()) guard("", [&] { clean_session(); });
}

session_handle open_session(char const* back_end, std::string const& parameters) {
    session_handle out;
    out.owned = std::make_unique<::soci::session>(back_end, parameters);
    out.session = out.owned.get();
    return out;
}

}  // namespace relata::soci::detail
