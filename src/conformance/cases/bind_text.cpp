// SPDX-License-Identifier: BSL-1.0
//
// Bind: text with every character that means something to SQL, and text of every size.

#include "conformance/case.hpp"
#include "conformance/each_way.hpp"
#include "conformance/samples.hpp"
#include "conformance/storage.hpp"

#include <relata/types/text.hpp>

#include <algorithm>
#include <string>

namespace relata::conformance {
namespace {

std::vector<value> texts(std::vector<std::string> const& list) {
    return {list.begin(), list.end()};
}

void characters(subject& s) {
    std::vector<std::string> list{"",
                                  " ",
                                  "--",
                                  "/*",
                                  "*/",
                                  ";",
                                  "[ ]",
                                  "''",
                                  "\"\"",
                                  "\\\\",
                                  "\\'",
                                  "'\\",
                                  "it's \"so\" `and` so",
                                  "100%_",
                                  "line\r\nline",
                                  "$1 ? :name @name #name",
                                  "$$",
                                  "E'\\n'",
                                  "{ts '1'}"};
    for (char c = 1; c < 127; ++c)
        if (std::isalnum(static_cast<unsigned char>(c)) == 0)
            list.push_back(std::string("a") + c + "b" + c);
    each_way(s, "text", texts(list));
}

void words(subject& s) {
    each_way(s, "words of SQL", texts({"NULL",    "null",         "NA",         "N/A",      "nil",
                                       "true",    "FALSE",        "0",          "00",       "-1",
                                       "1e5",     "1.0",          "0x10",       "Infinity", "NaN",
                                       "DEFAULT", "CURRENT_DATE", "2024-01-01", "\\N",      "\\.",
                                       "x'00'",   "{}",           "[]",         "'",        "''"}));
}

void trailing_spaces(subject& s) {
    each_way(s, "trailing spaces", texts({"a", "a ", "a  ", " a", " ", "  ", "\t", "a\t", "a\n"}));
    each_way<text<10>>(s, "trailing spaces in bounded text", {"a", "a ", "a  ", " a", " ", "  "});
    auto& c = s.connection();
    auto const& table = s.create(table_of({column<text<10>>("name")}));
    for (auto const* each : {"a", "a ", "a  "})
        store(c, table, {{value(text<10>(each))}}, path::prepared);
    s.equal(3, count(c, table), "keys that differ in their spaces");
    auto padded = read_column<std::string>(c, "SELECT CAST('ab' AS char(5))").at(0);
    padded.erase(padded.find_last_not_of(' ') + 1);
    s.equal("ab", padded, "CHAR adds at most spaces");
}

// Text of a size in bytes, with characters of one to four bytes across every boundary.
std::string text_of(std::size_t size) {
    constexpr std::string_view pattern = "aé漢😀z";
    std::string text;
    text.reserve(size + pattern.size());
    while (text.size() + pattern.size() <= size) text += pattern;
    text.resize(size, '.');
    return text;
}

bool fits(subject& s, std::size_t size) {
    auto const most = s.can().max_packet;
    return most == 0 || size + 4096 < most;
}

void sizes(subject& s) {
    auto& c = s.connection();
    auto const& table = s.create(table_of({column<std::int64_t>("id"), column<std::string>("t")}));
    constexpr std::size_t mega = 1 << 20;
    for (std::size_t const size :
         {std::size_t(1), std::size_t(255), std::size_t(256), std::size_t(4096), std::size_t(65535),
          std::size_t(65536), mega, 15 * mega, 16 * mega - 1, 64 * mega}) {
        if (!fits(s, size)) {
            s.note("more than the server takes at once: text of " + std::to_string(size));
            continue;
        }
        auto const whole_text = text_of(size);
        if (s.can().max_text != 0 && characters_of(whole_text) > s.can().max_text) continue;
        value const whole(whole_text);
        for (auto const way : {path::prepared, path::batch}) {
            if (way == path::batch && size > mega) continue;
            store(c, table, {{value(1L), whole}}, way);
            auto const got = read_table(c, table, {&ops_of<std::int64_t>, &whole.ops()});
            s.check(got.size() == 1 && got[0][1] == whole,
                    "text of " + std::to_string(size) + " bytes, " + std::string(name_of(way)));
            execute(c, "DELETE FROM " + quoted(c, table.name));
        }
    }
}

void beyond_the_bound(subject& s) {
    auto& c = s.connection();
    auto const& table = s.create(table_of({column<std::int64_t>("id"), column<text<5>>("t")}));
    kinds const expected{error_kind::value_too_long, error_kind::check_violation};
    for (auto const way : all_paths)
        for (std::string const long_text : {"secret", "äöüäöü", "😀😀😀😀😀😀"}) {
            auto const what = long_text + ", " + std::string(name_of(way));
            s.throws(expected, [&] { store(c, table, {{value(1L), value(long_text)}}, way); }, what,
                     {"secret"});
            s.equal(0, count(c, table), what + ": nothing is stored");
        }
    // spaces that are too many a server may cut: the program's own type does not let them get there
    for (auto const* too_long : {"abcde  ", "äöüäöü", "secret"})
        s.throws(error_kind::value_too_long, [&] { (void)text<5>(too_long); },
                 "a bounded text of the program", {"secret"});
    for (std::string const just : {"fiver", "äöüäö", "😀😀😀😀😀", "abc  "}) {
        for (auto const way : all_paths) {
            store(c, table, {{value(1L), value(just)}}, way);
            auto const sql = "SELECT t FROM " + quoted(c, table.name);
            s.equal(just, read_column<std::string>(c, sql).at(0), just + " fits");
            execute(c, "DELETE FROM " + quoted(c, table.name));
        }
    }
    s.throws(
        error_kind::value_too_long,
        [&] { read_column<text<3>>(c, "SELECT CAST('abcd' AS char(4))"); },
        "text that is longer than the program's type");
}

constexpr case_entry bind_text_table[] = {
    {"BND-14",
     "Text keeps every character that means something to SQL, the control characters among them, "
     "by every way; the empty text is a text.",
     &characters},
    {"BND-15", "Text that looks like NULL, a number, a date or a keyword stays text.", &words},
    {"BND-17",
     "Spaces at the end are kept, count in comparisons and tell keys apart; a column of a fixed "
     "width adds nothing but spaces.",
     &trailing_spaces},
    {"BND-18",
     "Text of 1 byte to 64 MB comes back whole, as far as the server takes that much at once and a "
     "column has room (what has none is refused, see CAP-01).",
     &sizes, nullptr, 60},
    {"BND-19",
     "Text with more characters than its column holds is refused by every way and never cut; the "
     "bound counts characters, not bytes.",
     &beyond_the_bound},
};

}  // namespace

std::span<case_entry const> bind_text_cases() { return bind_text_table; }

}  // namespace relata::conformance
