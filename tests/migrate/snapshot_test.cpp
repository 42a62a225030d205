// SPDX-License-Identifier: BSL-1.0
#include <relata/migrate/snapshot.hpp>

#include <catch2/catch.hpp>

#include <relata/relata.hpp>

using namespace relata;
namespace catalog = relata::schema::catalog;

namespace {

// A schema with every member of the model away from its usual value.
catalog::schema full() {
    catalog::option const o{"o", "v\"\\\n"};
    catalog::part const p{"c", "e", true, {o}};
    catalog::index const i{"i", true, {p}, {"c"}, "gin", "w", "m", {o}};
    catalog::check const k{"k", "c > 0", "m", {o}};
    catalog::table t;
    t.name = {"s", "t"};
    t.columns = {{"c",
                  "decimal(5, 2)",
                  false,
                  "1",
                  catalog::identity::always,
                  catalog::computed::stored,
                  "e",
                  "C",
                  "m",
                  {o}}};
    t.primary = catalog::key{"pk", {p}, "m", {o}};
    t.uniques = {{"u", {p}, "m", {o}}};
    t.indexes = {i};
    t.references = {{"f",
                     {"c"},
                     {"s", "o"},
                     {"d"},
                     catalog::action::cascade,
                     catalog::action::set_default,
                     "m",
                     {o}}};
    t.checks = {k};
    t.partitioning = {"RANGE (c)", {"s", "parent"}, "FROM 1 TO 2", {"a", "b"}};
    t.comment = "ü";
    t.options = {o};
    catalog::schema s;
    s.engine = catalog::engine::mariadb;
    s.spaces = {"s"};
    s.tables = {t};
    s.views = {{{"s", "v"}, "select 1", true, {i}, "m", {o}}};
    s.enumerations = {{{"s", "e"}, {"a", "b"}, "m"}};
    s.domains = {{{"s", "d"}, "text", false, "''", "C", {k}, "m"}};
    s.sequences = {{{"s", "q"}, "t.c", {o}, "m"}};
    s.others = {{"trigger", {"s", "g"}, {"s", "t"}, "create trigger"}};
    return s;
}

std::string refusal(std::string const& text) {
    try {
        (void)migrate::from_json(text);
    } catch (error const& e) {
        CHECK(e.kind() == error_kind::invalid_argument);
        return e.message();
    }
    return "accepted";
}

bool has(std::string const& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("snapshot: every member of a schema comes back") {
    auto const text = migrate::to_json(full());
    auto const back = migrate::from_json(text);
    CHECK(back == full());
    CHECK(migrate::to_json(back) == text);
    CHECK(migrate::from_json(migrate::to_json({})) == catalog::schema{});
}

TEST_CASE("snapshot: equal schemas give equal bytes, whatever server and number of rows") {
    auto other = full();
    other.version = "9.9";
    other.tables[0].estimated_rows = 1000;
    CHECK(other == full());
    CHECK(migrate::to_json(other) == migrate::to_json(full()));
    other.tables[0].checks[0].condition += " ";
    CHECK_FALSE(other == full());
    CHECK(migrate::to_json(other) != migrate::to_json(full()));
}

TEST_CASE("snapshot: what has its usual value is not written") {
    catalog::schema s;
    s.tables.emplace_back().name.name = "t";
    CHECK(migrate::to_json(s) == R"({
 "format": 1,
 "engine": "sqlite",
 "tables": [
  {
   "name": {
    "name": "t"
   }
  }
 ]
}
)");
}

TEST_CASE("snapshot: a text that is none is refused") {
    CHECK(has(refusal(""), "no JSON"));
    CHECK(has(refusal("[]"), "no format"));
    CHECK(has(refusal("{}"), "no format"));
    CHECK(has(refusal(R"({"format": 2})"), "format"));
    CHECK(has(refusal(R"({"format": 1, "more": 1})"), "not known"));
    CHECK(has(refusal(R"({"format": 1, "engine": "oracle"})"), "word"));
    CHECK(has(refusal(R"({"format": 1, "tables": {}})"), "list"));
    CHECK(has(refusal(R"({"format": 1, "tables": [1]})"), "object"));
    CHECK(has(refusal(R"({"format": 1, "tables": [{"name": {"name": 1}}]})"), "type"));
    CHECK(has(refusal(R"({"format": 1)"), "no JSON"));
}

TEST_CASE("snapshot: text that is not UTF-8 is refused") {
    catalog::schema s;
    s.tables.emplace_back().comment = "\xff";
    try {
        (void)migrate::to_json(s);
        FAIL("accepted");
    } catch (error const& e) {
        CHECK(e.kind() == error_kind::text_invalid);
    }
}
