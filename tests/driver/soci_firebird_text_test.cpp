// SPDX-License-Identifier: BSL-1.0
// Functions on text, which Firebird has under other names and with other bounds.
#include "soci_support.hpp"

#include <relata/relata.hpp>

#include <tuple>

using namespace driver_tests;

namespace {

struct fb_word {
    std::int64_t id{};
    std::string word;
};

}  // namespace

template <>
inline constexpr auto relata::table<fb_word> =
    relata::describe<fb_word>("fb_words").key<&fb_word::id>();

TEST_CASE("soci+firebird: letters of ASCII change their case, and texts are cut at any place") {
    auto const url = soci_url("FIREBIRD");
    if (url.empty()) return;
    auto const db = relata::open(url);
    db.script("RECREATE TABLE \"fb_words\" (\"id\" BIGINT NOT NULL PRIMARY KEY, \"word\" "
              "VARCHAR(100) CHARACTER SET UTF8 NOT NULL)");
    db.insert(fb_word{1, "aBc \u00e4\u00d6 Z"});
    auto const got = [&](auto const& what) {
        return db.one(from<fb_word>().select_as<std::tuple<std::string>>(what));
    };
    auto const word = col<&fb_word::word>;
    CHECK(std::get<0>(got(lower(word))) == "abc \u00e4\u00d6 z");
    CHECK(std::get<0>(got(upper(word))) == "ABC \u00e4\u00d6 Z");
    CHECK(std::get<0>(got(substr(word, 2, 3))) == "Bc ");
    CHECK(std::get<0>(got(substr(word, 5, 2))) == "\u00e4\u00d6");
    CHECK(std::get<0>(got(substr(word, -3, 2))) == "aB");
    CHECK(std::get<0>(got(substr(word, 2, -1))) == "");
    CHECK(std::get<0>(got(substr(word, 400, 2))) == "");
    CHECK(std::get<0>(got(substr(word, 1, std::int64_t(5'000'000'000)))) == "aBc \u00e4\u00d6 Z");
    CHECK(db.all(from<fb_word>().where(lower(word).contains("bc"))).size() == 1);
}
