// SPDX-License-Identifier: BSL-1.0
/// \file
/// Statements put together node by node, as the typed builder does while compiling, and what each
/// dialect makes of them.
#pragma once

#include <relata/dialect/dialect.hpp>
#include <relata/sql/functions.hpp>

#include <deque>
#include <string>
#include <vector>

namespace test {

using relata::param;
using relata::dialect::family;
using relata::sql::node;
using relata::sql::op;

inline relata::dialect::dialect const& sqlite() {
    return relata::dialect::dialect_for(family::sqlite, 34001);
}
inline relata::dialect::dialect const& postgresql() {
    return relata::dialect::dialect_for(family::postgresql, 150020);
}
inline relata::dialect::dialect const& mariadb() {
    return relata::dialect::dialect_for(family::mariadb, 101119);
}
inline relata::dialect::dialect const& mysql() {
    return relata::dialect::dialect_for(family::mysql, 80400);
}

template <class T> node const& table_node() {
    return relata::sql::node_of<relata::detail::table_shape<T>>;
}

template <class T> relata::schema::table const& model() {
    return relata::schema::model_of(relata::detail::table_data_of<T>());
}

class chain {
public:
    chain(op root, node const& table) { top_ = &keep({.kind = root, .b = &table}); }

    /// A clause with a list of expressions, orderings or assignments.
    template <class... E> chain& list(op kind, E const&... e) {
        std::vector<node const*> trees;
        (trees.push_back(take(e)), ...);
        return clause(kind, *list_of(trees, 0));
    }
    /// A clause with one expression.
    template <class E> chain& one(op kind, E const& e) {
        node const* tree = take(e);
        return clause(kind, *tree);
    }
    /// A clause without anything.
    chain& word(op kind) {
        top_ = &keep({.kind = kind, .params = top_->params, .a = top_});
        return *this;
    }
    /// A join on a condition.
    template <class C> chain& join(op kind, node const& table, C const& condition) {
        node const* tree = take(condition);
        return clause(kind, keep({.kind = op::list, .params = tree->params, .a = &table, .b = tree}));
    }
    /// A join on the declared reference.
    chain& join(op kind, node const& table, node const& other) {
        node const& on = keep({.kind = op::reference_on, .a = &table, .b = &other});
        return clause(kind, keep({.kind = op::list, .a = &table, .b = &on}));
    }
    chain& correlate(node const& table) { return clause(op::correlate, table); }

    [[nodiscard]] node const& tree() const { return *top_; }
    [[nodiscard]] std::vector<param> const& params() const { return params_; }
    [[nodiscard]] relata::dialect::source source() const {
        return {top_, params_.data(), unsigned(params_.size())};
    }
    [[nodiscard]] relata::dialect::rendered on(relata::dialect::dialect const& d) const {
        return relata::dialect::render(source(), d);
    }
    [[nodiscard]] std::string sql(relata::dialect::dialect const& d) const {
        return relata::dialect::to_sql(source(), d);
    }

private:
    node const& keep(node n) { return nodes_.emplace_back(n); }

    chain& clause(op kind, node const& b) {
        auto const params = static_cast<std::uint16_t>(top_->params + b.params);
        top_ = &keep({.kind = kind, .params = params, .a = top_, .b = &b});
        return *this;
    }

    template <class E> node const* take(E const& e) {
        for (unsigned i = 0; i < E::param_count; ++i) params_.push_back(e.values()[i]);
        if constexpr (requires { typename E::order_shape; })
            return &relata::sql::node_of<typename E::order_shape>;
        else if constexpr (requires { typename E::assignment_shape; })
            return &relata::sql::node_of<typename E::assignment_shape>;
        else return &e.tree();
    }

    node const* list_of(std::vector<node const*> const& trees, std::size_t from) {
        if (from == trees.size()) return &keep({.kind = op::end});
        node const* rest = list_of(trees, from + 1);
        auto const params = static_cast<std::uint16_t>(trees[from]->params + rest->params);
        return &keep({.kind = op::list, .params = params, .a = trees[from], .b = rest});
    }

    std::deque<node> nodes_;  // never moves what it holds
    std::vector<param> params_;
    node const* top_;
};

/// SELECT … FROM the table of T.
template <class T> chain from() { return chain(op::from, table_node<T>()); }

}  // namespace test
