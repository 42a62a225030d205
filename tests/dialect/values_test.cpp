// SPDX-License-Identifier: BSL-1.0
// Mirrors src/dialect/render.cpp and element.cpp: which value fills which placeholder. No database.

#include "dialect/spell.hpp"

#include <numeric>

using namespace relata;
using test::condition;
using test::mariadb;
using test::mysql;
using test::postgresql;
using test::sqlite;

namespace {

constexpr auto computed = dialect::rendered::computed;

template <class C> dialect::rendered render(C const& c, dialect::dialect const& d) {
    return test::render(from<track>().where(c).select(col<&track::number>), d);
}

// A condition made at run time, as one param.
struct late_condition {
    param p[1];
    explicit late_condition(sql::clause const& c) : p{} {
        p[0].type = &type_of<bool>;
        p[0].role = param::role::clause;
        p[0].object = &c;
    }
    param const* values() const { return p; }
};

dialect::rendered render_late(late_condition const& c, dialect::dialect const& d) {
    static constexpr sql::node clause{.kind = sql::op::clause, .params = 1, .type = &type_of<bool>};
    static constexpr sql::node table = sql::node_of<sql::table_<artist>>;
    static constexpr sql::node begin{.kind = sql::op::from, .b = &table, .has_b = true};
    static constexpr sql::node where{.kind = sql::op::where,
                                     .params = 1,
                                     .a = &begin,
                                     .b = &clause,
                                     .has_a = true,
                                     .has_b = true};
    return dialect::render({&where, c.values(), 1}, d);
}

}  // namespace

TEST_CASE("values: never become part of the text") {
    auto const text = render(col<&track::title> == "x'; DROP TABLE tracks; --", sqlite());

    CHECK(text.text == R"(SELECT "tracks"."number" FROM "tracks" WHERE ("tracks"."title" = ?1))");
    REQUIRE(text.values.size() == 1);
    CHECK(std::string(text.values[0].chars.data, text.values[0].chars.size) ==
          "x'; DROP TABLE tracks; --");
}

TEST_CASE("values: SQLite is not made to look up the numbers of very many placeholders") {
    std::vector<std::int32_t> numbers(200);
    std::iota(numbers.begin(), numbers.end(), 0);
    auto const text = render(col<&track::number>.in(numbers), sqlite());

    CHECK(text.text.find("?99, ?100, ?, ?, ?") != text.text.npos);
    CHECK(text.text.find("?101") == text.text.npos);
    CHECK(text.values.size() == 256);
    std::string again;
    sqlite().append_placeholder(again, 150, type_of<std::int32_t>, false);
    CHECK(again == "?151");
}

TEST_CASE("values: params are bound as they are where nothing is dynamic") {
    auto const c = col<&track::number> > 1 && col<&track::rating> < 2.5;

    for (auto const* d : {&sqlite(), &postgresql(), &mysql()}) {
        auto const text = render(c, *d);
        CHECK(text.straight);
        CHECK(text.order == std::vector<std::uint16_t>{0, 1});
        REQUIRE(text.types.size() == 2);
        CHECK(text.types[0]->kind == kind::int32);
        CHECK(text.types[1]->kind == kind::float64);
        CHECK(text.values[1].real == 2.5);
    }
}

TEST_CASE("values: an operand that is written twice is one param with a number, two without") {
    auto const c = col<&track::title>.ends_with("x") && col<&track::number> == 5;

    auto const numbered = render(c, sqlite());
    CHECK(numbered.straight);
    CHECK(numbered.values.size() == 2);
    auto const marked = render(c, mariadb());
    CHECK_FALSE(marked.straight);
    CHECK(marked.order == std::vector<std::uint16_t>{0, 0, 1});
    REQUIRE(marked.values.size() == 3);
    CHECK(marked.values[2].integer == 5);
}

TEST_CASE("values: a list is expanded and padded to a power of two") {
    std::vector<std::int32_t> const numbers{3, 5, 7};
    auto const c = col<&track::rating> > 1.0 && col<&track::number>.in(numbers);
    auto const text = render(c, postgresql());

    CHECK(text.text == R"(SELECT "tracks"."number" FROM "tracks" WHERE (("tracks"."rating" > $1) )"
                       R"(AND ("tracks"."number" IN ($2, $3, $4, $5))))");
    CHECK_FALSE(text.straight);
    CHECK(text.order == std::vector<std::uint16_t>{0, computed, computed, computed, computed});
    REQUIRE(text.values.size() == 5);
    CHECK(text.values[1].integer == 3);
    CHECK(text.values[3].integer == 7);
    CHECK(text.values[4].integer == 7);
    CHECK(text.values[4].kind == kind::int32);
}

TEST_CASE("values: an empty list holds nothing") {
    std::vector<std::int32_t> const none;

    CHECK(condition(col<&track::number>.in(none), postgresql()) == "FALSE");
    CHECK(condition(col<&track::number>.not_in(none), postgresql()) == "TRUE");
    CHECK(condition(col<&track::number>.in(none), sqlite()) == "0");
    CHECK(condition(col<&track::number>.not_in(none), sqlite()) == "1");
}

TEST_CASE("values: a list has at most 1000 elements") {
    std::vector<std::int32_t> numbers(1000);
    std::iota(numbers.begin(), numbers.end(), 0);
    CHECK(render(col<&track::number>.in(numbers), sqlite()).values.size() == 1000);

    numbers.push_back(0);
    CHECK(test::refusal([&] { (void)render(col<&track::number>.in(numbers), sqlite()); }) ==
          error_kind::limit_exceeded);
}

TEST_CASE("values: a statement has no more of them than the database takes") {
    std::vector<std::int32_t> const numbers(1000, 1);
    auto const one = col<&track::number>.in(numbers);
    auto const eight = one && one && one && one && one && one && one && one;
    auto const many = eight && eight && eight && eight && one;  // 33,000

    CHECK(test::refusal([&] { (void)render(many, sqlite()); }) == error_kind::limit_exceeded);
    CHECK(render(many, postgresql()).values.size() == 33000);
}

TEST_CASE("values: a condition whose switch is off is left out") {
    auto const off = when(false, col<&track::number> > 1);
    auto const on = when(true, col<&track::number> > 1);
    auto const other = col<&track::live> == true;

    CHECK(condition(off, sqlite()) == "");
    CHECK(condition(on, sqlite()) == R"(("tracks"."number" > ?1))");
    CHECK(condition(off && other, sqlite()) == R"(("tracks"."live" = ?1))");
    CHECK(condition(other && off && off, sqlite()) == R"(("tracks"."live" = ?1))");
    CHECK(condition(off || other, postgresql()) == R"((TRUE OR ("tracks"."live" = $1)))");
    CHECK(condition(!off, sqlite()) == "(NOT 1)");
    CHECK(render(off && other, sqlite()).order == std::vector<std::uint16_t>{2});
}

TEST_CASE("values: conditions made at run time bring their own") {
    auto const a = col<&artist::id> > 1;
    auto const b = col<&artist::name> == "x";
    sql::clause const first{&a.tree(), a.values(), 1, nullptr, 0, false};
    sql::clause const second{&b.tree(), b.values(), 1, nullptr, 0, false};
    sql::clause const* const parts[] = {&first, &second};
    sql::clause const any{nullptr, nullptr, 0, parts, 2, true};
    sql::clause const all{nullptr, nullptr, 0, parts, 2, false};
    auto const where = [](sql::clause const& c, dialect::dialect const& d) {
        auto const text = render_late(late_condition(c), d).text;
        auto const at = text.find(" WHERE ");
        return at == text.npos ? "" : text.substr(at + 7);
    };

    CHECK(where(any, postgresql()) == R"((("artists"."id" > $1) OR ("artists"."name" = $2)))");
    CHECK(where(all, mysql()) == "((`artists`.`id` > ?) AND (`artists`.`name` = ?))");
    CHECK(where({nullptr, nullptr, 0, nullptr, 0, true}, postgresql()) == "FALSE");
    CHECK(where({nullptr, nullptr, 0, nullptr, 0, false}, postgresql()) == "");
    auto const text = render_late(late_condition(any), sqlite());
    CHECK(text.order == std::vector<std::uint16_t>{computed, computed});
    CHECK(text.values[0].integer == 1);
}

TEST_CASE("values: elements of every layout become params") {
    auto const kind_and_integer = [](auto const& value) {
        auto const p = dialect::element(type_of<std::remove_cvref_t<decltype(value)>>, &value);
        return std::pair(p.kind, p.integer);
    };
    using std::pair;

    CHECK(kind_and_integer(true) == pair(kind::boolean, std::int64_t(1)));
    CHECK(kind_and_integer(std::int8_t(-5)) == pair(kind::int8, std::int64_t(-5)));
    CHECK(kind_and_integer(std::uint8_t(200)) == pair(kind::uint8, std::int64_t(200)));
    CHECK(kind_and_integer(std::int16_t(-300)) == pair(kind::int16, std::int64_t(-300)));
    CHECK(kind_and_integer(std::uint16_t(60000)) == pair(kind::uint16, std::int64_t(60000)));
    CHECK(kind_and_integer(std::uint32_t(4000000000)) ==
          pair(kind::uint32, std::int64_t(4000000000)));
    CHECK(kind_and_integer(std::uint64_t(18446744073709551615U)) ==
          pair(kind::uint64, std::int64_t(-1)));
    CHECK(kind_and_integer(decimal<10, 2>::from_string("-1.50")) ==
          pair(kind::decimal, std::int64_t(-150)));
    CHECK(kind_and_integer(date_from_string("1970-01-03")) == pair(kind::date, std::int64_t(2)));
    CHECK(kind_and_integer(time_of_day(0, 0, 1)) == pair(kind::time, std::int64_t(1000000)));
    CHECK(kind_and_integer(instant(std::chrono::microseconds(7))) ==
          pair(kind::instant, std::int64_t(7)));
}

TEST_CASE("values: wide decimals, text, enumerators and missing values become params") {
    auto const wide = decimal<30, 5>::from_string("-1.00000");
    auto const w = dialect::element(type_of<decimal<30, 5>>, &wide);
    CHECK(w.mantissa.high == -1);
    CHECK(w.mantissa.low == std::uint64_t(-100000));

    std::optional<std::string> const name = "abc";
    auto const n = dialect::element(type_of<std::optional<std::string>>, &name);
    CHECK(n.kind == kind::text);
    CHECK(n.chars.data == name->data());
    std::optional<std::string> const none;
    CHECK(dialect::element(type_of<std::optional<std::string>>, &none).kind == kind::none);

    auto const style = genre::blues;
    auto const e = dialect::element(type_of<genre>, &style);
    CHECK(std::string(e.chars.data, e.chars.size) == "blues");
    auto const unlisted = genre(9);
    CHECK(test::refusal([&] { (void)dialect::element(type_of<genre>, &unlisted); }) ==
          error_kind::value_invalid);
}

TEST_CASE("values: identifiers are quoted, and refused where a server would cut or stop") {
    std::string out;
    sqlite().append_identifier(out, "a\"b`c");
    CHECK(out == "\"a\"\"b`c\"");
    out.clear();
    mysql().append_identifier(out, "a\"b`c");
    CHECK(out == "`a\"b``c`");
    for (auto const& bad : {std::string(), std::string(64, 'a'), std::string("a\0b", 3)})
        CHECK(test::refusal([&] { postgresql().append_identifier(out, bad); }) ==
              error_kind::invalid_schema);
    CHECK(&dialect::dialect_for(test::family::mysql, 80400) == &mysql());
    CHECK(&dialect::dialect_for(test::family::mysql, 90000) != &mysql());
}
