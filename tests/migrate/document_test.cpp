// SPDX-License-Identifier: BSL-1.0
#include "migrate/small_schemas.hpp"

#include <relata/migrate/document.hpp>

#include <catch2/catch.hpp>

using namespace relata;

namespace {

bool has(std::string const& text, std::string const& part) {
    return text.find(part) != std::string::npos;
}

std::size_t count(std::string const& text, std::string const& part) {
    std::size_t found = 0;
    for (auto at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++found;
    return found;
}

}  // namespace

TEST_CASE("markdown: contents, columns, keys, references in both directions") {
    auto const text = migrate::to_markdown(test::music(), {.title = "The shop"});
    CHECK(has(text, "# The shop\n\nPostgreSQL 15.2 · 3 tables\n"));
    CHECK(has(text, "| [`albums`](#table-albums) | 5 | [`artists`](#table-artists), "
                    "[`albums`](#table-albums) | What was published |"));
    CHECK(has(text, "<a id=\"table-albums\"></a>\n\n## `albums`\n\nWhat was published\n"));
    CHECK(has(text, "| FK | `before_id` | `bigint` | null |  |  |\n"));
    CHECK(has(text, "|  | `price` | `numeric(10,2)` |  | `0.00` | in euro |\n"));
    CHECK(has(text, "- Primary key `id`\n"));
    CHECK(has(text, "- Refers from `artist_id` to [`artists`](#table-artists) `id`, on delete "
                    "cascade\n"));
    CHECK(has(text, "- Referred to by [`albums`](#table-albums) `artist_id`, on delete cascade\n"));
    CHECK(has(text, "- Index `albums_title_idx` on `title`\n"));
    CHECK(has(text, "- Check `price_positive`: `(price >= (0)::numeric)`\n"));
}

TEST_CASE("markdown: a part of a schema links to what it shows only") {
    auto const text =
        migrate::to_markdown(test::music(), {.title = {}, .shown = {.only = {"albums"}}});
    CHECK(has(text, "1 of 3 tables"));
    CHECK(has(text, "to `artists` `id`"));
    CHECK_FALSE(has(text, "#table-artists"));
    CHECK_FALSE(has(text, "## `artists`"));
}

TEST_CASE("markdown: a hostile name is text, and breaks no row of a table") {
    auto const text = migrate::to_markdown(test::hostile());
    CHECK(count(text, "\nl</script>") == 1);  // in the fenced SQL of the view
    // in code between backticks a tag is text; elsewhere its brackets are escaped
    CHECK(has(text, "\\<script\\>"));
    CHECK(count(text, "``a\"b<c>") == 0);
    CHECK(has(text, "`` a\"b<c>"));
    CHECK(has(text, "e\\|f"));
    CHECK_FALSE(has(text, "e|f\\g`h{i}[j]%k l</script><script>alert(1)</script> `` | ``"));
}

TEST_CASE("html: every part of a table, and links in both directions") {
    auto const text = migrate::to_html(test::music(), {.title = "The shop"});
    CHECK(has(text, "<title>The shop</title>"));
    CHECK(has(text, "<section id=\"table-albums\" data-names=\"albums id title artist_id before_id "
                    "price\">\n<h2>albums</h2>\n<p>What was published</p>"));
    CHECK(has(text, "<b class=\"mark\">FK</b></td><td class=\"name\"><code>artist_id</code></td>"));
    CHECK(has(text, "<dt>Refers to</dt><dd><code>artist_id</code> → <a "
                    "href=\"#table-artists\"><code>artists</code></a> <code>id</code> <small>on "
                    "delete cascade</small></dd>"));
    CHECK(has(text, "<dt>Referred to by</dt><dd><a href=\"#table-albums\">"));
    CHECK(has(text, "<code>(price &gt;= (0)::numeric)</code>"));
    CHECK(has(text, "prefers-color-scheme: dark"));
}

TEST_CASE("html: it loads nothing, and a picture goes in without its prolog") {
    auto const text = migrate::to_html(
        test::music(),
        {.title = {}, .shown = {}, .picture = "<?xml version=\"1.0\"?>\n<svg></svg>"});
    CHECK(has(text, "<div class=\"picture\"><svg></svg></div>"));
    CHECK_FALSE(has(text, "<?xml"));
    CHECK_FALSE(has(text, "http"));
    CHECK_FALSE(has(text, "src="));
    CHECK_FALSE(has(text, "@import"));
}

TEST_CASE("html: a hostile name is text") {
    auto const text = migrate::to_html(test::hostile(), {.title = test::hostile_name});
    CHECK(count(text, "<script>") == 1);
    CHECK(count(text, "</script>") == 1);
    CHECK_FALSE(has(text, "b<c>"));
    CHECK(has(text, "&lt;script&gt;alert(1)"));
    CHECK(count(text, "<section") == 2);
}
