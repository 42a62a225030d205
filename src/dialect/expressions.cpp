// SPDX-License-Identifier: BSL-1.0
//
// Which function writes which node, and the nodes that need no more than a line.

#include "dialect/renderer.hpp"

#include <relata/core/error.hpp>
#include <relata/sql/question_marks.hpp>

#include <utility>

namespace relata::dialect {

void renderer::expression(term t) {
    node const& n = *t.node;
    switch (n.kind) {
    case op::column: return column(n);
    case op::all_columns: return all_columns(*n.a);
    case op::value:
    case op::named:
    case op::clause: return value(t);
    case op::raw: return raw(t);
    case op::output: return name(n.text);
    case op::now: return now();
    case op::list: return list(t);
    case op::alias:
        expression({n.a, t.at});
        put(" AS ");
        return name(n.b->text);
    case op::coalesce:
    case op::nullif:
    case op::case_: return branches(t);
    case op::subquery: return subselect({n.a, t.at}, false);
    case op::add:
    case op::sub:
    case op::mul:
    case op::div:
    case op::mod:
    case op::neg:
    case op::abs:
    case op::round: return arithmetic(t);
    case op::concat:
    case op::contains:
    case op::starts_with:
    case op::ends_with:
    case op::like:
    case op::lower:
    case op::upper:
    case op::length:
    case op::trim:
    case op::substr:
    case op::replace: return text_function(t);
    case op::cast: return cast(t);
    case op::year:
    case op::month:
    case op::day: return date_part(t);
    case op::count_all:
    case op::count:
    case op::count_distinct:
    case op::sum:
    case op::min:
    case op::max:
    case op::avg: return aggregate(t);
    case op::reference_on: return reference_on(n);
    default: return condition(t);
    }
}

// Words of the program's own; every '?' outside of quotes is the next expression of the list.
void renderer::raw(term t) {
    term rest{t.node->b, t.at};
    std::string_view const words = t.node->text;
    std::size_t from = 0;
    for (;;) {
        auto const mark = relata::detail::next_question_mark(words, from);
        put(words.substr(from, mark - from));
        if (mark == words.npos) break;
        if (relata::detail::is_doubled_mark(words, mark)) {
            put("?");
            from = mark + 2;
            continue;
        }
        if (!rest.node || rest.node->kind != op::list)
            fail(error_kind::invalid_argument,
                 "hand-written SQL has more question marks than values");
        expression({rest.node->a, rest.at});
        rest = {rest.node->b, rest.at + params_of(rest.node->a)};
        from = mark + 1;
    }
    if (rest.node && rest.node->kind == op::list)
        fail(error_kind::invalid_argument, "hand-written SQL has fewer question marks than values");
}

// A whole statement of the program's own.
void renderer::hand_written(source const& query) {
    if (query.extra_count || query.order_count || query.limit >= 0 || query.offset >= 0)
        fail(error_kind::invalid_argument, "nothing can be added to hand-written SQL");
    raw({query.tree, 0});
}

void renderer::branches(term t) {
    node const& n = *t.node;
    form const to = form_of(n);
    if (n.kind != op::case_) {
        return write(n.kind == op::coalesce ? "coalesce(%0, %1)" : "nullif(%0, %1)",
                     {{n.a, t.at, to}, {n.b, t.at + params_of(n.a), to}});
    }
    put("CASE");
    term rest{n.a, t.at};
    for (; rest.node && rest.node->kind == op::list;
         rest = {rest.node->b, rest.at + params_of(rest.node->a)}) {
        node const& when = *rest.node->a;
        write(" WHEN %0 THEN %1", {{when.a, rest.at}, {when.b, rest.at + params_of(when.a), to}});
    }
    if (n.b && n.b->kind != op::end) write(" ELSE %0", {{n.b, t.at + params_of(n.a), to}});
    put(" END");
}

// The moment when the statement began, on every back end; PostgreSQL's now() would be that of the
// transaction.
void renderer::now() {
    switch (id()) {
    case family::sqlite: return put("strftime('%Y-%m-%d %H:%M:%f000', 'now')");
    case family::postgresql: return put("statement_timestamp()");
    case family::mysql:
    case family::mariadb: return put("utc_timestamp(6)");
    case family::firebird:
        unsupported(
            "its clock tells the time of the server's place, not UTC; bind the time instead");
    }
}

}  // namespace relata::dialect
