// SPDX-License-Identifier: BSL-1.0
/// \file
/// Shapes: the types that name a query. They are declared and never defined; for each there is one
/// constant node. A query's type therefore identifies its SQL, at no cost for the compiler.
#pragma once

#include <relata/core/fixed_string.hpp>
#include <relata/schema/table.hpp>
#include <relata/sql/node.hpp>

namespace relata::sql {

template <class T> struct table_;                              // a table
template <class T, fixed_string Alias> struct aliased_table_;  // a table under another name
template <auto Member> struct column_;                         // its column; Member may be a path
template <auto Member, fixed_string Alias> struct aliased_column_;
template <class Table> struct all_;                   // all columns of a table
template <class W> struct value_;                     // a bound value
template <class W, fixed_string Name> struct named_;  // a bound value with a name
template <op O, class A, class B = void> struct op_;  // an operation without a value of its own
template <op O, class V, class A, class B = void>
struct expr_;  // an operation with a value of type V
template <class V, fixed_string Text, class Operands> struct raw_;  // hand-written SQL
template <class... S> struct list_;
template <fixed_string Text> struct words_;  // text that is in the program: an alias, raw SQL

// ---------------------------------------------------------------- one constant node per shape

// Children are passed by reference: there is one, and nobody has to compare its address.
constexpr node leaf_node(op kind, type_info const* type = nullptr) {
    return {kind, 0, 0, nullptr, nullptr, nullptr, type};
}
constexpr node unary_node(op kind, node const& a, type_info const* type = nullptr) {
    return {kind, a.params, 0, nullptr, &a, nullptr, type, nullptr, true, false};
}
constexpr node right_node(op kind, node const& b, type_info const* type = nullptr) {
    return {kind, b.params, 0, nullptr, nullptr, &b, type, nullptr, false, true};
}
constexpr node binary_node(op kind, node const& a, node const& b, type_info const* type = nullptr) {
    return {kind, std::uint16_t(a.params + b.params), 0, nullptr, &a, &b, type, nullptr, true,
            true};
}

template <class S> inline constexpr node node_of{};
template <> inline constexpr node node_of<list_<>>{op::end};
template <class T>
inline constexpr node node_of<table_<T>>{op::table,
                                         0,
                                         0,
                                         nullptr,
                                         nullptr,
                                         nullptr,
                                         nullptr,
                                         &relata::detail::table_data_of<T>,
                                         false,
                                         false,
                                         relata::detail::type_id<T>};
template <class T, fixed_string Alias>
inline constexpr node node_of<aliased_table_<T, Alias>>{
    op::table,
    0,
    0,
    relata::detail::literal<Alias>.text,
    nullptr,
    nullptr,
    nullptr,
    &relata::detail::table_data_of<T>,
    false,
    false,
    relata::detail::type_id<aliased_table_<T, Alias>>};
template <auto Member>
inline constexpr node node_of<column_<Member>>{
    op::column,
    0,
    relata::detail::path_traits<Member>::path,
    nullptr,
    &node_of<table_<typename relata::detail::path_traits<Member>::owner>>,
    nullptr,
    &type_of<typename relata::detail::path_traits<Member>::value>,
    nullptr,
    true,
    false};
template <auto Member, fixed_string Alias>
inline constexpr node node_of<aliased_column_<Member, Alias>>{
    op::column,
    0,
    relata::detail::path_traits<Member>::path,
    nullptr,
    &node_of<aliased_table_<typename relata::detail::path_traits<Member>::owner, Alias>>,
    nullptr,
    &type_of<typename relata::detail::path_traits<Member>::value>,
    nullptr,
    true,
    false};
template <class Table>
inline constexpr node node_of<all_<Table>> = unary_node(op::all_columns, node_of<Table>);
template <class W>
inline constexpr node node_of<value_<W>>{op::value, 1, 0, nullptr, nullptr, nullptr, &type_of<W>};
template <class W, fixed_string Name>
inline constexpr node node_of<named_<W, Name>>{
    op::named, 1, 0, relata::detail::literal<Name>.text, nullptr, nullptr, &type_of<W>};
template <fixed_string Text>
inline constexpr node node_of<words_<Text>>{op::output, 0, 0, relata::detail::literal<Text>.text};
template <class V, fixed_string Text, class Operands>
inline constexpr node node_of<raw_<V, Text, Operands>>{
    op::raw,     node_of<Operands>.params,
    0,           relata::detail::literal<Text>.text,
    nullptr,     &node_of<Operands>,
    &type_of<V>, nullptr,
    false,       true};
template <op O> inline constexpr node node_of<op_<O, void, void>> = leaf_node(O);
// refers to the chain before it, whose params are counted there
template <class Chain, class Table>
inline constexpr node node_of<op_<op::reference_on, Chain, Table>>{
    op::reference_on, 0,       0,       nullptr, &node_of<Chain>,
    &node_of<Table>,  nullptr, nullptr, true,    true};
template <op O, class A>
inline constexpr node node_of<op_<O, A, void>> = unary_node(O, node_of<A>, &type_of<bool>);
template <op O, class B> inline constexpr node node_of<op_<O, void, B>> = right_node(O, node_of<B>);
template <op O, class A, class B>
inline constexpr node node_of<op_<O, A, B>> =
    binary_node(O, node_of<A>, node_of<B>, &type_of<bool>);
template <op O, class V>
inline constexpr node node_of<expr_<O, V, void, void>> = leaf_node(O, &type_of<V>);
template <op O, class V, class A>
inline constexpr node node_of<expr_<O, V, A, void>> = unary_node(O, node_of<A>, &type_of<V>);
template <op O, class V, class A, class B>
inline constexpr node node_of<expr_<O, V, A, B>> =
    binary_node(O, node_of<A>, node_of<B>, &type_of<V>);
template <class A, class... Rest>
inline constexpr node node_of<list_<A, Rest...>> =
    binary_node(op::list, node_of<A>, node_of<list_<Rest...>>);

}  // namespace relata::sql
