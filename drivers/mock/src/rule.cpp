// SPDX-License-Identifier: BSL-1.0

#include <relata/mock/rule.hpp>

#include "errors.hpp"
#include "state.hpp"

namespace relata::mock {
namespace {

template <class F> auto locked(detail::state& state, F change) {
    std::lock_guard const lock(state.mutex);
    return change();
}

}  // namespace

std::string call::text() const {
    std::string out = sql;
    for (auto const& each : values)
        if (each.size() != 0) out += ' ' + each.text();
    return out;
}

rule::rule(std::shared_ptr<detail::state> state, detail::rule_data& data)
    : state_(std::move(state)), data_(&data) {}

rule rule::with_values(std::vector<cell> values) const {
    locked(*state_, [&] { data_->values = std::move(values); });
    return *this;
}

rule rule::returns(std::vector<row> rows) const {
    auto kept = std::make_shared<std::vector<row> const>(std::move(rows));
    locked(*state_, [&] { data_->answer.rows = std::move(kept); });
    return *this;
}

rule rule::columns(std::vector<std::string> names) const {
    locked(*state_, [&] { data_->answer.columns = std::move(names); });
    return *this;
}

rule rule::affects(std::int64_t rows) const {
    locked(*state_, [&] { data_->answer.affected = rows; });
    return *this;
}

rule rule::inserts(std::int64_t key) const {
    locked(*state_, [&] {
        data_->answer.affected = 1;
        data_->answer.key = key;
    });
    return *this;
}

rule rule::fails(error_kind kind) const { return fails(detail::usual(kind)); }

rule rule::fails(error_info info) const {
    locked(*state_, [&] { data_->answer.failure = std::move(info); });
    return *this;
}

rule rule::drops_connection() const {
    locked(*state_, [&] { data_->answer.drops = true; });
    return *this;
}

rule rule::after(std::size_t rows) const {
    locked(*state_, [&] { data_->answer.after = rows; });
    return *this;
}

rule rule::delays(std::chrono::milliseconds time) const {
    locked(*state_, [&] { data_->answer.delay = time; });
    return *this;
}

rule rule::times(unsigned most) const {
    if (most == 0) fail(error_kind::invalid_argument, "a rule answers at least once");
    locked(*state_, [&] { data_->most = most; });
    return *this;
}

unsigned rule::runs() const {
    return locked(*state_, [&] { return data_->runs; });
}

}  // namespace relata::mock
