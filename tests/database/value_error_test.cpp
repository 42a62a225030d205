// SPDX-License-Identifier: BSL-1.0
//
// Values that do not fit, on their way in and on their way out: never cut, never changed.

#include "database/library.hpp"
#include "database/thrown.hpp"

#include "database/every_type.hpp"

#include <limits>

using namespace relata;
using namespace test;

namespace {

// One native table, read as several types.
template <class T> struct box {
    std::int64_t id{};
    T value{};
};
enum class colour { red, green };

}  // namespace

template <>
inline constexpr auto relata::names<colour> = relata::enumerators<colour::red, colour::green>;

namespace {

template <class T> constexpr auto relata_table(std::type_identity<box<T>>) {
    return describe<box<T>>("value_boxes").template key<&box<T>::id>();
}

// A table of the server's own types, with a row.
void native_table(std::string_view type, std::string_view value) {
    std::string text = "drop table if exists value_boxes; create table value_boxes (id bigint not "
                       "null primary key, value ";
    text.append(type).append("); insert into value_boxes values (1, ").append(value).append(")");
    test::db().script(unsafe_sql(text));
}

template <class T> error_info read_as(std::string_view type, std::string_view value) {
    native_table(type, value);
    auto const e = thrown([&] { (void)test::db().all(from<box<T>>()); });
    CHECK(test::db()
              .all(from<box<T>>().where(col<&box<T>::id> == 99))
              .empty());  // the connection is fine
    return e;
}

}  // namespace

TEST_CASE("values read: another type than the program's is a mismatch, never a conversion") {
    CHECK(name_of(read_as<std::int64_t>("text", "'12'").kind) == "type_mismatch");
    CHECK(name_of(read_as<std::string>("bigint", "12").kind) == "type_mismatch");
    CHECK(name_of(read_as<date>("bigint", "12").kind) == "type_mismatch");
    auto const e = read_as<std::int64_t>("text", "'geheim'");
    CHECK(error(e).what() == std::string(error(e).what()));
    CHECK(std::string_view(error(e).what()).find("geheim") == std::string_view::npos);
    CHECK(std::string_view(error(e).what()).find("value") != std::string_view::npos);
}

TEST_CASE("values read: NULL where the program has no place for it") {
    auto const e = read_as<std::int64_t>("bigint", "null");
    CHECK(name_of(e.kind) == "null_value");
    CHECK(name_of(read_as<std::string>("text", "null").kind) == "null_value");
    native_table("bigint", "null");
    CHECK(test::db().one(from<box<std::optional<std::int64_t>>>()).value == std::nullopt);
}

TEST_CASE("values read: a number that does not fit the member") {
    CHECK(name_of(read_as<std::int8_t>("bigint", "300").kind) == "out_of_range");
    CHECK(name_of(read_as<std::uint8_t>("bigint", "-1").kind) == "out_of_range");
    CHECK(name_of(read_as<std::int32_t>("bigint", "2147483648").kind) == "out_of_range");
    CHECK(name_of(read_as<std::uint32_t>("bigint", "4294967296").kind) == "out_of_range");
    native_table("bigint", "127");
    CHECK(test::db().one(from<box<std::int8_t>>()).value == 127);
}

TEST_CASE("values read: text that is longer than the member allows") {
    auto const e = read_as<text<3>>("varchar(100)", "'abcd'");
    CHECK(name_of(e.kind) == "value_too_long");
    native_table("varchar(100)", "'äöü'");
    CHECK(test::db().one(from<box<text<3>>>()).value == "äöü");
}

TEST_CASE("values read: an unknown enumerator is an invalid value") {
    auto const e = read_as<colour>("varchar(20)", "'purple'");
    CHECK(name_of(e.kind) == "value_invalid");
    CHECK(std::string_view(error(e).what()).find("purple") == std::string_view::npos);
    native_table("varchar(20)", "'green'");
    CHECK(test::db().one(from<box<colour>>()).value == colour::green);
}

TEST_CASE("values written: text that is not UTF-8, or that holds a NUL") {
    auto const& db = library();
    for (std::string const& bad :
         {std::string("secret\xff"), std::string("secret\0x", 8), std::string("secret\xed\xa0\x80"),
          std::string("secret\xc0\xaf")}) {
        auto const e = thrown_without("secret", [&] { db.insert(artist{0, bad, {}}); });
        CHECK(name_of(e.kind) == "text_invalid");
        CHECK(name_of(thrown_without("secret", [&] {
                          db.insert_all(std::vector<artist>{{0, "ok", {}}, {0, bad, {}}});
                      }).kind) == "text_invalid");
        CHECK(name_of(thrown_without("secret", [&] {
                          (void)db.all(from<artist>().where(col<&artist::name> == bad));
                      }).kind) == "text_invalid");
        CHECK(name_of(thrown_without("secret", [&] {
                          db.execute(update<artist>()
                                         .set(col<&artist::name> = bad)
                                         .where(col<&artist::id> == 1));
                      }).kind) == "text_invalid");
    }
    CHECK(db.all(from<artist>()).size() == 3);
    CHECK(db.find<artist>(1)->name == "Coltrane");
}

TEST_CASE("values written: text beyond the bound of a key column") {
    auto const& db = library();
    std::string long_name;
    for (int i = 0; i < 255; ++i) long_name += "ü";
    db.insert(artist{0, long_name, {}});
    CHECK(db.first(from<artist>().where(col<&artist::name> == long_name)));
    CHECK(kind_thrown([&] { db.insert(artist{0, long_name + "x", {}}); }) == "value_too_long");
    CHECK(kind_thrown([&] { db.insert_all(std::vector<artist>{{0, long_name + "x", {}}}); }) ==
          "value_too_long");
    CHECK(db.all(from<artist>()).size() == 4);
}

TEST_CASE(
    "values written: JSON that is none, a date that does not exist, an enumerator without a name") {
    auto const& db = fresh<every_type>();
    auto bad = middle();
    bad.document = json("{\"secret\":");
    CHECK(name_of(thrown_without("secret", [&] { db.insert(bad); }).kind) == "value_invalid");
    bad = middle();
    bad.day = date(std::chrono::year(2023), std::chrono::month(2), std::chrono::day(30));
    CHECK(kind_thrown([&] { db.insert(bad); }) == "out_of_range");
    CHECK(kind_thrown([&] { db.insert_all(std::vector<every_type>{bad}); }) == "out_of_range");
    bad = middle();
    bad.when = season(77);
    CHECK(kind_thrown([&] { db.insert(bad); }) == "value_invalid");
    CHECK(kind_thrown([&] { db.insert_all(std::vector<every_type>{bad}); }) == "value_invalid");
    bad = middle();
    bad.at = instant(std::chrono::microseconds(INT64_MAX));
    CHECK(kind_thrown([&] { db.insert(bad); }) == "out_of_range");
    CHECK(db.all(from<every_type>()).empty());
}

TEST_CASE("values written: results of arithmetic that do not fit the column") {
    auto const& db = library();
    CHECK(kind_thrown([&] {
              db.execute(update<album>()
                             .set(col<&album::price> = col<&album::price> * 100000000)
                             .all_rows());
          }) == "out_of_range");
    CHECK(db.find<album>(1)->price == decimal<10, 2>("19.90"_dec));
    CHECK(kind_thrown([&] {
              db.execute(update<album>()
                             .set(col<&album::year> = col<&album::year> * 2000000)
                             .where(col<&album::id> == 1));
          }) == "out_of_range");
    CHECK(db.find<album>(1)->year == 1958);
}

namespace {

struct tally {
    std::int64_t id{};
    std::int64_t amount{};
    decimal<18, 2> money;
};

}  // namespace

template <>
inline constexpr auto relata::table<tally> = describe<tally>("value_tallies").key<&tally::id>();

TEST_CASE("values computed: integers beyond 64 bits are out of range") {
    auto const& db = fresh<tally>();
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    db.insert_all(std::vector<tally>{{1, most, {}}, {2, most, {}}, {3, -most, {}}});
    auto const kind = [&](auto const& what, std::int64_t id = 1) {
        return kind_thrown(
            [&] { (void)db.all(from<tally>().where(col<&tally::id> == id).select(what)); });
    };
    auto const amount = col<&tally::amount>;
    CHECK(kind(amount + 1) == "out_of_range");
    CHECK(kind(amount - 2, 3) == "out_of_range");
    CHECK(kind(amount * 2) == "out_of_range");
    CHECK(kind(amount * amount, 3) == "out_of_range");
    CHECK(kind(-(amount - 1), 3) == "out_of_range");
    CHECK(kind(abs(amount - 1), 3) == "out_of_range");
    CHECK(kind((amount + amount) % 10) == "out_of_range");
    CHECK(kind_thrown([&] {
              (void)db.all(from<tally>().where(col<&tally::id> < 3).select(sum(amount)));
          }) == "out_of_range");
    CHECK(db.one(from<tally>().where(col<&tally::id> == 3).select((amount - 1) % 10)).m0 == -8);
    for (auto const by : {most, std::int64_t{1}}) {
        auto const e = thrown([&] {
            db.execute(update<tally>().set(amount = amount + by).where(col<&tally::id> == 1));
        });
        CHECK(name_of(e.kind) == "out_of_range");
    }
    CHECK(db.find<tally>(1)->amount == most);
}

TEST_CASE("values computed: decimals beyond their digits are out of range") {
    auto const& db = fresh<tally>();
    decimal<18, 2> const most = "9999999999999999.99"_dec;
    db.insert_all(std::vector<tally>{{1, 1, most}, {2, 1, most}});
    auto const all = from<tally>();
    CHECK(kind_thrown([&] { (void)db.all(all.select(col<&tally::money> * 1000)); }) ==
          "out_of_range");
    CHECK(kind_thrown([&] { (void)db.all(all.select(col<&tally::money> + most)); }) ==
          "out_of_range");
    CHECK(kind_thrown([&] {
              db.execute(
                  update<tally>().set(col<&tally::money> = col<&tally::money> + most).all_rows());
          }) == "out_of_range");
    CHECK(db.find<tally>(1)->money == most);
}
