// SPDX-License-Identifier: BSL-1.0

#include <relata/engine/database.hpp>

#include "engine/pinned.hpp"
#include "engine/pool.hpp"
#include "engine/url.hpp"

#include <utility>

namespace relata {

struct connection::state {
    engine::pinned source;
    explicit state(engine::source& pool) : source(pool) {}
};

connection::connection(state* s) : handle(&s->source), state_(s) {}

connection::connection(connection&& other) noexcept
    : handle(other.source_), state_(std::exchange(other.state_, nullptr)) {}

connection::~connection() { delete state_; }

transaction connection::begin(transaction_options options) {
    return relata::transaction(*source_, options);
}

void connection::run_script(std::string_view statements) {
    engine::run_script(*source_, statements);
}

dialect::dialect const& connection::spelling() const noexcept {
    return state_->source.held().connection().spelling();
}

void connection::cancel() noexcept { state_->source.held().connection().cancel(); }

void* connection::native() noexcept { return state_->source.held().connection().native(); }

database::database(engine::pool* pool) : handle(pool), pool_(pool) {}

database::database(database const& other) noexcept : handle(other.source_), pool_(other.pool_) {
    pool_->add_user();
}

database& database::operator=(database const& other) noexcept {
    other.pool_->add_user();
    pool_->drop_user();
    pool_ = other.pool_;
    source_ = other.source_;
    return *this;
}

database::~database() { pool_->drop_user(); }

connection database::connect() const { return connection(new connection::state(*source_)); }

transaction database::begin(transaction_options options) const {
    return relata::transaction(*source_, options);
}

void database::on_statement(log_function f, void* context) { pool_->on_statement(f, context); }

std::string_view database::driver() const noexcept { return pool_->driver().name; }

std::string database::server() const {
    engine::pinned held(*source_);
    return held.held().connection().can().server;
}

void database::run_script(std::string_view statements) const {
    engine::run_script(*source_, statements);
}

database open(std::string_view url) {
    auto address = engine::parse_url(url);
    auto const options = engine::take_pool_options(address);
    return database(new engine::pool(std::move(address), options));
}

database open(driver::lent connection) { return database(new engine::pool(std::move(connection))); }

}  // namespace relata
