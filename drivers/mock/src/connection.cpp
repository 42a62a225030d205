// SPDX-License-Identifier: BSL-1.0
//
// A connection's life: calls, delays, breaks.

#include "connection.hpp"

#include "cell_sink.hpp"
#include "errors.hpp"
#include "statement.hpp"

#include <utility>

namespace relata::mock::detail {

connection::connection(std::shared_ptr<state> script)
    : script_(std::move(script)), number_(script_->open()), drops_seen_(script_->drop_count()) {
    try {
        perform(step::connect, {});
    } catch (...) {
        script_->close();
        throw;
    }
}

connection::~connection() {
    try {
        script_->make({step::close, number_, {}, {}});
    } catch (...) {
        // nobody listens any more, and a rule that makes closing fail has nothing to break
    }
    script_->close();
}

bool connection::dropped() {
    if (script_->drop_count() != drops_seen_) dead_ = true;
    return dead_;
}

void connection::check_connected() {
    if (!dropped()) return;
    error_info info = usual(error_kind::connection_lost);
    info.outcome = outcome::not_sent;
    info.message = "the connection to the mock was dropped";
    raise(std::move(info));
}

void connection::check_free(driver::statement const* asking) const {
    if (!streaming || streaming == asking) return;
    fail(error_kind::invalid_argument,
         "rows of another statement are being read on this connection; read them to the end or "
         "close the stream first");
}

answer connection::perform(step s, std::string_view sql, std::vector<row> values) {
    check_connected();
    answer given = script_->make({s, number_, std::string(sql), std::move(values)});
    wait(given.delay, sql);
    bool const has_rows = s == step::execute || s == step::bulk;
    if (given.breaks() && (given.after == 0 || !has_rows)) break_off(given, s, sql);
    return given;
}

void connection::wait(std::chrono::milliseconds time, std::string_view sql) {
    if (time.count() <= 0) return;
    std::unique_lock lock(mutex_);
    cancelled_ = false;
    waiting_ = true;
    bool const stopped = wake_.wait_for(lock, time, [this] { return cancelled_; });
    waiting_ = false;
    lock.unlock();
    if (!stopped) return;
    error_info info = usual(error_kind::cancelled);
    info.message = "the statement was cancelled";
    info.statement = sql;
    raise(std::move(info));
}

void connection::cancel() noexcept {
    try {
        script_->make({step::cancel, number_, {}, {}});
    } catch (...) {
        return;  // the script lets the request fail
    }
    std::lock_guard const lock(mutex_);
    if (!waiting_) return;
    cancelled_ = true;
    wake_.notify_all();
}

void connection::break_off(answer const& given, step s, std::string_view sql) {
    error_info info;
    if (given.drops) {
        info = usual(s == step::commit ? error_kind::in_doubt : error_kind::connection_lost);
        info.message = "the mock dropped the connection before it answered";
    } else {
        info = *given.failure;
    }
    bool const statement = s >= step::prepare && s <= step::bulk;
    if (statement && info.statement.empty()) info.statement = sql;
    raise(std::move(info));
}

void connection::raise(error_info info) {
    if (!info.connection_usable) dead_ = true;
    auto const after = settle(info);
    if (info.transaction == transaction_state::none) info.transaction = after;
    throw error(std::move(info));
}

std::unique_ptr<driver::statement> connection::prepare(std::string_view sql,
                                                       type_info const* const*, unsigned count) {
    if (count > can().max_params)
        fail(error_kind::limit_exceeded, "more values than the database takes");
    perform(step::prepare, sql);
    return std::make_unique<statement>(*this, sql, count);
}

void connection::script(std::string_view sql) {
    check_free(nullptr);
    perform(step::script, sql);
}

std::int64_t connection::bulk_insert(driver::bulk_target const& target, field const* plan,
                                     unsigned fields, driver::row_source rows) {
    check_free(nullptr);
    std::vector<row> taken;
    auto const in_row = [&](error const& e) {
        error_info info = e.info();
        info.row = std::int64_t(taken.size());
        raise(std::move(info));
    };
    while (void const* object = rows.next(rows.context)) {
        try {
            taken.emplace_back(cells_of(plan, fields, object));
        } catch (error const& e) {
            in_row(e);
        }
    }
    auto const count = taken.size();
    answer given = perform(step::bulk, target.insert, std::move(taken));
    if (given.breaks() && given.after < count) {
        if (given.failure) given.failure->row = std::int64_t(given.after);
        break_off(given, step::bulk, target.insert);
    }
    return std::int64_t(count);
}

bool connection::alive(bool ask_server) noexcept {
    try {
        if (dropped()) return false;
        if (ask_server) perform(step::ping, {});
        return true;
    } catch (...) {
        dead_ = true;
        return false;
    }
}

}  // namespace relata::mock::detail
