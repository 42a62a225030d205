// SPDX-License-Identifier: BSL-1.0
#include "migrate/small_schemas.hpp"

#include <relata/core/error.hpp>
#include <relata/migrate/draw.hpp>

#include <catch2/catch.hpp>

#include <cstdlib>

using namespace relata;

namespace {

std::string names(schema::catalog::schema const& from, migrate::viewpoint const& shown) {
    std::string out;
    for (auto const* t : migrate::tables_in(from, shown)) out += t->name.name + " ";
    return out;
}

bool has(std::string const& text, std::string const& part) {
    return text.find(part) != std::string::npos;
}

// A chain a0 <- a1 <- … of tables, each of which refers to the one before.
schema::catalog::schema chain(int length) {
    schema::catalog::schema s;
    for (int i = 0; i < length; ++i) {
        auto t = test::table("a" + std::to_string(i),
                             {test::column("id", "INTEGER"), test::column("up", "INTEGER", true)});
        if (i > 0) t.references = {test::reference("up", "a" + std::to_string(i - 1), "id")};
        s.tables.push_back(std::move(t));
    }
    return s;
}

// The program that `draw_svg` runs is looked for here only.
class only_path {
public:
    explicit only_path(char const* path) : before_(std::getenv("PATH")) {
        ::setenv("PATH", path, 1);
    }
    ~only_path() { ::setenv("PATH", before_.c_str(), 1); }
    only_path(only_path const&) = delete;
    only_path& operator=(only_path const&) = delete;

private:
    std::string before_;
};

}  // namespace

TEST_CASE("viewpoint: patterns choose tables") {
    auto const s = test::music();
    CHECK(names(s, {}) == "albums artists labels ");
    CHECK(names(s, {.only = {"a*"}}) == "albums artists ");
    CHECK(names(s, {.only = {"*l*s"}}) == "albums labels ");
    CHECK(names(s, {.only = {"a*"}, .without = {"?lbums"}}) == "artists ");
    CHECK_THROWS_AS(names(s, {.only = {"b*"}}), error);
    CHECK(names({}, {.only = {"b*"}}).empty());
}

TEST_CASE("viewpoint: neighbours are those that references lead to and from") {
    auto const s = chain(7);
    CHECK(names(s, {.around = "a3", .depth = 0}) == "a3 ");
    CHECK(names(s, {.around = "a3"}) == "a2 a3 a4 ");
    CHECK(names(s, {.around = "a3", .depth = 2}) == "a1 a2 a3 a4 a5 ");
    CHECK(names(s, {.around = "a3", .depth = 99}) == "a0 a1 a2 a3 a4 a5 a6 ");
    CHECK(names(s, {.without = {"a4"}, .around = "a3"}) == "a2 a3 ");
    CHECK_THROWS_WITH(names(s, {.around = "b"}), Catch::Contains("no table b"));
}

TEST_CASE("mermaid: tables, keys and how many rows stand at each end") {
    auto const text = migrate::draw_mermaid(test::music());
    CHECK(text == R"(erDiagram
    "albums" {
        bigint id PK
        character_varying(40) title
        bigint artist_id FK
        bigint before_id FK
        numeric(10_2) price "in euro"
    }
    "artists" {
        bigint id PK
        text name UK
    }
    "labels" {
        text code PK
    }
    "artists" ||--o{ "albums" : "artist_id"
    "albums" |o--o{ "albums" : "before_id"
)");
}

TEST_CASE("mermaid: fewer columns, and none") {
    auto const keys =
        migrate::draw_mermaid(test::music(), {.columns = migrate::shown_columns::keys});
    CHECK(has(keys, "artist_id FK"));
    CHECK_FALSE(has(keys, "price"));
    auto const none =
        migrate::draw_mermaid(test::music(), {.columns = migrate::shown_columns::none});
    CHECK(none == R"(erDiagram
    "albums"
    "artists"
    "labels"
    "artists" ||--o{ "albums" : "artist_id"
    "albums" |o--o{ "albums" : "before_id"
)");
}

TEST_CASE("mermaid: a hostile name stays one line and one string") {
    auto const text = migrate::draw_mermaid(test::hostile());
    CHECK(std::count(text.begin(), text.end(), '\n') == 5);
    CHECK(std::count(text.begin(), text.end(), '"') == 10);
    CHECK_FALSE(has(text, "%"));
    CHECK_FALSE(has(text, "\\"));
    auto two = test::hostile();
    two.tables.push_back(test::table("a\"", {test::column("x", "")}));
    two.tables.push_back(test::table("a\\", {test::column("1", "")}));
    auto const told_apart = migrate::draw_mermaid(two);
    CHECK(has(told_apart, "\"a_\" {\n        any x PK"));
    CHECK(has(told_apart, "\"a__2\" {\n        any _1 PK"));
}

TEST_CASE("dot: columns are ports, and lines end at them") {
    auto const text = migrate::draw_dot(test::music());
    CHECK(has(text, "t0:l2:w -> t1:r0:e [arrowtail=crowodot, arrowhead=teetee"));
    CHECK(has(text, "t0:l3:w -> t0:l0:w [arrowtail=crowodot, arrowhead=teeodot"));
    CHECK(has(text, "<b>albums</b>"));
    auto const few = migrate::draw_dot(test::music(), {.columns = migrate::shown_columns::keys});
    CHECK(has(few, "and 2 more"));
    CHECK(has(migrate::draw_dot(test::music(), {.columns = migrate::shown_columns::none}),
              "t0:head:w -> t1:head:e"));
}

TEST_CASE("svg: without Graphviz the error says what to do") {
    only_path const nowhere("/nonexistent");
    try {
        (void)migrate::draw_svg(test::music());
        FAIL("drawn without Graphviz");
    } catch (error const& e) {
        CHECK(e.kind() == error_kind::not_supported);
        CHECK_THAT(e.what(), Catch::Contains("install Graphviz"));
    }
}

TEST_CASE("svg: Graphviz draws it, hostile names too") {
    if (std::system("dot -V >/dev/null 2>&1") != 0) {
        WARN("skipped: Graphviz is not installed");
        return;
    }
    auto const text = migrate::draw_svg(test::music());
    CHECK(has(text, "<svg"));
    CHECK(has(text, ">artist_id</text>"));
    CHECK(has(text, ">numeric(10,2)</text>"));
    auto const odd = migrate::draw_svg(test::hostile());
    CHECK(has(odd, "&lt;script&gt;"));
    CHECK_FALSE(has(odd, "<script"));
}
