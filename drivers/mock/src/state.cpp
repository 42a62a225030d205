// SPDX-License-Identifier: BSL-1.0
//
// Which rule answers a call, and the words for a call that none may answer.

#include "state.hpp"

#include "pattern.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace relata::mock::detail {
namespace {

bool is_statement(step s) noexcept {
    return s == step::execute || s == step::script || s == step::bulk;
}

bool concerns(rule_data const& r, step s) noexcept {
    return r.only ? *r.only == s : is_statement(s);
}

bool fits(rule_data const& r, call const& made, std::string_view text) {
    if (!concerns(r, made.step) || !matches(r.pattern, text)) return false;
    if (!r.values) return true;
    return made.values.size() == 1 && made.values.front().cells() == *r.values;
}

std::vector<std::string> numbered(std::size_t columns) {
    std::vector<std::string> names;
    for (std::size_t i = 1; i <= columns; ++i) names.push_back(fmt::format("column {}", i));
    return names;
}

}  // namespace

rule_data& state::add(rule_data made) {
    std::lock_guard const lock(mutex);
    return *rules.emplace_back(std::make_unique<rule_data>(std::move(made)));
}

unsigned state::open() {
    std::lock_guard const lock(mutex);
    ++connections;
    return ++opened;
}

void state::close() noexcept {
    std::lock_guard const lock(mutex);
    --connections;
}

unsigned state::drop_count() {
    std::lock_guard const lock(mutex);
    return drops;
}

// The first of the ordered rules that has not answered.
rule_data* state::head() noexcept {
    for (auto const& each : rules)
        if (each->ordered && !each->used_up()) return each.get();
    return nullptr;
}

// Rules in order come first when it is their turn, and last when it is not.
rule_data* state::find(call const& made) {
    std::string const text = plain(made.sql);
    auto* const next = head();
    if (next && fits(*next, made, text)) return next;
    for (bool const ordered : {false, true})
        for (auto const& each : rules)
            if (each->ordered == ordered && !each->used_up() && fits(*each, made, text))
                return each.get();
    return nullptr;
}

answer state::make(call made) {
    std::lock_guard const lock(mutex);
    auto const& kept = calls.emplace_back(std::move(made));
    auto* const found = find(kept);
    if (!found) {
        if (is_statement(kept.step)) unscripted(kept.sql);
        return {};
    }
    if (found->ordered && found != head()) out_of_order(*found, kept);
    ++found->runs;
    answer given = found->answer;
    if (given.makes_keys && !given.key) given.key = found->runs;
    return given;
}

std::optional<std::vector<std::string>> state::columns_of(std::string_view sql) {
    std::lock_guard const lock(mutex);
    std::string const text = plain(sql);
    for (auto const& each : rules) {
        if (each->used_up() || !concerns(*each, step::execute) || !matches(each->pattern, text))
            continue;
        auto const& a = each->answer;
        if (!a.columns.empty()) return a.columns;
        if (a.rows && !a.rows->empty()) return numbered(a.rows->front().size());
        if (a.rows || a.breaks()) return std::nullopt;
        return numbered(a.key || a.makes_keys ? 1 : 0);
    }
    unscripted(sql);
}

void state::complain(std::string message) {
    complaints.push_back(message);
    error_info info;
    info.kind = error_kind::invalid_argument;
    info.message = std::move(message);
    throw error(std::move(info));
}

void state::out_of_order(rule_data const& found, call const& made) {
    auto const* const first = head();
    complain(fmt::format("the mock expects '{}' before this: {}",
                         first ? first->shown : found.shown, made.sql));
}

void state::unscripted(std::string_view sql) {
    std::string const text = plain(sql);
    std::string message = fmt::format("the mock has no answer for this statement: {}", sql);
    for (auto const& each : rules) {
        if (each->only && !is_statement(*each->only)) continue;
        if (!matches(each->pattern, text)) continue;
        message += fmt::format("; its rule '{}' {}", each->shown,
                               each->used_up() ? "has answered as often as it may"
                                               : "is for other values or another call");
        complain(std::move(message));
    }
    message += rules.empty() ? "; there are no rules" : "; the rules are for other statements";
    complain(std::move(message));
}

}  // namespace relata::mock::detail
