// SPDX-License-Identifier: BSL-1.0
/// \file
/// What a `query<…>` points at: a query type, its values, and what was added at run time.
#pragma once

#include "sql/owned_values.hpp"

#include <relata/sql/query_info.hpp>

#include <atomic>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace relata::sql {

/// Hand-written SQL whose text came at run time, as a tree of its own.
class written_text {
public:
    written_text(std::string_view text, owned_values const& values);
    written_text(written_text const&) = delete;
    written_text& operator=(written_text const&) = delete;

    [[nodiscard]] node const& tree() const noexcept { return nodes_.front(); }

private:
    std::string text_;
    std::vector<node> nodes_;  // the text, then a list and a value for each value
};

/// A list of orders with its values.
struct added_order {
    added_order(node const& list, param const* params, unsigned count);
    added_order(added_order const&) = delete;
    added_order& operator=(added_order const&) = delete;

    owned_values values;
    sql::clause clause{};
};

/// Shared by the copies of a query, and copied before it is changed.
struct query_data {
    query_data(query_info& query, param const* params, unsigned count);
    query_data(query_info& query, std::string_view text, param const* params, unsigned count);
    query_data(query_data const& other);
    query_data& operator=(query_data const&) = delete;

    void add(condition const& c);
    void add(std::shared_ptr<added_order const> order);

    /// It is what its type says, so its statement is found by its type.
    [[nodiscard]] bool as_typed() const noexcept {
        return !info.dynamic && extra.empty() && orders.empty() && limit < 0 && offset < 0;
    }
    [[nodiscard]] node const& tree() const noexcept { return text ? text->tree() : *info.tree; }

    query_info& info;
    std::shared_ptr<owned_values const> values;
    std::shared_ptr<written_text const> text;
    std::vector<clause const*> extra;  ///< conditions
    std::vector<clause const*> orders;
    std::int64_t limit = -1;
    std::int64_t offset = -1;
    mutable std::atomic<std::uint32_t> users{1};

private:
    std::vector<condition> kept_conditions_;
    std::vector<std::shared_ptr<added_order const>> kept_orders_;
};

/// Keeps a query's data alive.
class query_lock {
public:
    explicit query_lock(query_data const& data) noexcept : data_(&data) {
        data.users.fetch_add(1, std::memory_order_relaxed);
    }
    query_lock(query_lock const&) = delete;
    query_lock& operator=(query_lock const&) = delete;
    ~query_lock() {
        if (data_->users.fetch_sub(1, std::memory_order_acq_rel) == 1) delete data_;
    }

private:
    query_data const* data_;
};

}  // namespace relata::sql
