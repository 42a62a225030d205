// SPDX-License-Identifier: BSL-1.0
//
// The same condition and order find the same rows on every back end.
// Each answer stands here once; this program runs once for each back end that has a URL.

#include "database/samples.hpp"

#include <catch2/catch.hpp>

using namespace relata;
using namespace test;

TEST_CASE("semantics: searched text is no pattern, and case counts") {
    CHECK(where(words.contains("")) == ids{1, 2, 4});
    CHECK(where(words.contains("ABC")) == ids{1});
    CHECK(where(words.contains("%_")) == ids{1});
    CHECK(where(words.contains("\\c")) == ids{1});
    CHECK(where(words.contains("😀")) == ids{1});
    CHECK(where(words.starts_with("")) == ids{1, 2, 4});
    CHECK(where(words.starts_with("Ün")) == ids{1});
    CHECK(where(words.starts_with("abcd")) == ids{});
    CHECK(where(words.ends_with("")) == ids{1, 2, 4});
    CHECK(where(words.ends_with("bc")) == ids{2});
    CHECK(where(words.ends_with("BC")) == ids{});
    CHECK(where(words.ends_with("xabc")) == ids{});
    CHECK(where(words.like("%b%")) == ids{2});
    CHECK(where(words.like("%\\%\\_%")) == ids{1});
    CHECK(where(words.like("Ün_\\\\%")) == ids{1});
    CHECK(where(name.like("_")) == ids{3, 4});
}

TEST_CASE("semantics: text compares by code points, spaces and case included") {
    CHECK(where(name == "ABC") == ids{2});
    CHECK(where(name == "abc") == ids{});
    CHECK(where(name == " pad") == ids{});
    CHECK(where(name > "Z") == ids{3});
    CHECK(where(name.in({"z", "ABC"})) == ids{2, 3});
    CHECK(ordered(name) == ids{1, 2, 4, 3});
    CHECK(ordered(lower(name)) == ids{1, 2, 3, 4});
    CHECK(ordered(words.desc()) == ids{3, 1, 2, 4});
}

TEST_CASE("semantics: lists, also of another scale, and empty ones") {
    list<std::int64_t> const none;
    list<decimal<12, 4>> const prices{"19.9"_dec, "0.0501"_dec, "0.05"_dec};
    list<std::uint64_t> const large{5, UINT64_MAX};
    list<uuid> const keys{uuid{}};
    list<mood> const moods{mood::wild};

    CHECK(where(i64.in(none)) == ids{});
    CHECK(where(i64.not_in(none)) == ids{1, 2, 3, 4});
    CHECK(where(i64.in({7, 0, -3})) == ids{1, 4});
    CHECK(where(i64.not_in({7, 0, -3})) == ids{2});
    CHECK(where(money.in(prices)) == ids{1, 3, 4});
    CHECK(where(money.not_in(prices)) == ids{2});
    CHECK(where(col<&sample::u64>.in(large)) == ids{1, 2});
    CHECK(where(col<&sample::key>.in(keys)) == ids{2});
    CHECK(where(col<&sample::feeling>.in(moods)) == ids{2});
}

TEST_CASE("semantics: numbers of different types compare by value") {
    CHECK(where(money == fine) == ids{4});
    CHECK(where(money > fine) == ids{1});
    CHECK(where(money > i64) == ids{1, 4});
    CHECK(where(i64 < f64) == ids{2, 4});
    CHECK(where(money > decimal<10, 4>("0.051"_dec)) == ids{1});
    CHECK(where(money.between(-20, 1)) == ids{2, 3, 4});
    CHECK(where(fine.between(money, money)) == ids{4});
    CHECK(where(money * fine < 0) == ids{1, 2});
    CHECK(where(fine.is_not_distinct_from(money)) == ids{4});
    CHECK(where(col<&sample::u64> == 5) == ids{2});
    CHECK(where(col<&sample::u64> > UINT64_MAX - 1) == ids{1});
    CHECK(where(col<&sample::u32> > 4294967294) == ids{1});
    CHECK(where(col<&sample::wide> == decimal<30, 5>("3"_dec)) == ids{2});
    CHECK(where(col<&sample::wide> < 0) == ids{1});
    CHECK(where(f64 == 0.1) == ids{4});
    CHECK(where(col<&sample::f32> == 1.5F) == ids{1});
}

TEST_CASE("semantics: days, moments, keys and bytes compare as they are") {
    CHECK(where(col<&sample::day> < date_from_string("2000-01-01")) == ids{2});
    CHECK(where(col<&sample::day> > date_from_string("2024-02-29")) == ids{3});
    CHECK(where(col<&sample::clock> == time_of_day(23, 59, 59, 999999)) == ids{1, 2, 3, 4});
    CHECK(where(col<&sample::local> == timestamp(microseconds(1700000000123456))) ==
          ids{1, 2, 3, 4});
    CHECK(where(col<&sample::at> > instant(microseconds(1700000000123455))) == ids{1, 2, 3, 4});
    CHECK(where(col<&sample::at> < now()) == ids{1, 2, 3, 4});
    CHECK(where(col<&sample::at> > now()) == ids{});
    CHECK(where(col<&sample::key> == uuid{}) == ids{2});
    CHECK(where(col<&sample::feeling> == mood::wild) == ids{2});
    bytes const first = bytes_of(std::string("a\0\xff", 3));
    CHECK(where(col<&sample::data> == first) == ids{1, 4});
    CHECK(where(col<&sample::data> > first) == ids{2});
    CHECK(values(year(col<&sample::day>)) == list<std::int64_t>{2024, 1, 9999, 2024});
    CHECK(values(month(col<&sample::local>)) == list<std::int64_t>{11, 11, 11, 11});
    CHECK(values(day(col<&sample::at>)) == list<std::int64_t>{14, 14, 14, 14});
}

TEST_CASE("semantics: conditions, switches and missing values") {
    CHECK(where(col<&sample::flag>) == ids{1});
    CHECK(where(!col<&sample::flag>) == ids{2, 3, 4});
    CHECK(where(!(i64 == 7)) == ids{2, 4});
    CHECK(where(words.is_null()) == ids{3});
    CHECK(where(words.is_distinct_from("abc")) == ids{1, 3, 4});
    CHECK(where(words.is_not_distinct_from(std::nullopt)) == ids{3});
    CHECK(where(when(false, i64 > 100)) == ids{1, 2, 3, 4});
    CHECK(where(when(true, i64 > 1)) == ids{1});
    CHECK(where(when(false, i64 > 1) || i64 < 0) == ids{1, 2, 3, 4});
    CHECK(values(i64 > 0) == maybe<bool>{true, false, {}, false});
    CHECK(values(coalesce(words, "none")) ==
          list<std::string>{"Ünï\\cö'dé ABC xyz%_ 😀", "abc", "none", ""});
    CHECK(values(coalesce(fine, money)) ==
          list<decimal<12, 4>>{-"1.2345"_dec, "1.235"_dec, "0.05"_dec, "0.05"_dec});
    CHECK(values(nullif(words, "abc"))[1] == std::nullopt);
    CHECK(values(case_(when(i64 > 0, 1), when(i64 < 0, -1)).otherwise(0)) ==
          list<std::int64_t>{1, -1, 0, 0});
    CHECK(values(case_(when(i64 > 0, money))) == maybe<decimal<10, 2>>{"19.9"_dec, {}, {}, {}});
}

TEST_CASE("semantics: NULLs are last ascending and first descending, unless told otherwise") {
    CHECK(ordered(i64) == ids{2, 4, 1, 3});
    CHECK(ordered(i64.desc()) == ids{3, 1, 4, 2});
    CHECK(ordered(i64.asc().nulls_first()) == ids{3, 2, 4, 1});
    CHECK(ordered(i64.desc().nulls_last()) == ids{1, 4, 2, 3});
    CHECK(ordered(col<&sample::u64>.desc()) == ids{1, 2, 3, 4});
    CHECK(ordered(col<&sample::wide>) == ids{1, 3, 4, 2});
    CHECK(ordered(col<&sample::data>) == ids{3, 1, 4, 2});
    CHECK(ordered(col<&sample::key>.desc()) == ids{1, 3, 4, 2});
}

TEST_CASE("semantics: groups, distinct rows and pages") {
    auto const groups = filled().all(from<sample>()
                                         .group_by(money)
                                         .having(count() > 0)
                                         .order_by(output<"n">.desc(), money.desc())
                                         .select(money, count().as<"n">()));
    REQUIRE(groups.size() == 3);
    CHECK(groups[0] == row<decimal<10, 2>, std::int64_t>{"0.05"_dec, 2});
    CHECK(groups[2] == row<decimal<10, 2>, std::int64_t>{-"19.95"_dec, 1});
    auto const sums = filled().all(from<sample>()
                                       .group_by(i64)
                                       .order_by(output<"s">.desc(), i64)
                                       .select(i64, sum(fine).as<"s">()));
    REQUIRE(sums.size() == 4);
    CHECK(sums[0].m0 == std::nullopt);
    CHECK(filled().all(from<sample>().distinct().order_by(money).select(money)).size() == 3);
    auto const page = from<sample>().order_by(col<&sample::id>).select(col<&sample::id>);
    CHECK(filled().all(page.limit(2)).size() == 2);
    CHECK(filled().all(page.offset(1)).front().m0 == 2);
    CHECK(filled().all(page.limit(2).offset(3)).size() == 1);
}

TEST_CASE("semantics: queries inside queries") {
    auto const two =
        from<sample>().order_by(col<&sample::id>.desc()).limit(2).select(col<&sample::id>);
    CHECK(where(col<&sample::id>.in(two)) == ids{3, 4});
    CHECK(where(col<&sample::id>.not_in(two)) == ids{1, 2});
    CHECK(where(money == scalar(from<sample>().select(max(money)))) == ids{1});
    using other = alias<sample, "other">;
    CHECK(where(exists(from<other>()
                           .correlate<sample>()
                           .where(col<&sample::money, "other"> == money &&
                                  col<&sample::id, "other"> != col<&sample::id>)
                           .select(col<&sample::id, "other">))) == ids{3, 4});
}

TEST_CASE("semantics: text that ignores case compares ASCII letters alike, and is unique so") {
    auto const nick = col<&sample::nick>;  // Äb äc ÄD äe

    CHECK(where(nick == "Äd") == ids{3});
    CHECK(where(nick == "äd") == ids{});
    CHECK(where(nick.in({"ÄB", "äE"})) == ids{1, 4});
    CHECK(where(nick.contains("D")) == ids{3});
    CHECK(ordered(nick) == ids{1, 3, 2, 4});
    auto twin = make(5);
    twin.nick = "Äd";
    CHECK(refusal([&] { (void)filled().insert(twin); }) == error_kind::unique_violation);
}
