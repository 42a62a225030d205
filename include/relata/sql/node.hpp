// SPDX-License-Identifier: BSL-1.0
/// \file
/// The query tree: constant data that typed queries point at and dialects walk.
///
/// A typed query is a type; its tree is one constant per type, so building a query builds no tree.
/// Values are not in the tree: each value node stands for the next element of the query's flat array
/// of params, in the order of a walk that visits `a` before `b`.
///
/// Path of a query, step 2 of 5. Before: relata/sql/select.hpp names the tree. Next: src/dialect/render.cpp
/// turns it into text.
#pragma once

#include <relata/schema/table_data.hpp>

namespace relata::sql {

/// What a node is. "chain" means: the statement so far, ending in `from`, `update`, `insert` or `remove`.
enum class op : std::uint8_t {
    // leaves
    end,          ///< end of a list
    table,        ///< table: `table`, alias in `text` or nullptr
    column,       ///< a = table node, `path`, `type`
    all_columns,  ///< a = table node: every column of the table, in order
    value,        ///< one param of `type`
    named,        ///< the same with a name in `text` (explicit prepare)
    raw,     ///< SQL words from a literal: `text`; every '?' is filled from `b` (a list) in order
    output,  ///< an output column's alias, `text` (order by alias)
    now,     ///< current instant

    // structure
    list,       ///< a = first, b = rest (list or end)
    alias,      ///< a AS the text of b (an output node)
    count_all,  ///< count(*)

    // binary: a, b
    eq,
    ne,
    lt,
    gt,
    le,
    ge,
    distinct_from,
    not_distinct_from,  ///< comparison that treats NULL as a value
    and_,
    or_,
    add,
    sub,
    mul,
    div,  ///< integers: truncates as C++, NULL for 0; floats: NULL for 0
    mod,  ///< integers: sign of the dividend as C++, NULL for 0
    concat,
    contains,
    starts_with,
    ends_with,  ///< a has b as literal text; case-sensitive
    like,       ///< pattern with % and _, escape character '\', case-sensitive
    // unary: a
    not_,
    neg,
    is_null,
    is_not_null,
    // functions of one argument
    lower,
    upper,   ///< ASCII letters only, the same on every back end
    length,  ///< Unicode code points
    trim,    ///< spaces on both sides
    abs,
    year,
    month,
    day,  ///< of a date, a timestamp, or an instant in UTC; an int64
    // functions of several
    substr,    ///< a = text, b = list(start from 1, length)
    replace,   ///< a = text, b = list(what, with)
    coalesce,  ///< a = first, b = second
    nullif,
    round,  ///< decimal a to fewer digits (type tells), half away from zero
    cast,   ///< a as `type`
    // aggregates: a
    count,
    count_distinct,
    sum,
    min,
    max,
    avg,  ///< always float64
    // conditions
    in_list,      ///< a, b = value whose param has role list; empty is false
    not_in_list,  ///< empty is true
    in_query,     ///< a, b = chain
    not_in_query,
    exists,     ///< a = chain
    between,    ///< a, b = list(low, high)
    subquery,   ///< a = chain: scalar
    case_,      ///< a = list of when_then, b = else (or end for NULL)
    when_then,  ///< a = condition, b = value
    toggle,     ///< a = value node whose param has role toggle, b = condition: true when off
    clause,     ///< one param of role clause: a condition made at run time

    // order
    asc,
    desc,  ///< a; NULLs come last when ascending, first when descending
    nulls_first,
    nulls_last,  ///< a = asc or desc node

    // chain: a = chain
    from,  ///< b = table
    inner_join,
    left_join,
    right_join,
    full_join,   ///< b = list(table, condition)
    cross_join,  ///< b = list(table)
    correlate,   ///< b = table of the query around this one
    where,       ///< b = condition; several are combined with AND
    select,      ///< b = list of expressions
    distinct,
    group_by,   ///< b = list
    having,     ///< b = condition
    order_by,   ///< b = list; several are appended
    limit,      ///< b = value
    offset,     ///< b = value
    lock,       ///< FOR UPDATE
    update,     ///< b = table
    set,        ///< b = list of assign
    assign,     ///< a = column, b = expression
    insert,     ///< b = table; whole object unless a `set` follows
    remove,     ///< b = table
    returning,  ///< b = list
    // whole objects by primary key; b = table. Values come from an object (or the key's values for find)
    find_object,  ///< SELECT all columns WHERE key = values
    update_object,  ///< UPDATE SET all columns but the key and generated ones WHERE key: values in that order
    remove_object,  ///< DELETE WHERE key = values
    reference_on,  ///< in place of a join's condition: the one declared reference between a table of the
                   ///< chain a (whose params are not counted here) and table b
};

/// A node. Constant data; never made at run time by typed queries.
struct node {
    op kind;
    std::uint16_t params = 0;      ///< how many params this node and those below take
    schema::column_path path = 0;  ///< column
    char const* text = nullptr;
    node const* a = nullptr;
    node const* b = nullptr;
    type_info const* type = nullptr;  ///< of an expression's value; nullable when it can be NULL
    schema::table_ref table = nullptr;
    /// Whether a and b are there, for walks by the compiler: with sanitizers on, g++ does not compare
    /// addresses with nullptr in constants.
    bool has_a = false;
    bool has_b = false;
    std::uint64_t table_id = 0;  ///< table: the same for the same struct, for walks by the compiler
};

/// A condition made at run time; params of role `clause` point at one.
struct clause {
    node const* tree;
    param const* params;
    std::uint32_t count;
    /// how several clauses in a row combine; used when `tree` is nullptr
    clause const* const* parts;
    std::uint32_t part_count;
    bool any;  ///< parts are combined by OR; no parts at all: false for any, true for all
};

}  // namespace relata::sql
