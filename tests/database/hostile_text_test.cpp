// SPDX-License-Identifier: BSL-1.0
//
// Text that tries to be more than text: as values, as patterns, and as names of columns.

#include "database/library.hpp"
#include "database/thrown.hpp"

#include <cstdlib>
#include <fstream>

using namespace relata;
using namespace test;

namespace {

std::vector<std::string> hostile() {
    return {"'; drop table library_artists; --",
            "\" or 1=1 --",
            "` or 1=1 #",
            "\\'; drop table library_artists; --",
            "\\",
            "\\\\'",
            "%' or '1'='1",
            "100%_\\%\\_",
            "$1 $2 ? :name @var #tmp",
            "{fn now()} ${HOME} %s %n %d",
            "/* comment */ -- comment",
            "a;b;c",
            "line\nbreak\r\ntab\t\v\f\x01\x1b[31m\x7f",
            "\xEF\xBB\xBF byte order mark",
            "\xE2\x80\xAE turned \xE2\x80\xAC",
            "e\xCC\x81 and \xC3\xA9",
            "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7",
            "\xEF\xBF\xBE\xEF\xBF\xBF",
            "\xC2\xA0\xE3\x80\x80\xE2\x80\x8B",
            "   ",
            "NULL",
            "0x41",
            "1e309",
            "-0",
            "\xE7\xB8\x97' or 1=1 --",  // ends in a backslash in old encodings
            "COPY library_artists FROM STDIN;\n\\.\n",
            "\\N",
            "\\.",
            std::string(250, '\''),
            std::string(250, '\\')};
}

// The strings of a file, one a line, # for comments; RELATA_TEST_STRINGS names it.
std::vector<std::string> from_file() {
    std::vector<std::string> out;
    auto const* const name = std::getenv("RELATA_TEST_STRINGS");
    if (!name) {
        WARN("skipped: RELATA_TEST_STRINGS names no file with more hostile strings");
        return out;
    }
    std::ifstream in(name);
    for (std::string line; std::getline(in, line);)
        if (!line.empty() && line[0] != '#' && line.size() < 250) out.push_back(line);
    CHECK(out.size() > 100);
    return out;
}

void check_text(database const& db, std::string const& text) {
    CAPTURE(text);
    auto const found =
        db.all(from<artist>().where(col<&artist::country> == text).order_by(col<&artist::id>));
    REQUIRE(found.size() >= 2);  // one inserted alone, one in bulk; a list may hold a text twice
    for (auto const& a : found) CHECK(a.country == text);
    CHECK(db.all(from<artist>().where(col<&artist::country>.in(std::vector<std::string>{text})))
              .size() == found.size());
    for (auto const& a : db.all(from<artist>().where(col<&artist::country>.contains(text))))
        CHECK(a.country->find(text) != std::string::npos);
    for (auto const& a : db.all(from<artist>().where(col<&artist::country>.starts_with(text))))
        CHECK(a.country->starts_with(text));
    CHECK(db.all(from<artist>().where(col<&artist::country>.ends_with(text))).size() >=
          found.size());
    CHECK(db.execute(update<artist>()
                         .set(col<&artist::country> = text)
                         .where(col<&artist::country> == text)) == std::int64_t(found.size()));
}

void check_all(std::vector<std::string> const& texts) {
    auto const& db = fresh<artist, album>();
    std::vector<artist> bulk;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        db.insert(artist{0, "alone " + std::to_string(i), texts[i]});
        bulk.push_back({0, "bulk " + std::to_string(i), texts[i]});
    }
    db.insert_all(bulk);
    for (auto const& text : texts) check_text(db, text);
    CHECK(db.all(from<artist>()).size() == 2 * texts.size());
}

/// Its columns have names that are words of SQL, and quotes in them.
struct worst_names {
    std::int64_t order{};
    std::string select;
    std::optional<std::int32_t> group;
    std::string user;
    std::string when;
    std::string key;
    friend bool operator==(worst_names const&, worst_names const&) = default;
};

struct quoted_name {
    std::int64_t id{};
    std::int64_t value{};
};

}  // namespace

template <>
inline constexpr auto relata::table<worst_names> = relata::describe<worst_names>("table")
                                                       .key<&worst_names::order>()
                                                       .index<&worst_names::user>()
                                                       .column<&worst_names::when>("where");
template <>
inline constexpr auto relata::table<quoted_name> =
    relata::describe<quoted_name>("hostile_quoted")
        .key<&quoted_name::id>()
        .column<&quoted_name::value>("x\" from y; drop table z; --");

TEST_CASE("hostile text: values stay values") { check_all(hostile()); }

TEST_CASE("hostile text: values of a list of strings") { check_all(from_file()); }

TEST_CASE("hostile text: names that are words of SQL") {
    auto const& db = fresh<worst_names>();
    worst_names const w{1, "a", 2, "b", "c", "d"};
    db.insert(w);
    db.insert_all(std::vector<worst_names>{{2, "b", {}, "c", "d", "e"}});
    CHECK(db.find<worst_names>(1) == w);
    CHECK(db.all(from<worst_names>()
                     .where(col<&worst_names::select> == "b")
                     .order_by(col<&worst_names::group>))
              .size() == 1);
    CHECK(db.execute(update<worst_names>()
                         .set(col<&worst_names::group> = 5, col<&worst_names::when> = "z")
                         .where(col<&worst_names::order> == 2)) == 1);
    auto const groups = db.all(from<worst_names>()
                                   .group_by(col<&worst_names::when>)
                                   .order_by(col<&worst_names::when>)
                                   .select(col<&worst_names::when>, sum(col<&worst_names::group>)));
    REQUIRE(groups.size() == 2);
    CHECK(groups[1].m0 == "z");
    CHECK(groups[1].m1 == 5);
    CHECK(db.remove(w));
    db.drop_tables<worst_names>();
}

TEST_CASE("hostile text: a column's name that tries to end the statement is refused") {
    auto const& db = test::db();
    auto const e = thrown([&] { db.create_tables<quoted_name>(); });
    CHECK(name_of(e.kind) == "invalid_schema");
    CHECK(e.outcome != outcome::unknown);
}
