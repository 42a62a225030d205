// SPDX-License-Identifier: BSL-1.0
#include "migrate/folder_support.hpp"

#include "database/back_end.hpp"

#include <relata/migrate/folder.hpp>

#include <catch2/catch.hpp>

using namespace relata;
using namespace relata::migrate;
using product = schema::catalog::engine;
using test::refusal, test::scratch_folder;

namespace {

constexpr char first[] = "20260101000000_first";
constexpr char second[] = "20260101000001_second";

// Two migrations.
scratch_folder two() {
    scratch_folder made;
    (void)add_migration(made.path(), "first", "20260101000000",
                        {{product::sqlite, {{"CREATE TABLE a (x)"}}, {{"DROP TABLE a"}}, {}}});
    (void)add_migration(made.path(), "second", "20260101000001",
                        {{product::sqlite, {{"CREATE TABLE b (x)"}}, {}, {}}});
    return made;
}

std::string refused(scratch_folder const& in) {
    return refusal(error_kind::migration_folder_invalid, [&] { (void)read_folder(in.path()); });
}

}  // namespace

TEST_CASE("folder: what is added is read again, in order") {
    if (!test::on("sqlite")) return;
    scratch_folder made;
    CHECK(read_folder(made.path()).migrations.empty());
    schema::catalog::schema after;
    after.tables.emplace_back().name.name = "a";
    std::vector<step> const steps{{"PRAGMA foreign_keys = OFF", false}, {"CREATE TABLE a (x)"}};
    (void)add_migration(made.path(), "first", "20260101000000",
                        {{product::sqlite, steps, {{"DROP TABLE a"}}, after}});
    auto const found = add_migration(made.path(), "second", "", {});
    REQUIRE(found.migrations.size() == 2);
    auto const& one = found.migrations[0];
    CHECK(one.id == first);
    CHECK(one.parent.empty());
    CHECK(one.hash.size() == 64);
    CHECK(one.up(product::sqlite) ==
          std::vector<statement>{{steps[0].text, false, 2, {}}, {steps[1].text, true, 3, {}}});
    CHECK(one.down(product::sqlite).size() == 1);
    CHECK(one.snapshot(product::sqlite) == after);
    CHECK_FALSE(one.has_up(product::postgresql));
    CHECK(refusal(error_kind::migration_folder_invalid, [&] {
              (void)one.up(product::postgresql);
          }).find("not made for this engine") != std::string::npos);
    CHECK(found.migrations[1].parent == first);
    CHECK(found.migrations[1].up(product::mariadb).empty());
    CHECK(read_folder(made.path()).migrations == found.migrations);
}

TEST_CASE("folder: the files of one engine go before those of all") {
    if (!test::on("sqlite")) return;
    auto const made = two();
    made.write(std::string(first) + "/up.mysql.sql", "select 1;");
    made.write(std::string(first) + "/up.sql", "select 0");
    write_sum(made.path());
    auto const found = read_folder(made.path());
    auto const text = [&](product on) { return found.migrations[0].up(on).at(0).text; };
    CHECK(text(product::mysql) == "select 1");
    CHECK(text(product::mariadb) == "select 1");
    CHECK(text(product::postgresql) == "select 0");
    CHECK(text(product::sqlite) == "CREATE TABLE a (x)");
}

TEST_CASE("folder: line ends and byte order marks are not part of the hash, all else is") {
    if (!test::on("sqlite")) return;
    auto const made = two();
    auto const file = std::string(first) + "/up.sqlite.sql";
    made.write(file, "\xef\xbb\xbf"
                     "CREATE TABLE a (x);\r\n");
    CHECK(read_folder(made.path()).migrations.size() == 2);
    made.write(file, "CREATE TABLE a (x) ;\n");
    CHECK(refused(made).find(std::string(first) + " was edited; restore") == 0);
    write_sum(made.path());
    CHECK(read_folder(made.path()).migrations.size() == 2);
}

TEST_CASE("folder: what is wrong has a name and a next step") {
    if (!test::on("sqlite")) return;
    auto const made = two();
    SECTION("a missing migration") {
        made.remove(second);
        CHECK(refused(made).find(std::string(second) + " is in relata.sum and not in the folder") ==
              0);
    }
    SECTION("a missing parent") {
        made.remove(first);
        CHECK(refused(made).find("the parent of 20260101000001_second is missing: " +
                                 std::string(first)) == 0);
    }
    SECTION("a missing file") {
        made.remove(std::string(first) + "/down.sqlite.sql");
        CHECK(refused(made).find(std::string(first) + " was edited") == 0);
        made.remove(std::string(first) + "/meta.json");
        CHECK(refused(made) == std::string(first) + " has no meta.json; restore it");
    }
    SECTION("two heads") {
        made.write("20260101000002_third/meta.json", "{\"parent\": \"20260101000000_first\"}");
        made.write("20260101000002_third/up.sql", "");
        CHECK(refused(made).find("two migrations come after 20260101000000_first: "
                                 "20260101000001_second and 20260101000002_third; make ") == 0);
        made.write("20260101000002_third/meta.json", "{\"parent\": \"20260101000001_second\"}");
        CHECK(refused(made).find("20260101000002_third is not in relata.sum") == 0);
        write_sum(made.path());
        CHECK(read_folder(made.path()).migrations.size() == 3);
    }
    SECTION("a circle") {
        made.write(std::string(first) + "/meta.json", "{\"parent\": \"20260101000001_second\"}");
        CHECK(refused(made).find("no first migration leads to 20260101000000_first") == 0);
    }
    SECTION("unknown files and wrong names") {
        made.write(std::string(first) + "/up.oracle.sql", "");
        CHECK(refused(made) ==
              std::string(first) + "/up.oracle.sql is not known here; take it away");
        made.remove(std::string(first) + "/up.oracle.sql");
        made.write("notes.txt", "");
        CHECK(refused(made).find("notes.txt is not known") == 0);
        made.remove("notes.txt");
        made.write("2026_x/up.sql", "");
        CHECK(refused(made).find("2026_x is no name of a migration") == 0);
    }
    SECTION("a sum that a merge left, and none") {
        made.write("relata.sum", "<<<<<<< ours\n");
        CHECK(refused(made).find("relata.sum:1: is no hash and id") == 0);
        made.remove("relata.sum");
        CHECK(refused(made).find("relata.sum is missing") == 0);
    }
    SECTION("a meta.json with mistakes") {
        made.write(std::string(first) + "/meta.json", "{\"parent\": null, \"tx\": 1}");
        CHECK(refused(made).find("member that is not known: tx") != std::string::npos);
        made.write(std::string(first) + "/meta.json", "{\"parent\": 7}");
        CHECK(refused(made).find("value has another type") != std::string::npos);
    }
}

TEST_CASE("folder: a migration that cannot be added leaves nothing") {
    if (!test::on("sqlite")) return;
    auto const made = two();
    auto const before = made.files();
    auto const add = [&](std::string const& name, std::string const& time,
                         std::string const& text) {
        return refusal(error_kind::invalid_argument, [&] {
            (void)add_migration(made.path(), name, time, {{product::sqlite, {{text}}, {}, {}}});
        });
    };
    CHECK(add("Not A Name", "", "select 1").find("is no name of a migration") != std::string::npos);
    CHECK(add("../up", "", "select 1").find("is no name of a migration") != std::string::npos);
    CHECK(add("first", "20260101000000", "select 1").find("there already") != std::string::npos);
    CHECK(add("x", "", "select '\r\n'").find("no file can hold") != std::string::npos);
    CHECK(made.files() == before);
}
