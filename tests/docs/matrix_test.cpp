// SPDX-License-Identifier: BSL-1.0
// README.md says what works on which database; here each row is tried on the back end under test, and
// its cell must say what was seen. Also: every kind of error has its section in the reference.

#include "docs/music.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <functional>
#include <sstream>

using namespace relata;

namespace {

struct wide {
    std::int64_t id{};
    decimal<38, 2> amount;
    std::uint64_t count{};
};

}  // namespace
template <>
inline constexpr auto relata::table<wide> = relata::describe<wide>("wide_numbers").key<&wide::id>();

namespace {

// "yes", or "refused" when the answer is not_supported.
std::string outcome_of(std::function<void()> const& feature) {
    try {
        feature();
    } catch (error const& e) {
        if (e.kind() != error_kind::not_supported) throw;
        return "refused";
    }
    return "yes";
}

std::string read_file(std::string const& name) {
    std::ifstream in(std::string(RELATA_SOURCE_FOLDER) + "/" + name);
    REQUIRE(in);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

std::vector<std::string> cells(std::string const& line) {
    std::vector<std::string> out;
    std::istringstream in(line);
    for (std::string cell; std::getline(in, cell, '|');) {
        auto const first = cell.find_first_not_of(' ');
        auto const last = cell.find_last_not_of(' ');
        out.push_back(first == std::string::npos ? "" : cell.substr(first, last - first + 1));
    }
    return out;
}

// The cell of a feature in the column of the back end under test.
std::string documented(std::string const& feature, database const& db) {
    std::size_t column = 0;
    if (db.driver() == "sqlite") column = 2;
    else if (db.driver() == "postgresql") column = 3;
    else column = db.server().find("MariaDB") != std::string::npos ? 4 : 5;
    std::istringstream readme(read_file("README.md"));
    for (std::string line; std::getline(readme, line);) {
        auto const row = cells(line);
        if (row.size() > column && row[1] == feature) return row[column];
    }
    FAIL("README.md has no row '" + feature + "'");
    return "";
}

}  // namespace

TEST_CASE("docs: the table of features tells what was seen", "[docs]") {
    auto db = docs::music();
    db.drop_tables<wide>();
    db.create_tables<wide>();
    db.insert(wide{1, "12345678901234567890123456789.25"_dec, 5});
    auto check = [&](char const* feature, std::function<void()> const& run) {
        INFO(feature);
        CHECK(outcome_of(run) == documented(feature, db));
    };
    check("joins (inner, left, right, cross, self)", [&] {
        CHECK(db.all(from<album>().join<artist>().select(col<&album::id>)).size() == 4);
        CHECK(db.all(from<artist>().left_join<album>().select(col<&artist::id>)).size() == 5);
        CHECK(db.all(from<album>().right_join<artist>().select(col<&artist::id>)).size() == 5);
        CHECK(db.all(from<album>().cross_join<artist>().select(col<&artist::id>)).size() == 12);
        CHECK(
            db.all(from<artist>()
                       .join<alias<artist, "other">>(col<&artist::id> == col<&artist::id, "other">)
                       .select(col<&artist::id>))
                .size() == 3);
    });
    check("full join", [&] {
        // outside of CHECK, which would catch the refusal
        auto const rows = db.all(from<album>().full_join<artist>().select(col<&artist::id>));
        CHECK(rows.size() == 5);
    });
    check("aggregates, group by, having, subqueries, case", [&] {
        CHECK(db.all(from<album>()
                         .group_by(col<&album::artist_id>)
                         .having(count() > 1)
                         .select(count()))
                  .size() == 2);
        CHECK(db.all(from<album>().where(col<&album::price> ==
                                         scalar(from<album>().select(max(col<&album::price>)))))
                  .size() == 1);
    });
    check("arithmetic on decimals of 19 to 38 digits, and on uint64", [&] {
        auto const row =
            db.one(from<wide>().select(col<&wide::amount> + "1.00"_dec, col<&wide::count> + 1));
        CHECK(row.m0.to_string() == "12345678901234567890123456790.25");
        CHECK(row.m1 == 6);
    });
    check("insert, delete … returning", [&] {
        auto const made = db.one(insert_into<artist>()
                                     .set(col<&artist::name> = "Returned")
                                     .returning(col<&artist::id>, col<&artist::name>));
        CHECK(made.m1 == "Returned");
        CHECK(db.one(delete_from<artist>()
                         .where(col<&artist::id> == made.m0)
                         .returning(col<&artist::id>))
                  .m0 == made.m0);
    });
    check("update … returning", [&] {
        auto const rows = db.all(update<album>()
                                     .set(col<&album::price> = "7.00"_dec)
                                     .where(col<&album::artist_id> > 0)
                                     .returning(col<&album::id>));
        CHECK(rows.size() == 4);
    });
    check("savepoints, isolation, retry", [&] {
        for (auto level : {isolation::read_committed, isolation::serializable})
            db.transaction(
                [&](transaction& tx) {
                    tx.savepoint([&] { tx.insert(artist{{}, "Kept"}); });
                    tx.rollback();
                },
                retry(2), {.isolation = level});
    });
    check("snapshot isolation that refuses lost updates", [&] {
        db.transaction(
            [&](transaction& tx) {
                tx.insert(artist{{}, "Kept"});
                tx.rollback();
            },
            retry(2), {.isolation = isolation::snapshot});
    });
    check("update that swaps two columns", [&] {
        auto const none = db.execute(update<album>()
                                         .set(col<&album::id> = col<&album::artist_id>,
                                              col<&album::artist_id> = col<&album::id>)
                                         .where(col<&album::id> == 0));
        CHECK(none == 0);
    });
    check("streaming in constant memory", [&] {
        std::size_t rows = 0;
        for (auto const& a : db.stream(from<album>())) rows += a.id > 0;
        CHECK(rows == 4);
    });
}

TEST_CASE("docs: every kind of error has its section", "[docs]") {
    auto const page = read_file("docs/reference/errors.md");
    for (unsigned i = 1; i <= unsigned(error_kind::data_loss); ++i) {
        auto const kind = error_kind(i);
        INFO(name_of(kind));
        CHECK(page.find("## " + code_of(kind) + " " + std::string(name_of(kind)) + "\n") !=
              std::string::npos);
    }
}
