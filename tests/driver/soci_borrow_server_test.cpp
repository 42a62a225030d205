// SPDX-License-Identifier: BSL-1.0
// Sessions of servers that a program has opened with SOCI and lends to relata.
#include "soci_support.hpp"

#include <relata/relata.hpp>

#include <soci/soci.h>

#include <optional>

using namespace driver_tests;

namespace {

struct lent_person {
    std::int64_t id{};
    std::string name;
    std::optional<std::int32_t> age;
};

}  // namespace

template <>
inline constexpr auto relata::table<lent_person> =
    relata::describe<lent_person>("lent_people").key<&lent_person::id>();

namespace {

// SOCI's words for the server of a URL.
std::string words_for(driver::address const& where, std::string const& more) {
    std::string out = "host=" + where.host + " user=" + where.user + " dbname=" + where.database;
    if (!where.port.empty()) out += " port=" + where.port;
    if (!where.password.empty()) out += " password=" + where.password;
    return out + more;
}

std::string text_of(::soci::session& sql, std::string const& question) {
    std::string out;
    sql << question, ::soci::into(out);
    return out;
}

std::int64_t count_of(::soci::session& sql) {
    long long out = -1;
    sql << "SELECT count(*) FROM lent_people", ::soci::into(out);
    return out;
}

void check_rows(::soci::session& sql, database& db) {
    using relata::col, relata::from;
    sql << "INSERT INTO lent_people (id, name, age) VALUES (1, 'Ada', 36)";
    CHECK(db.one(from<lent_person>().where(col<&lent_person::name> == "Ada")).age == 36);
    db.insert(lent_person{2, "Grace ä😀 'x'", {}});
    CHECK(text_of(sql, "SELECT name FROM lent_people WHERE id = 2") == "Grace ä😀 'x'");
    CHECK(count_of(sql) == 2);
    try {
        db.insert(lent_person{2, "again", {}});
        FAIL_CHECK("a key that is taken");
    } catch (error const& e) {
        CHECK(e.kind() == error_kind::unique_violation);
    }
    CHECK(count_of(sql) == 2);
}

void check_transactions(::soci::session& sql, database& db) {
    {
        ::soci::transaction whole(sql);
        sql << "UPDATE lent_people SET age = 37 WHERE id = 1";
        db.transaction([&](transaction& tx) { tx.update(lent_person{2, "Grace", 85}); });
        CHECK(db.find<lent_person>(2)->age == 85);
        try {  // only its own part is taken back
            db.transaction([&](transaction& tx) {
                tx.update(lent_person{2, "Grace", 86});
                tx.insert(lent_person{1, "taken", {}});
            });
            FAIL_CHECK("a key that is taken");
        } catch (error const& e) {
            CHECK(e.kind() == error_kind::unique_violation);
        }
        CHECK(db.find<lent_person>(2)->age == 85);
        CHECK(db.find<lent_person>(1)->age == 37);
        whole.rollback();
    }
    CHECK(db.find<lent_person>(1)->age == 36);
    CHECK_FALSE(db.find<lent_person>(2)->age);
    db.transaction([&](transaction& tx) { tx.update(lent_person{1, "Ada", 38}); });
    CHECK(text_of(sql, "SELECT age FROM lent_people WHERE id = 1") == "38");
    ::soci::transaction whole(sql);
    sql << "DELETE FROM lent_people";
    whole.commit();
    CHECK(count_of(sql) == 0);
}

void check_loan(::soci::session& sql) {
    auto db = relata::open(relata::soci::borrow(sql));
    check_rows(sql, db);
    check_transactions(sql, db);
}

}  // namespace

TEST_CASE("soci borrow: a session of PostgreSQL serves both, and has its own settings again") {
    auto const url = soci_url("POSTGRESQL");
    if (url.empty()) return;
    ::soci::session sql("postgresql", words_for(engine::parse_url(url), ""));
    sql << "SET TimeZone TO 'Asia/Tokyo'";
    sql << "SET DateStyle TO 'German'";
    sql << "CREATE TEMPORARY TABLE lent_people (id bigint PRIMARY KEY, name text NOT NULL, "
           "age integer)";
    check_loan(sql);
    CHECK(text_of(sql, "SHOW TimeZone") == "Asia/Tokyo");
    CHECK(text_of(sql, "SHOW DateStyle") == "German, DMY");
    CHECK(count_of(sql) == 0);
}

TEST_CASE("soci borrow: a session of MySQL serves both, and has its own settings again") {
    auto const url = soci_url("MYSQL");
    if (url.empty()) return;
    ::soci::session sql("mysql", words_for(engine::parse_url(url), " charset=utf8mb4"));
    sql << "SET SESSION time_zone = '+09:00', sql_mode = 'ANSI_QUOTES'";
    sql << "CREATE TEMPORARY TABLE lent_people (id bigint PRIMARY KEY, name varchar(100) NOT NULL, "
           "age integer) CHARACTER SET utf8mb4";
    check_loan(sql);
    CHECK(text_of(sql, "SELECT @@time_zone") == "+09:00");
    CHECK(text_of(sql, "SELECT @@sql_mode") == "ANSI_QUOTES");
    CHECK(count_of(sql) == 0);
}

TEST_CASE("soci borrow: a session of MySQL in another character set is refused") {
    auto const url = soci_url("MYSQL");
    if (url.empty()) return;
    ::soci::session sql("mysql", words_for(engine::parse_url(url), " charset=latin1"));
    CHECK(thrown([&] { (void)relata::soci::borrow(sql); }).kind == error_kind::not_supported);
    CHECK(text_of(sql, "SELECT 'still here'") == "still here");
}
