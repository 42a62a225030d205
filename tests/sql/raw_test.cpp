// SPDX-License-Identifier: BSL-1.0
#include "sql/stored.hpp"

using namespace relata;
using detail::count_question_marks;
using detail::leaves_session;
using test::message_of;
using test::refusal;
using test::shown;

namespace {

template <class Q>
dialect::rendered render(Q const& q, dialect::dialect const& d = test::postgresql()) {
    return dialect::render({Q::info().tree, q.values(), Q::param_count}, d);
}

struct place {
    std::string name;
    struct {
        std::int64_t x{};
    } inner{};
};

}  // namespace

TEST_CASE("question marks: those in quotes and comments are text") {
    CHECK(count_question_marks("a = ? and b = ?") == 2);
    CHECK(count_question_marks("'?' || ?") == 1);
    CHECK(count_question_marks("'it''s ?' || ?") == 1);
    CHECK(count_question_marks(R"('\' || ?)") == 1);
    CHECK(count_question_marks(R"(E'\'?' || ?)") == 1);
    CHECK(count_question_marks(R"(E'a''b \' ?' || ?)") == 1);
    CHECK(count_question_marks(R"(somee'?' || ?)") == 1);
    CHECK(count_question_marks(R"("a?" = ? and `b?` = ?)") == 2);
    CHECK(count_question_marks("a -- why?\n = ?") == 1);
    CHECK(count_question_marks("a -- why?") == 0);
    CHECK(count_question_marks("a /* why? */ = ? /* open ?") == 1);
    CHECK(count_question_marks("$$ ? $$ || ?") == 1);
    CHECK(count_question_marks("$tag$ ? $$ ? $tag$ || ?") == 1);
    CHECK(count_question_marks("price$ + ? + $1") == 1);
    CHECK(count_question_marks("a - ? / ?") == 2);
    CHECK(count_question_marks("data ?? 'key' and b = ?") == 1);
    CHECK(count_question_marks("'open ?") == 0);
    CHECK(count_question_marks("") == 0);
}

TEST_CASE("hand-written SQL: statements that only move rows are told apart") {
    CHECK(leaves_session("select 1"));
    CHECK(leaves_session(" \n -- note\n /* note */ ((SELECT 1))"));
    CHECK(leaves_session("Insert into t values (1)"));
    CHECK(leaves_session("with x as (select 1) select * from x"));
    CHECK_FALSE(leaves_session("set x = 1"));
    CHECK_FALSE(leaves_session("begin"));
    CHECK_FALSE(leaves_session("selection"));
    CHECK_FALSE(leaves_session("create table t (id int)"));
    CHECK_FALSE(leaves_session(""));
    CHECK_FALSE(leaves_session("-- select"));
}

TEST_CASE("sql_query: spells its placeholders for each back end") {
    auto const q =
        sql_query<"select a?? from t where b = '?' and c = ? and d = ?", std::int64_t>(1, "x");
    CHECK(render(q).text == "select a? from t where b = '?' and c = $1 and d = $2");
    CHECK(render(q, test::sqlite()).text == "select a? from t where b = '?' and c = ?1 and d = ?2");
    CHECK(render(q, test::mysql()).text == "select a? from t where b = '?' and c = ? and d = ?");
    CHECK(shown(render(q).values) == "1, x");
    CHECK(render(q).straight);
}

TEST_CASE("sql_query: binds values as their own types") {
    auto const text = std::string("t");
    auto const q = sql_query<"select ?, ?, ?, ?, ?, ?", std::int64_t>(
        text, 1.5, true, genre::jazz, std::uint64_t(3), std::optional<int>());
    auto const out = render(q);
    REQUIRE(out.types.size() == 6);
    CHECK(out.types[0] == &type_of<std::string>);
    CHECK(out.types[1] == &type_of<double>);
    CHECK(out.types[2] == &type_of<bool>);
    CHECK(out.types[3] == &type_of<genre>);
    CHECK(out.types[4] == &type_of<std::uint64_t>);
    CHECK(out.types[5] == &type_of<std::int64_t>);
    CHECK(out.values[5].kind == kind::none);
}

TEST_CASE("sql_query: is a query type of its own, found by its type") {
    auto& a = decltype(sql_query<"select 1", std::int64_t>())::info();
    auto& b = decltype(sql_query<"select 1", std::string>())::info();
    auto& c = decltype(sql_query<"create table x (y int)", std::string>())::info();
    CHECK(&a != &b);
    CHECK_FALSE(a.dynamic);
    CHECK(c.dynamic);
    CHECK(a.row.form == sql::row_form::flat);
    CHECK(decltype(sql_query<"select 1, 2", place>())::info().row.form == sql::row_form::user);
}

TEST_CASE("sql_query: text made at run time owns text and values") {
    auto const q = [] {
        std::string text = "select id from albums where title = ? and id > ?";
        return sql_query<std::int64_t>(unsafe_sql(text), std::string(30, 'x'), 4);
    }();
    auto const copy = q;
    CHECK(test::spell(copy) == "select id from albums where title = $1 and id > $2");
    CHECK(shown(copy) == std::string(30, 'x') + ", 4");
    CHECK(test::spell(sql_command(unsafe_sql("delete from t"))) == "delete from t");
}

TEST_CASE("sql_query: refuses another number of values than question marks") {
    CHECK(refusal([] { test::spell(sql_query<int>(unsafe_sql("select ?"))); }) ==
          error_kind::invalid_argument);
    CHECK(message_of([] { test::spell(sql_query<int>(unsafe_sql("select ?"), 1, 2)); }) ==
          "hand-written SQL has fewer question marks than values");
    CHECK(refusal([] { (void)sql_query<int>(unsafe_sql(std::string_view("select 1\0", 9))); }) ==
          error_kind::invalid_argument);
}

TEST_CASE("sql_query: nothing can be added to it") {
    query<std::int64_t> const stored =
        sql_query<"select id from albums where id = ?", std::int64_t>(7);
    CHECK(test::spell(stored) == "select id from albums where id = $1");
    CHECK(shown(stored) == "7");
    CHECK(refusal([&] { (void)stored.where(col<&album::id> == 1); }) ==
          error_kind::invalid_argument);
    CHECK(refusal([&] { (void)stored.order_by(col<&album::id>); }) == error_kind::invalid_argument);
    CHECK(refusal([&] { (void)stored.limit(1); }) == error_kind::invalid_argument);
}

TEST_CASE("raw: question marks in quotes are text") {
    auto const e = raw<"coalesce(?, '?')", std::string>(col<&track::title>);
    CHECK(test::written(e, test::postgresql()) == R"(coalesce("tracks"."title", '?'))");
}
