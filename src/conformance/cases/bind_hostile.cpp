// SPDX-License-Identifier: BSL-1.0
//
// Bind: text that tries to be more than text, as value, in lists and as pattern.

#include "conformance/case.hpp"
#include "conformance/each_way.hpp"
#include "conformance/spelled.hpp"
#include "conformance/storage.hpp"

#include <relata/types/text.hpp>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <string>

namespace relata::conformance {
namespace {

std::vector<std::string> attacks() {
    std::vector<std::string> out{"'; DROP TABLE t; --",
                                 "\"; DROP TABLE t; --",
                                 "`; DROP TABLE t; #",
                                 "' OR '1'='1",
                                 "') OR ('1'='1",
                                 "1 OR 1=1",
                                 "\\' OR 1=1 --",
                                 "\\\\' OR 1=1 --",
                                 "'||(SELECT 1)||'",
                                 "' UNION SELECT 1 --",
                                 "'/**/OR/**/1=1",
                                 "/*! DROP TABLE t */",
                                 "--\n'",
                                 "#\n'",
                                 "a--b",
                                 "$1",
                                 "$$",
                                 "$tag$'$tag$",
                                 ":name",
                                 "@name",
                                 "@@version",
                                 "?",
                                 "??",
                                 "{d '2024-01-01'}",
                                 "%",
                                 "_",
                                 "%%",
                                 "__",
                                 "\\%",
                                 "\\_",
                                 "[a-z]",
                                 "[^a]",
                                 "^",
                                 "!%",
                                 "|_",
                                 "~",
                                 "%s%n%x",
                                 "{0}",
                                 "${IFS}",
                                 "$(id)",
                                 "`id`",
                                 "../../etc/passwd",
                                 "C:\\new\\table",
                                 "\\N",
                                 "\\.",
                                 "\\x41",
                                 "\\u0000",
                                 "\\0",
                                 "&lt;b&gt;",
                                 "<b>'</b>",
                                 "\"]}'",
                                 "U&'\\0041'",
                                 "E'\\''",
                                 "N'x'",
                                 "X'41'",
                                 "_utf8mb4'x'",
                                 "COPY t FROM STDIN;\n\\.\n",
                                 "1e309",
                                 "-0",
                                 "+1",
                                 "0x41",
                                 ".",
                                 "\xE7\xB8\x97' OR 1=1 --",
                                 "Ω≈ç√∫",
                                 "¸˛Ç◊ı˜Â¯˘¿",
                                 "❤️ 💔",
                                 "Ṱ̺̺̕o͞ ̷i̲̬n̝̗v̟o̜̟k̲̻e",
                                 "﷽",
                                 "(╯°□°)╯︵ ┻━┻)",
                                 "ﾟ･✿ヾ",
                                 "１２３",
                                 "表ポあ",
                                 "社會科學",
                                 "\xC8\xBA\xC8\xBE",
                                 "ʇxǝʇ",
                                 "𝕿𝖍𝖊",
                                 "\xE2\x80\xAE"
                                 "abc"};
    for (char const c : std::string("'\"`\\;%_?$:@#-/*()[]{}<>|&^~!=+,. \t\n\r\b\f\v\x1a\x1b\x7f"))
        for (std::size_t const times : {1U, 2U, 3U, 100U}) out.emplace_back(times, c);
    return out;
}

// More of them, one a line: a file named by the environment.
void add_from_file(subject& s, std::vector<std::string>& to) {
    auto const* const name = std::getenv("RELATA_TEST_STRINGS");
    if (!name) {
        s.note("RELATA_TEST_STRINGS names no file with more strings");
        return;
    }
    std::ifstream in(name);
    std::size_t taken = 0;
    for (std::string line; std::getline(in, line);)
        if (!line.empty() && line[0] != '#' && valid_text(line)) {
            to.push_back(line);
            ++taken;
        }
    s.check(taken > 0, "the file of strings can be read");
    s.note("strings from the file: " + std::to_string(taken));
}

template <class Test> std::int64_t matching(std::vector<std::string> const& all, Test const& test) {
    return std::int64_t(std::count_if(all.begin(), all.end(), test));
}

void look_for(subject& s, schema::table const& table, std::vector<std::string> const& all,
              std::string const& text) {
    auto& c = s.connection();
    auto const t = col<&entry_row::t>;
    auto const found = [&](auto const& condition) {
        return answer<std::int64_t>(c, table,
                                    from<entry_row>().where(condition).select(relata::count()))
            .at(0);
    };
    auto const what = value(text).shown();
    s.equal(matching(all, [&](auto const& each) { return each == text; }), found(t == text),
            what + " is found");
    s.equal(matching(all, [&](auto const& each) { return each.find(text) != each.npos; }),
            found(t.contains(text)), what + " is contained");
    s.equal(matching(all, [&](auto const& each) { return each.starts_with(text); }),
            found(t.starts_with(text)), what + " starts");
    s.equal(matching(all, [&](auto const& each) { return each.ends_with(text); }),
            found(t.ends_with(text)), what + " ends");
}

std::vector<row_values> rows_of(std::vector<std::string> const& all) {
    std::vector<row_values> rows;
    for (auto const& each : all)
        rows.push_back(
            {value(std::int64_t(rows.size())), value(each), value(std::optional<std::int64_t>())});
    return rows;
}

void hostile(subject& s) {
    auto all = attacks();
    add_from_file(s, all);
    each_way(s, "hostile text", std::vector<value>(all.begin(), all.end()));
    auto& c = s.connection();
    auto const& table = create_words(s);
    store(c, table, rows_of(all), path::batch);
    for (auto const& each : all) look_for(s, table, all, each);
    s.equal(all.size(), count(c, table), "rows in the end");
}

void patterns(subject& s) {
    std::vector<std::string> const all{"100%",  "100",   "1000", "a_b",  "axb",   "a%b", "a\\b",
                                       "a\\%b", "[abc]", "b",    "A_B",  "100%!", "_",   "%",
                                       "\\",    "ab",    "a__b", "a%%b", "^a",    "é_",  "éx"};
    auto& c = s.connection();
    auto const& table = create_words(s);
    store(c, table, rows_of(all), path::batch);
    for (auto const& each : all) look_for(s, table, all, each);
    for (std::string const each : {"%b", "0%", "_b", "\\%", "x_y", "!", "B", "a_", "", "[", "é"})
        look_for(s, table, all, each);
    struct {
        char const* pattern;
        std::vector<std::string> expected;
    } const likes[] = {{"100\\%", {"100%"}},         {"100%", {"100", "100%", "100%!", "1000"}},
                       {"a\\_b", {"a_b"}},           {"a_b", {"a%b", "a\\b", "a_b", "axb"}},
                       {"a\\\\b", {"a\\b"}},         {"A%", {"A_B"}},
                       {"_", {"%", "\\", "_", "b"}}, {"é_", {"éx", "é_"}},
                       {"[abc]", {"[abc]"}}};
    for (auto const& each : likes) {
        auto expected = each.expected;
        std::sort(expected.begin(), expected.end());
        auto const pattern = std::string(each.pattern);
        auto const got = answer<std::string>(c, table,
                                             from<entry_row>()
                                                 .where(col<&entry_row::t>.like(pattern))
                                                 .order_by(col<&entry_row::t>)
                                                 .select(col<&entry_row::t>));
        s.equal(expected, got, "LIKE " + pattern);
    }
}

void lists(subject& s) {
    auto& c = s.connection();
    auto const& table = create_words(s);
    std::vector<row_values> rows;
    for (std::int64_t id = 0; id < 50; ++id)
        rows.push_back({value(id), value(std::to_string(id)),
                        value(id % 5 ? std::optional<std::int64_t>(id) : std::nullopt)});
    store(c, table, rows, path::batch);
    auto const found = [&](auto const& condition) {
        return answer<std::int64_t>(c, table,
                                    from<entry_row>().where(condition).select(relata::count()))
            .at(0);
    };
    auto const id = col<&entry_row::id>;
    for (std::size_t const size : {0U, 1U, 2U, 7U, 100U, 999U, 1000U}) {
        std::vector<std::int64_t> list;
        std::vector<std::string> words;
        for (std::size_t i = 0; i < size; ++i) {
            list.push_back(std::int64_t(2 * i));
            words.push_back(std::to_string(2 * i));
        }
        auto const hits = std::min<std::size_t>(size, 25);
        auto const what = "list of " + std::to_string(size);
        s.equal(hits, found(id.in(list)), what);
        s.equal(50 - hits, found(id.not_in(list)), what + ", NOT IN");
        s.equal(hits, found(col<&entry_row::t>.in(words)), what + " of text");
    }
    std::vector<std::int64_t> const repeated(100, 7);
    s.equal(1, found(id.in(repeated)), "a value many times");
    std::vector<std::int64_t> const long_list(1001, 7);
    s.throws(
        error_kind::limit_exceeded, [&] { (void)found(id.in(long_list)); },
        "a list beyond the limit");
    std::vector<std::int64_t> const some{4, 5};
    s.equal(1, found(col<&entry_row::n>.in(some)), "NULL is in no list");
    s.equal(39, found(col<&entry_row::n>.not_in(some)), "NULL is not outside of a list either");
    auto const raw = "SELECT count(*) FROM " + quoted(c, table.name) + " WHERE n IN (?, ?)";
    value const null{std::optional<std::int64_t>()};
    s.equal(1, read_column<std::int64_t>(c, raw, {null, value(4L)}).at(0),
            "a list with NULL in it");
    s.equal(0, read_column<std::int64_t>(c, raw, {null, null}).at(0), "a list of NULL");
}

void long_lists(subject& s) {
    s.needs(s.can().max_params > 0, "max_params");
    auto& c = s.connection();
    auto const& table = create_words(s);
    store(c, table, {{value(3L), value("x"), value(std::optional<std::int64_t>(3))}}, path::ad_hoc);
    for (std::size_t const most : {std::size_t(5000), std::size_t(s.can().max_params)}) {
        auto const size = std::min({most, std::size_t(s.can().max_params), std::size_t(30000)});
        std::string sql = "SELECT count(*) FROM " + quoted(c, table.name) + " WHERE id IN (?";
        for (std::size_t i = 1; i < size; ++i) sql += ",?";
        row_values values(size, value(1L));
        s.equal(0, read_column<std::int64_t>(c, sql + ")", values).at(0), "none of them");
        values.back() = value(3L);
        s.equal(1, read_column<std::int64_t>(c, sql + ")", values).at(0), "the last of them");
    }
}

void all_lists(subject& s) {
    lists(s);
    long_lists(s);
}

constexpr case_entry bind_hostile_table[] = {
    {"BND-16",
     "Text made to break out of a statement is a value like any other, stored by every way, found "
     "by equality and as a part of other text (with the strings of the file that "
     "RELATA_TEST_STRINGS names, too).",
     &hostile, nullptr, 60},
    {"BND-35",
     "Lists of 0 to 1000 values are bound for IN and NOT IN, a longer one is refused, NULL is in "
     "none; a statement takes as many values as the driver declares, up to 30000.",
     &all_lists, nullptr, 60},
    {"BND-38",
     "contains, starts_with and ends_with take every character as itself; LIKE takes % and _, "
     "escaped by a backslash, and case counts.",
     &patterns},
};

}  // namespace

std::span<case_entry const> bind_hostile_cases() { return bind_hostile_table; }

}  // namespace relata::conformance
