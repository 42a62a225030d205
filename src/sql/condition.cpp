// SPDX-License-Identifier: BSL-1.0

#include <relata/sql/condition.hpp>

#include "sql/clause_data.hpp"

#include <relata/core/error.hpp>

#include <algorithm>

namespace relata {
namespace sql {
namespace {

// The only clause that is not a clause_data, and is never counted.
constexpr clause everything{nullptr, nullptr, 0, nullptr, 0, false};

void acquire(clause const* c) noexcept {
    if (c != &everything)
        static_cast<clause_data const*>(c)->users.fetch_add(1, std::memory_order_relaxed);
}

void release(clause const* c) noexcept {
    if (c == &everything) return;
    auto const* const data = static_cast<clause_data const*>(c);
    if (data->users.fetch_sub(1, std::memory_order_acq_rel) == 1) delete data;
}

param clause_param(clause const* c) noexcept {
    param p{};
    p.object = c;
    p.type = &type_of<std::optional<bool>>;
    p.kind = kind::boolean;
    p.role = param::role::clause;
    return p;
}

}  // namespace

clause_data::clause_data(node const& condition_tree, param const* values, unsigned value_count)
    : clause{}, owned(values, value_count) {
    for (unsigned i = 0; i < owned.size(); ++i)
        if (owned.data()[i].role == param::role::clause)
            contain(*static_cast<clause const*>(owned.data()[i].object));
    tree = &condition_tree;
    params = owned.data();
    count = owned.size();
}

clause_data::clause_data(condition const* first, std::size_t number, bool or_else)
    : clause{}, owned(nullptr, 0), kept(first, first + number) {
    for (auto const& c : kept) {
        contain(clause_of(c));
        pointers.push_back(&clause_of(c));
    }
    parts = pointers.data();
    part_count = std::uint32_t(number);
    any = or_else;
}

void clause_data::contain(clause const& inner) {
    if (&inner == &everything) return;
    auto const& data = static_cast<clause_data const&>(inner);
    levels = std::max(levels, data.levels + 1);
    size += data.size;
    if (levels > most_levels)
        fail(error_kind::limit_exceeded, "conditions are nested more than 500 deep; join many of "
                                         "them with all_of() or any_of()");
    if (size > most_parts)
        fail(error_kind::limit_exceeded, "a condition has more than a million parts");
}

}  // namespace sql

condition::condition() noexcept : condition(&sql::everything) {}

condition::condition(sql::clause const* data) noexcept : value_(sql::clause_param(data)) {
    sql::acquire(data);
}

condition::condition(sql::node const& tree, param const* values, unsigned count)
    : value_(sql::clause_param(new sql::clause_data(tree, values, count))) {}

condition::condition(condition const& other) noexcept : value_(other.value_) {
    sql::acquire(&sql::clause_of(*this));
}

condition& condition::operator=(condition const& other) noexcept {
    sql::acquire(&sql::clause_of(other));
    sql::release(&sql::clause_of(*this));
    value_ = other.value_;
    return *this;
}

condition::~condition() { sql::release(&sql::clause_of(*this)); }

condition condition::joined(condition const* first, std::size_t count, bool any) {
    if (count == 0 && !any) return condition();
    if (count == 1) return *first;
    condition out;
    out.value_ = sql::clause_param(new sql::clause_data(first, count, any));
    return out;
}

}  // namespace relata
