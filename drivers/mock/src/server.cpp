// SPDX-License-Identifier: BSL-1.0

#include <relata/mock.hpp>

#include "cell_sink.hpp"
#include "pattern.hpp"
#include "state.hpp"
#include "words.hpp"

#include <relata/schema/model.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <unordered_map>

namespace relata::mock {
namespace detail {
namespace {

struct directory {
    std::mutex mutex;
    std::unordered_map<std::string, std::weak_ptr<state>> servers;
};

// Never destroyed: servers may be statics themselves.
directory& known() {
    static auto& only = *new directory;
    return only;
}

void forget_server(std::string const& name) noexcept {
    std::lock_guard const lock(known().mutex);
    known().servers.erase(name);
}

std::string fresh_name() {
    static std::atomic<unsigned> next{1};
    return fmt::format("server-{}", next++);
}

}  // namespace

std::shared_ptr<state> find_server(std::string const& name) {
    std::lock_guard const lock(known().mutex);
    auto const found = known().servers.find(name);
    return found == known().servers.end() ? nullptr : found->second.lock();
}

void keep_server(std::shared_ptr<state> const& server) {
    std::lock_guard const lock(known().mutex);
    if (!known().servers.emplace(server->name, server).second)
        fail(error_kind::already_exists,
             fmt::format("there is a mock server called '{}' already", server->name));
}

}  // namespace detail

server::server(dialect::family family, std::uint32_t version)
    : server(detail::fresh_name(), family, version) {}

server::server(std::string_view name, dialect::family family, std::uint32_t version)
    : state_(
          std::make_shared<detail::state>(std::string(name), detail::make_role(family, version))) {
    constexpr std::string_view letters =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.";
    if (name.empty() || name.find_first_not_of(letters) != name.npos)
        fail(error_kind::invalid_argument,
             "the name of a mock server is letters, digits, '_', '-' and '.'");
    detail::keep_server(state_);
}

server::~server() { detail::forget_server(state_->name); }

std::string server::url() const { return "mock:" + state_->name; }

rule server::on(std::string_view pattern) {
    detail::rule_data made;
    made.pattern = detail::plain(pattern);
    made.shown = pattern;
    return {state_, state_->add(std::move(made))};
}

rule server::on(step s, std::string_view pattern) {
    detail::rule_data made;
    made.only = s;
    made.pattern = detail::plain(pattern);
    made.shown = pattern == "*" ? std::string(detail::name_of(s)) : std::string(pattern);
    return {state_, state_->add(std::move(made))};
}

rule server::in_order(rule r) {
    std::lock_guard const lock(state_->mutex);
    r.data_->ordered = true;
    r.data_->most = 1;
    return r;
}

rule server::next(std::string_view pattern) { return in_order(on(pattern)); }
rule server::next(step s, std::string_view pattern) { return in_order(on(s, pattern)); }

rule server::add(detail::scripted_query const& query) {
    auto const text = dialect::render(query.source, *state_->role.spelling);
    auto const made = on(std::string_view(text.text));
    if (!query.whole) return made;
    return made.with_values(detail::cells_of(text.values.data(), unsigned(text.values.size())));
}

rule server::add_object(sql::node const* tree, bool makes_keys) {
    auto const text = dialect::to_sql({tree, nullptr, 0}, *state_->role.spelling);
    auto const made = on(text + "*").affects(1);  // an insert may be followed by RETURNING
    std::lock_guard const lock(state_->mutex);
    made.data_->answer.makes_keys = makes_keys;
    return made;
}

std::vector<call> server::calls() const {
    std::lock_guard const lock(state_->mutex);
    return state_->calls;
}

std::vector<std::string> server::sent() const {
    std::lock_guard const lock(state_->mutex);
    std::vector<std::string> lines;
    for (auto const& each : state_->calls)
        if (each.step >= step::execute && each.step <= step::rollback_to)
            lines.push_back(each.text());
    return lines;
}

void server::forget() {
    std::lock_guard const lock(state_->mutex);
    state_->calls.clear();
}

void server::drop_connections() {
    std::lock_guard const lock(state_->mutex);
    ++state_->drops;
}

unsigned server::connections() const {
    std::lock_guard const lock(state_->mutex);
    return state_->connections;
}

void server::verify() const {
    std::lock_guard const lock(state_->mutex);
    std::vector<std::string> wrong = state_->complaints;
    for (auto const& each : state_->rules)
        if (each->most != 0 && each->runs < each->most)
            wrong.push_back(
                fmt::format("'{}' came {} times of {}", each->shown, each->runs, each->most));
    if (wrong.empty()) return;
    fail(error_kind::invalid_argument,
         fmt::format("the script of the mock was not kept: {}", fmt::join(wrong, "; ")));
}

}  // namespace relata::mock
