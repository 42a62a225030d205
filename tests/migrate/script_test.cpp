// SPDX-License-Identifier: BSL-1.0
#include "migrate/folder_support.hpp"

#include "database/back_end.hpp"

#include <relata/migrate/script.hpp>

#include <catch2/catch.hpp>

using namespace relata::migrate;
using relata::schema::catalog::engine;

namespace {

std::vector<std::string> texts(std::string const& file, engine on) {
    std::vector<std::string> all;
    for (auto const& each : read_script(file, on, "up.sql")) all.push_back(each.text);
    return all;
}

std::string refused(std::string const& file, engine on) {
    return test::refusal(relata::error_kind::migration_folder_invalid,
                         [&] { (void)read_script(file, on, "up.sql"); });
}

using list = std::vector<std::string>;

}  // namespace

TEST_CASE("scripts: a statement ends at a semicolon outside of quotes and comments") {
    if (!test::on("sqlite")) return;
    CHECK(texts(" -- one; two\n/* ; */ a ';' \"x;\"\"\" `;`;; b -- ;\n; c", engine::sqlite) ==
          list{"a ';' \"x;\"\"\" `;`", "b -- ;", "c"});
    CHECK(texts("a [;]; b", engine::sqlite) == list{"a [;]", "b"});
    CHECK(texts("a E'\\';' $$;$$ $t$ ; $$ ; $t$ /* /* ; */ ; */; b $1; c", engine::postgresql) ==
          list{"a E'\\';' $$;$$ $t$ ; $$ ; $t$ /* /* ; */ ; */", "b $1", "c"});
    CHECK(texts("a 'it''s;' # ;\n; b --;\n c", engine::mysql) ==
          list{"a 'it''s;' # ;", "b --", "c"});
    CHECK(texts("/*!40101 SET x */; b", engine::mysql) == list{"/*!40101 SET x */", "b"});
    CHECK(texts("", engine::mysql).empty());
    CHECK(texts(" -- nothing\n;;", engine::postgresql).empty());
}

TEST_CASE("scripts: programs end where their engine says") {
    if (!test::on("sqlite")) return;
    std::string const trigger = "CREATE TEMP TRIGGER t AFTER INSERT ON a BEGIN SELECT CASE WHEN 1 "
                                "THEN 2 END; DELETE FROM b; END";
    CHECK(texts(trigger + "; c;", engine::sqlite) == list{trigger, "c"});
    CHECK(texts("DELIMITER //\nCREATE PROCEDURE p() BEGIN a; END//\ndelimiter ;\nb;",
                engine::mysql) == list{"CREATE PROCEDURE p() BEGIN a; END", "b"});
    CHECK(texts("create trigger t before insert on a for each row set new.x = 1; drop trigger if "
                "exists t",
                engine::mysql) ==
          list{"create trigger t before insert on a for each row set new.x = 1",
               "drop trigger if exists t"});
    CHECK(texts("-- relata:block\n a;\n b\n-- relata:end\nc", engine::mysql) ==
          list{" a;\n b", "c"});
}

TEST_CASE("scripts: marks stay with their statement") {
    if (!test::on("sqlite")) return;
    auto const found =
        read_script("\xef\xbb\xbf-- relata:nolint RL-P01 small\r\n-- relata:outside\r\n"
                    "a;\r\n\r\nb",
                    engine::postgresql, "up.sql");
    CHECK(found ==
          std::vector<statement>{{"a", false, 3, {"nolint RL-P01 small"}}, {"b", true, 5, {}}});
    CHECK_FALSE(read_script("a", engine::mariadb, "up.sql").at(0).in_transaction);
}

TEST_CASE("scripts: what cannot be understood is refused with its line") {
    if (!test::on("sqlite")) return;
    CHECK(refused("a;\nb 'x", engine::sqlite) == "up.sql:2: a quote or comment has no end");
    CHECK(refused("a $t$ x", engine::postgresql) == "up.sql:1: a quote or comment has no end");
    CHECK(refused("a;\nb 'x\\' y';", engine::mysql).find("up.sql:2: where this text ends") == 0);
    CHECK(refused("\nCREATE PROCEDURE p() BEGIN a; END;", engine::mariadb)
              .find("up.sql:2: where this program ends") == 0);
    CHECK(refused("create function f() begin atomic select 1; end", engine::postgresql)
              .find("up.sql:1: where this program ends") == 0);
    CHECK(refused("-- relata:block\nx", engine::mysql) ==
          "up.sql:2: -- relata:block without -- relata:end");
    CHECK(refused("-- relata:end\nx", engine::mysql).find("up.sql:1:") == 0);
    CHECK(refused("x;\n-- relata:outside\n", engine::sqlite).find("before no statement") !=
          std::string::npos);
    for (auto const* each : {"begin", "COMMIT", "start transaction", "rollback to x", "savepoint a",
                             "-- relata:block\n/* */ begin\n-- relata:end"})
        for (auto const on : {engine::sqlite, engine::postgresql, engine::mysql})
            CHECK_THAT(refused("a;\n" + std::string(each) + "\n;", on),
                       Catch::Contains("begins or ends a transaction"));
}

TEST_CASE("scripts: steps are read as they were written") {
    if (!test::on("sqlite")) return;
    std::vector<step> const steps{{"CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END"},
                                  {"a ';\n' -- x"},
                                  {"-- first a comment\nb", false},
                                  {"c \\' ;", false},
                                  {"  d;\n\n", false}};
    for (auto const on : {engine::sqlite, engine::postgresql, engine::mysql}) {
        auto const file = write_script(steps, on);
        INFO(file);
        auto const found = read_script(file, on, "up.sql");
        REQUIRE(found.size() == steps.size());
        for (std::size_t i = 0; i < steps.size(); ++i) {
            CHECK(found[i].text == steps[i].text);
            CHECK(found[i].in_transaction == (on != engine::mysql && steps[i].in_transaction));
        }
    }
    CHECK_THROWS_AS(write_script({{"a;\n-- relata:end\nb"}}, engine::mysql), relata::error);
}
