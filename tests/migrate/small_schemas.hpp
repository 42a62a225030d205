// SPDX-License-Identifier: BSL-1.0
/// \file
/// Schemas written down as data, for tests that need no database.
#pragma once

#include <relata/schema/catalog.hpp>

namespace test {

namespace catalog = relata::schema::catalog;

inline catalog::column column(std::string name, std::string type, bool nullable = false) {
    catalog::column c;
    c.name = std::move(name);
    c.type = std::move(type);
    c.nullable = nullable;
    return c;
}

inline catalog::table table(std::string name, std::vector<catalog::column> columns) {
    catalog::table t;
    t.name.name = std::move(name);
    t.columns = std::move(columns);
    t.primary.emplace().parts.emplace_back().column = t.columns.at(0).name;
    return t;
}

inline catalog::reference reference(std::string column, std::string other,
                                    std::string other_column) {
    catalog::reference r;
    r.columns = {std::move(column)};
    r.other.name = std::move(other);
    r.other_columns = {std::move(other_column)};
    return r;
}

/// Artists, albums of them, labels that nobody refers to, and an album that follows another one.
inline catalog::schema music() {
    catalog::schema s;
    s.engine = catalog::engine::postgresql;
    s.version = "15.2";
    auto albums =
        table("albums", {column("id", "bigint"), column("title", "character varying(40)"),
                         column("artist_id", "bigint"), column("before_id", "bigint", true),
                         column("price", "numeric(10,2)")});
    albums.columns[4].comment = "in euro";
    albums.columns[4].default_value = "0.00";
    albums.comment = "What was published";
    albums.references = {reference("artist_id", "artists", "id"),
                         reference("before_id", "albums", "id")};
    albums.references[0].deleted = catalog::action::cascade;
    albums.checks.push_back({"price_positive", "(price >= (0)::numeric)", {}, {}});
    auto& title = albums.indexes.emplace_back();
    title.name = "albums_title_idx";
    title.parts.emplace_back().column = "title";
    auto artists = table("artists", {column("id", "bigint"), column("name", "text")});
    artists.uniques.emplace_back().parts.emplace_back().column = "name";
    auto labels = table("labels", {column("code", "text")});
    s.tables = {albums, artists, labels};
    return s;
}

/// One table whose name and column are made to break whatever shows them unescaped.
inline constexpr char const* hostile_name =
    "a\"b<c>&d'e|f\\g`h{i}[j]%k\nl</script><script>alert(1)</script>";
inline catalog::schema hostile() {
    catalog::schema s;
    auto t = table(hostile_name, {column(hostile_name, hostile_name)});
    t.comment = hostile_name;
    t.columns[0].comment = hostile_name;
    t.references = {reference(hostile_name, hostile_name, hostile_name)};
    t.checks.push_back({hostile_name, hostile_name, {}, {}});
    s.tables = {t};
    s.views.push_back({{"", "v"}, hostile_name, false, {}, hostile_name, {}});
    return s;
}

}  // namespace test
