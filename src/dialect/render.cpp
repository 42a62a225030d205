// SPDX-License-Identifier: BSL-1.0
//
// Turns a query tree into text and the values of its placeholders.
//
// Path of a query, step 3 of 5. Before: src/engine/session.cpp has a query that it has not prepared
// yet. Next: relata/driver/driver.hpp prepares the text and binds the values.
//
// Numbered placeholders carry the number of their param, so that a query without parts made at run
// time binds its params as they are. Where placeholders have no numbers, or lists and conditions
// come in at run time, `order` tells what fills each placeholder.

#include "dialect/renderer.hpp"

#include "sql/scope.hpp"

#include <relata/core/error.hpp>

#include <algorithm>
#include <utility>

namespace relata::dialect {
namespace {

constexpr unsigned longest_list = 1000;
constexpr std::uint32_t longest_row = 64;

std::size_t most_values(family id) {
    if (id == family::firebird) return 1400;  // a message has 64 KiB
    return id == family::sqlite ? 32766 : 65535;
}

// Lists are padded to a power of two, so that lists of any length make few different texts.
unsigned padded(unsigned count) {
    unsigned size = 1;
    while (size < count) size *= 2;
    return size < longest_list ? size : longest_list;
}

std::string_view name_of(family id) {
    switch (id) {
    case family::sqlite: return "SQLite";
    case family::postgresql: return "PostgreSQL";
    case family::mysql: return "MySQL";
    case family::mariadb: return "MariaDB";
    case family::firebird: return "Firebird";
    }
    return "";
}

bool empty_all(sql::clause const& c) { return !c.tree && c.part_count == 0 && !c.any; }

}  // namespace

renderer::renderer(dialect const& spelling, param const* params, unsigned count, bool literals)
    : spelling_(spelling), params_(params), count_(count), literals_(literals),
      qualify_(!literals) {
    for (unsigned i = 0; i < count; ++i)
        if (params[i].role != param::role::value) dynamic_ = true;
}

void renderer::statement(source const& query) {
    if (query.extra_count || query.order_count || query.limit >= 0 || query.offset >= 0)
        dynamic_ = true;
    if (query.tree->kind == op::raw) return hand_written(query);
    check_clauses(query);
    switch (query.tree->kind) {
    case op::find_object:
    case op::update_object:
    case op::remove_object: return whole_object(*query.tree);
    default: break;
    }
    auto const parts = parts_of(*query.tree, 0);
    switch (parts.head.node->kind) {
    case op::update: return update(parts, &query);
    case op::insert: return insert(parts, &query);
    case op::remove: return remove(parts, &query);
    default: return select(parts, &query);
    }
}

// The typed parts of a query were checked while compiling, what was added at run time is checked here.
void renderer::check_clauses(source const& query) const {
    if (!dynamic_) return;
    sql::check_statement(query.tree, query.params);
    for (unsigned i = 0; i < query.extra_count; ++i) sql::check_clause(query.tree, *query.extra[i]);
    bool const grouped = query.order_count && sql::is_aggregated(query.tree);
    for (unsigned i = 0; i < query.order_count; ++i)
        sql::check_clause(query.tree, *query.orders[i], grouped);
}

rendered renderer::take() && {
    if (!dynamic_ && !counted() && out_.types.empty()) {
        for (unsigned i = 0; i < count_; ++i) {
            out_.values.push_back(params_[i]);
            out_.order.push_back(static_cast<std::uint16_t>(i));
            out_.types.push_back(params_[i].type);
        }
    }
    if (out_.types.size() > most_values(id()))
        fail(error_kind::limit_exceeded, "the statement has more values than the database takes");
    out_.straight = !dynamic_ && (out_.values.empty() || out_.order.size() == count_);
    for (std::size_t i = 0; i < out_.order.size(); ++i)
        if (out_.order[i] != i) out_.straight = false;
    return std::move(out_);
}

param const& renderer::param_at(unsigned at) const {
    if (at >= count_) fail(error_kind::invalid_argument, "a query has fewer values than its tree");
    return params_[at];
}

void renderer::place(param const& p, std::uint16_t origin) {
    if (literals_) return append_literal(out_.text, p, spelling_);
    unsigned number = origin;
    if (dynamic_ || counted()) {
        number = static_cast<unsigned>(out_.values.size());
        out_.values.push_back(p);
        out_.order.push_back(in_clause_ ? rendered::computed : origin);
        out_.types.push_back(p.type);
    }
    placeholder(number, *p.type);
}

void renderer::placeholder(unsigned number, type_info const& type) {
    spelling_.append_placeholder(out_.text, number, type, number == numbered_);
    numbered_ = std::max(numbered_, number + 1);
}

void renderer::value(term t) {
    auto const& p = param_at(t.at);
    switch (p.role) {
    case param::role::value: return place(p, static_cast<std::uint16_t>(t.at));
    case param::role::clause: return clause(*static_cast<sql::clause const*>(p.object));
    case param::role::list:
    case param::role::toggle: break;
    }
    fail(error_kind::invalid_argument, "a list or a switch stands where a value belongs");
}

void renderer::list_elements(param const& list, form to, bool fold) {
    if (list.count > longest_list)
        fail(error_kind::limit_exceeded,
             "a list has more than 1000 elements; use several queries or a join");
    // the text of each element is that of a value node, so that its form can be converted
    sql::node const value{.kind = op::value, .params = 1, .type = list.type};
    auto const outer_params = std::exchange(params_, nullptr);
    auto const outer_count = std::exchange(count_, 1);
    auto const outer_in_clause = std::exchange(in_clause_, true);
    auto const size = padded(list.count);
    auto const* first = static_cast<char const*>(list.object);
    for (unsigned i = 0; i < size; ++i) {
        auto const n = i < list.count ? i : list.count - 1;
        param const one = element(*list.type, first + std::size_t(n) * list.type->size);
        params_ = &one;
        if (i) put(", ");
        write_as({&value, 0, to, fold});
    }
    params_ = outer_params;
    count_ = outer_count;
    in_clause_ = outer_in_clause;
}

void renderer::clause(sql::clause const& c) {
    if (!c.tree) return clause_parts(c);
    auto const outer_params = std::exchange(params_, c.params);
    auto const outer_count = std::exchange(count_, c.count);
    auto const outer_in_clause = std::exchange(in_clause_, true);
    expression({c.tree, 0});
    params_ = outer_params;
    count_ = outer_count;
    in_clause_ = outer_in_clause;
}

void renderer::clause_parts(sql::clause const& c) {
    if (c.part_count == 0) return truth(!c.any);
    clause_parts(c.parts, c.part_count, c.any);
}

// Many parts are grouped by halves: SQLite takes no expression that is nested a thousand times, and
// for its parser a long row of ANDs is nested.
void renderer::clause_parts(sql::clause const* const* parts, std::uint32_t count, bool any) {
    char const* const word = any ? " OR " : " AND ";
    put("(");
    if (count > longest_row) {
        clause_parts(parts, count / 2, any);
        put(word);
        clause_parts(parts + count / 2, count - count / 2, any);
    } else {
        for (std::uint32_t i = 0; i < count; ++i) {
            if (i) put(word);
            clause(*parts[i]);
        }
    }
    put(")");
}

// Whether a condition is always true because its switch is off.
bool renderer::left_out(term t) const {
    switch (t.node->kind) {
    case op::toggle: return param_at(t.at).count == 0;
    case op::clause: return empty_all(*static_cast<sql::clause const*>(param_at(t.at).object));
    case op::and_:
        return left_out({t.node->a, t.at}) && left_out({t.node->b, t.at + params_of(t.node->a)});
    default: return false;
    }
}

void renderer::conditions(char const* word, std::vector<link> const& links, source const* extra) {
    char const* separator = word;
    for (auto const& l : links) {
        term const condition{l.node->b, l.at};
        if (left_out(condition)) continue;
        put(std::exchange(separator, " AND "));
        expression(condition);
    }
    if (!extra) return;
    std::vector<sql::clause const*> added;
    for (unsigned i = 0; i < extra->extra_count; ++i)
        if (!empty_all(*extra->extra[i])) added.push_back(extra->extra[i]);
    if (added.size() > longest_row) {
        put(separator);
        return clause_parts(added.data(), std::uint32_t(added.size()), false);
    }
    for (auto const* one : added) {
        put(std::exchange(separator, " AND "));
        clause(*one);
    }
}

void renderer::write(char const* pattern, std::initializer_list<term> terms) {
    for (char const* c = pattern; *c; ++c) {
        if (*c != '%') {
            out_.text += *c;
            continue;
        }
        ++c;
        if (*c == '%') out_.text += '%';
        else write_as(terms.begin()[*c - '0']);
    }
}

void renderer::truth(bool value) {
    if (firebird()) put(value ? "(1 = 1)" : "(1 = 0)");
    else if (sqlite()) put(value ? "1" : "0");
    else put(value ? "TRUE" : "FALSE");
}

void renderer::unsupported(std::string_view what) const {
    fail(error_kind::not_supported, std::string(name_of(id())) + ": " + std::string(what));
}

std::string_view renderer::binary_collation() const noexcept {
    switch (id()) {
    case family::sqlite: return "BINARY";
    case family::postgresql: return "\"C\"";
    case family::mariadb: return "utf8mb4_nopad_bin";
    case family::mysql: return "utf8mb4_0900_bin";
    case family::firebird: break;  // text is bytes there
    }
    return "";
}

rendered render(source const& query, dialect const& spelling) {
    renderer r(spelling, query.params, query.count, false);
    r.statement(query);
    return std::move(r).take();
}

std::string to_sql(source const& query, dialect const& spelling) {
    return render(query, spelling).text;
}

}  // namespace relata::dialect
