// SPDX-License-Identifier: BSL-1.0

#include <relata/sql/query.hpp>

#include "sql/clause_data.hpp"
#include "sql/query_data.hpp"
#include "sql/scope.hpp"

#include <relata/core/error.hpp>

#include <utility>

namespace relata {
namespace sql {

written_text::written_text(std::string_view text, owned_values const& values) : text_(text) {
    if (text_.find('\0') != std::string::npos)
        fail(error_kind::invalid_argument, "hand-written SQL holds a NUL");
    auto const count = values.size();
    nodes_.resize(2 + 2 * std::size_t(count));
    node const* rest = &nodes_.back();  // the list's end
    for (unsigned i = count; i-- > 0;) {
        node& value = nodes_[1 + 2 * std::size_t(i)];
        value = {.kind = op::value, .params = 1, .type = values.data()[i].type};
        node& list = nodes_[2 + 2 * std::size_t(i)];
        list = {.kind = op::list,
                .params = std::uint16_t(count - i),
                .a = &value,
                .b = rest,
                .has_a = true,
                .has_b = true};
        rest = &list;
    }
    nodes_.front() = {.kind = op::raw,
                      .params = std::uint16_t(count),
                      .text = text_.c_str(),
                      .b = rest,
                      .has_b = true};
}

added_order::added_order(node const& list, param const* params, unsigned count)
    : values(params, count) {
    clause.tree = &list;
    clause.params = values.data();
    clause.count = values.size();
}

query_data::query_data(query_info& query, param const* params, unsigned count)
    : info(query), values(std::make_shared<owned_values const>(params, count)) {}

query_data::query_data(query_info& query, std::string_view sql, param const* params, unsigned count)
    : query_data(query, params, count) {
    text = std::make_shared<written_text const>(sql, *values);
}

query_data::query_data(query_data const& other)
    : info(other.info), values(other.values), text(other.text), extra(other.extra),
      orders(other.orders), limit(other.limit), offset(other.offset),
      kept_conditions_(other.kept_conditions_), kept_orders_(other.kept_orders_) {}

void query_data::add(condition const& c) {
    kept_conditions_.push_back(c);
    extra.push_back(&clause_of(c));
}

void query_data::add(std::shared_ptr<added_order const> order) {
    orders.push_back(&order->clause);
    kept_orders_.push_back(std::move(order));
}

}  // namespace sql

namespace detail {
namespace {

void check_count(std::int64_t count) {
    if (count < 0) fail(error_kind::invalid_argument, "limit and offset are not negative");
}

}  // namespace

stored_query::stored_query(sql::query_info& info, param const* values, unsigned count)
    : data_(new sql::query_data(info, values, count)) {}

stored_query::stored_query(sql::query_info& info, std::string_view text, param const* values,
                           unsigned count)
    : data_(new sql::query_data(info, text, values, count)) {}

stored_query::stored_query(stored_query const& other) noexcept : data_(other.data_) {
    data_->users.fetch_add(1, std::memory_order_relaxed);
}

stored_query& stored_query::operator=(stored_query const& other) noexcept {
    stored_query copy(other);
    std::swap(data_, copy.data_);
    return *this;
}

stored_query::~stored_query() {
    if (data_->users.fetch_sub(1, std::memory_order_acq_rel) == 1) delete data_;
}

// The data, not shared with another query.
sql::query_data& stored_query::own() {
    if (data_->tree().kind == sql::op::raw)
        fail(error_kind::invalid_argument,
             "nothing can be added to hand-written SQL; write it into the text");
    if (data_->users.load(std::memory_order_acquire) != 1) {
        auto* const mine = new sql::query_data(*data_);
        if (data_->users.fetch_sub(1, std::memory_order_acq_rel) == 1) delete data_;
        data_ = mine;
    }
    return *data_;
}

void stored_query::add_condition(condition const& c) {
    auto& mine = own();
    sql::check_clause(&mine.tree(), sql::clause_of(c));
    mine.add(c);
}

void stored_query::add_order(sql::node const& list, param const* values, unsigned count) {
    auto& mine = own();
    auto order = std::make_shared<sql::added_order const>(list, values, count);
    sql::check_clause(&mine.tree(), order->clause, sql::is_aggregated(&mine.tree()));
    mine.add(std::move(order));
}

void stored_query::set_limit(std::int64_t count) {
    check_count(count);
    own().limit = count;
}

void stored_query::set_offset(std::int64_t count) {
    check_count(count);
    own().offset = count;
}

}  // namespace detail
}  // namespace relata
