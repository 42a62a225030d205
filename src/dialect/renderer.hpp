// SPDX-License-Identifier: BSL-1.0
/// \file
/// The walk over a query tree that writes its text. Bodies are spread over files by idea:
/// render.cpp (entry, placeholders), select.cpp, full_join.cpp, change.cpp (INSERT, UPDATE, DELETE), whole_object.cpp,
/// tables.cpp, expressions.cpp, conditions.cpp, scale.cpp and arithmetic.cpp, text_functions.cpp, aggregates.cpp,
/// casts.cpp.
#pragma once

#include "dialect/form.hpp"
#include "dialect/statement_parts.hpp"

#include <relata/dialect/dialect.hpp>

#include <initializer_list>
#include <vector>

namespace relata::dialect {

/// A node and the number of its first param; written in the given numeric form.
struct term {
    sql::node const* node;
    unsigned at;
    form to{};
    bool fold = false;  ///< in lower case, so that comparing disregards the case of ASCII letters
};

// Invariant: a value never becomes part of a statement's text. Each value node appends one
// placeholder to the text and one entry to `values`, `order` and `types`. Only in DDL, where nothing
// can be bound, values are written as literals.
class renderer {
public:
    /// `literals`: write values into the text and columns without their table, as DDL needs it.
    renderer(dialect const& spelling, param const* params, unsigned count, bool literals);

    void statement(source const& query);
    void check(sql::node const& condition) { expression({&condition, 0}); }
    [[nodiscard]] rendered take() &&;

private:
    using node = sql::node;
    using op = sql::op;

    // render.cpp: placeholders, values made at run time, pieces of text
    void value(term t);
    void list_elements(param const& list, form to, bool fold);
    void place(param const& p, std::uint16_t origin);
    void placeholder(unsigned number, type_info const& type);
    void check_clauses(source const& query) const;
    void clause(sql::clause const& c);
    void clause_parts(sql::clause const& c);
    void clause_parts(sql::clause const* const* parts, std::uint32_t count, bool any);
    void conditions(char const* word, std::vector<link> const& links, source const* extra);
    [[nodiscard]] bool left_out(term t) const;
    [[nodiscard]] param const& param_at(unsigned at) const;
    void put(std::string_view text) { out_.text += text; }
    void name(std::string_view text) { spelling_.append_identifier(out_.text, text); }
    void write(char const* pattern, std::initializer_list<term> terms);
    void truth(bool value);
    [[noreturn]] void unsupported(std::string_view what) const;

    // select.cpp
    void select(statement_parts const& parts, source const* query);
    void select_list(statement_parts const& parts);
    void refuse_incomparable_in(node const* list) const;
    void joins(statement_parts const& parts, std::size_t first);
    void join(link const& l, op kind);
    void order_by(statement_parts const& parts, source const* query);
    void added_orders(statement_parts const& parts, sql::clause const& added, char const* separator,
                      bool outer);
    void order_item(term t, statement_parts const& parts, bool outer);
    [[nodiscard]] term named_output(term t, statement_parts const& parts) const;
    void limits(statement_parts const& parts, source const* query);
    void row_count(link l, std::int64_t added);
    void subselect(term chain, bool in_condition);
    void list(term t, char const* separator = ", ");

    // full_join.cpp
    [[nodiscard]] std::size_t begin_full_join(statement_parts const& parts);
    void full_join(statement_parts const& parts, std::size_t joins);
    void full_join_half(statement_parts const& parts, std::size_t joins, op last);
    void missing_first_table(statement_parts const& parts);
    bool full_join_column(node const& table_node, std::string_view column);

    // change.cpp
    void insert(statement_parts const& parts, source const* query);
    void update(statement_parts const& parts, source const* query);
    void remove(statement_parts const& parts, source const* query);
    void assignments(statement_parts const& parts);
    void refuse_reading_what_was_set(std::vector<term> const& assigns) const;
    void returning(statement_parts const& parts);

    // whole_object.cpp
    void whole_object(node const& n);
    void insert_object(schema::table const& model);
    void set_object(schema::table const& model);
    void field_placeholder(schema::column const& c);

    // tables.cpp
    void table(node const& t);
    void column(node const& n);
    void qualified(node const& table_node, std::string_view column);
    void all_columns(node const& table_node);
    void reference_on(node const& n);

    // expressions.cpp
    void expression(term t);
    void raw(term t);
    void hand_written(source const& query);
    void branches(term t);
    void now();

    // conditions.cpp
    void condition(term t);
    void compare(term t);
    void both(term t, bool all);
    void in_list(term t);
    void in_query(term t);
    void between(term t);
    void refuse_json(node const& n) const;
    void compare_bytes(op kind, term a, term b);
    [[noreturn]] void refuse_bytes() const;
    void refuse_bytes(node const& n) const;
    [[nodiscard]] static bool is_bytes(node const& n);
    [[nodiscard]] bool folds(node const& n) const;

    // scale.cpp
    [[nodiscard]] form form_of(node const& n) const;
    [[nodiscard]] form form_of_branches(node const& n) const;
    [[nodiscard]] form form_of_query(node const& chain) const;
    [[nodiscard]] form form_of_column(type_info const& type) const;
    [[nodiscard]] form common(form a, form b) const;
    [[nodiscard]] form number(node const& n) const;
    void write_as(term t);
    void scaled_as(term t, form from);
    void narrow(term t, form from);
    void rounded(term t, unsigned drop);

    // arithmetic.cpp
    void arithmetic(term t);
    void sum_or_difference(term t, char const* sign);
    void product(term t);
    void quotient(term t);
    void whole(term t);
    void round(term t);
    [[nodiscard]] bool widened(node const& n, std::string_view& type) const;

    // text_functions.cpp
    void text_function(term t);
    void match(term t);
    void change_case(term t, bool lower);
    void length(term t);
    void substr(term t);
    void replace(term t);

    // aggregates.cpp
    void aggregate(term t);
    void sum(term t);
    void average(term t);
    void extreme(term t, bool least);

    // casts.cpp
    void cast(term t);
    void cast_to_integer(term t, type_info const& from, type_info const& to);
    void cast_to_real(term t, type_info const& from);
    void cast_to_decimal(term t, type_info const& from, type_info const& to);
    void cast_to_text(term t, type_info const& from);
    void cast_to_moment(term t, type_info const& from, type_info const& to);
    void decimal_as_text(term t, unsigned scale);
    void uuid_as_text(term t);
    void date_part(term t);

    [[nodiscard]] family id() const noexcept { return spelling_.id(); }
    [[nodiscard]] bool sqlite() const noexcept { return id() == family::sqlite; }
    [[nodiscard]] bool postgresql() const noexcept { return id() == family::postgresql; }
    [[nodiscard]] bool my() const noexcept {
        return id() == family::mysql || id() == family::mariadb;
    }
    [[nodiscard]] bool firebird() const noexcept { return id() == family::firebird; }
    /// Keeps what it has no exact type for as numbers and texts.
    [[nodiscard]] bool plain() const noexcept { return sqlite() || firebird(); }
    /// Placeholders have no numbers: values are bound as they come.
    [[nodiscard]] bool counted() const noexcept { return my() || firebird(); }
    /// The collation that compares text by code points, for results that come without one.
    [[nodiscard]] std::string_view binary_collation() const noexcept;

    dialect const& spelling_;
    param const* params_;
    unsigned count_;
    bool literals_;
    unsigned numbered_ = 0;   ///< one more than the highest number of a placeholder in the text
    bool dynamic_ = false;    ///< number placeholders as they come instead of by param
    bool in_clause_ = false;  ///< params_ are those of a clause, not of the query
    bool qualify_ = true;     ///< columns with their table
    /// Tables whose columns come from the rows of an emulated FULL JOIN; nullptr: one is hidden by
    /// a table of the same name in a query further inside.
    std::vector<node const*> full_joined_;
    schema::table_data const* changed_ = nullptr;  ///< table of the UPDATE or DELETE around
    rendered out_;
};

/// Appends the quoted column in lower case (ASCII letters only), for an index.
void append_folded(std::string& out, std::string_view column, dialect const& spelling);

}  // namespace relata::dialect
