// SPDX-License-Identifier: BSL-1.0
/// \file
/// What each dialect makes of a typed query, and the tables that the tests of dialects use.
#pragma once

#include <relata/core/error.hpp>
#include <relata/dialect/dialect.hpp>
#include <relata/sql/change.hpp>

#include <catch2/catch.hpp>

#include <string>
#include <vector>

enum class genre { jazz, blues };
template <>
inline constexpr auto relata::names<genre> = relata::enumerators<genre::jazz, genre::blues>;

struct artist {
    std::int64_t id{};
    std::string name;
    std::optional<std::int64_t> mentor_id;
};
struct album {
    std::int64_t id{};
    std::string title;
    std::int64_t artist_id{};
    relata::decimal<10, 2> price;
    std::optional<relata::date> released;
};
struct track {  // a key of two columns, and nothing generated
    std::int64_t album_id{};
    std::int32_t number{};
    std::optional<std::string> title;
    std::uint64_t plays{};
    double rating{};
    std::optional<relata::decimal<12, 4>> weight;
    relata::decimal<30, 5> mass;
    relata::decimal<10, 2> price;
    bool live{};
    relata::json tags;
    genre style{};
    relata::instant recorded{};
    relata::uuid code;
    std::vector<std::byte> cover;
    relata::date day{};
};

template <>
inline constexpr auto relata::table<artist> =
    describe<artist>("artists").key<&artist::id>(generated).unique<&artist::name>();
template <>
inline constexpr auto relata::table<album> =
    describe<album>("albums")
        .key<&album::id>(generated)
        .references<&album::artist_id, &artist::id>(on_delete::cascade)
        .index<&album::title>()
        .check<"price_positive">(col<&album::price> >= 0);
template <>
inline constexpr auto relata::table<track> =
    describe<track>("tracks")
        .key<&track::album_id, &track::number>()
        .references<&track::album_id, &album::id>(on_delete::cascade);

namespace test {

using relata::dialect::family;

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

template <class T> relata::schema::table const& model() {
    return relata::schema::model_of(relata::detail::table_data_of<T>());
}

template <class Q> relata::dialect::source source_of(Q const& q) {
    if constexpr (requires { q.data(); }) return relata::dialect::source_of(q.data());
    else if constexpr (requires { typename Q::query_shape; })
        return {&relata::sql::node_of<typename Q::query_shape>, q.values(), Q::param_count};
    else if constexpr (requires { typename Q::command_shape; })
        return {&relata::sql::node_of<typename Q::command_shape>, q.values(), Q::param_count};
    else return {&relata::sql::node_of<typename Q::unfiltered_shape>, q.values(), Q::param_count};
}

template <class Q> relata::dialect::rendered render(Q const& q, relata::dialect::dialect const& d) {
    return relata::dialect::render(source_of(q), d);
}
template <class Q> std::string spell(Q const& q, relata::dialect::dialect const& d) {
    return relata::dialect::to_sql(source_of(q), d);
}

/// The text of one expression over `tracks`.
template <class E> std::string written(E const& e, relata::dialect::dialect const& d) {
    auto const text = spell(relata::from<track>().select(e), d);
    return text.substr(7, text.rfind(" FROM ") - 7);
}

/// The text of one condition over `tracks`; empty if there is none.
template <class E> std::string condition(E const& e, relata::dialect::dialect const& d) {
    auto const text = spell(relata::from<track>().where(e).select(relata::col<&track::number>), d);
    auto const at = text.find(" WHERE ");
    return at == text.npos ? "" : text.substr(at + 7);
}

/// The kind of the error that a call throws; `unknown` if it throws none.
template <class F> relata::error_kind refusal(F f) {
    try {
        f();
    } catch (relata::error const& e) {
        return e.kind();
    }
    return relata::error_kind::unknown;
}

}  // namespace test
