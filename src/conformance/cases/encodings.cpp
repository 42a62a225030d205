// SPDX-License-Identifier: BSL-1.0
//
// Encodings: UTF-8 everywhere, kept to the byte, or refused.

#include "conformance/case.hpp"
#include "conformance/each_way.hpp"
#include "conformance/storage.hpp"

#include <relata/types/bytes.hpp>
#include <relata/types/text.hpp>

#include <algorithm>
#include <string>

namespace relata::conformance {
namespace {

std::vector<value> text_values(std::vector<std::string> const& list) {
    return {list.begin(), list.end()};
}

void scripts(subject& s) {
    each_way(s, "scripts",
             text_values({"Съешь ещё этих мягких булок", "ÀÉÎÕÜ àéîõü ß ÿ þ", "天地玄黃宇宙洪荒",
                          "いろはにほへと", "한글은 소리글자", "ภาษาไทยไม่มีวรรค", "مرحبا بالعالم",
                          "שלום עולם", "नमस्ते दुनिया", "Ελληνικά", "Հայերեն", "ქართული",
                          "e\xCC\x81 n\xCC\x83"}));
}

void four_bytes(subject& s) {
    std::vector<std::string> const list{
        "\xF0\x90\x80\x80", "𝄞",      "😀",      "👩‍👩‍👧", "🇩🇪",
        "\xF4\x8F\xBF\xBD", "a😀b😀", "𠜎𠜱𠝹𠱓"};
    each_way(s, "characters of four bytes", text_values(list));
    auto& c = s.connection();
    auto const& table = s.create(table_of({column<text<20>>("größe"), column<std::int64_t>("n")}));
    auto const name = quoted(c, table.name);
    for (auto const& each : list)
        store(c, table, {{value(text<20>(each)), value(1L)}}, path::prepared);
    auto expected = list;
    std::sort(expected.begin(), expected.end());
    auto const sorted = "SELECT " + quoted(c, "größe") + " AS " + quoted(c, "ключ") + " FROM " +
                        name + " ORDER BY " + quoted(c, "größe");
    s.equal(expected, read_column<std::string>(c, sorted), "ordered by code point");
    s.equal(std::vector<std::string>{"😀"},
            read_column<std::string>(c, "SELECT '😀' /* 😀 and 'это' */"),
            "in a literal and in a comment");
}

// Where a server has columns of a narrower character set, they refuse what they cannot keep.
void narrow_columns(subject& s) {
    auto& c = s.connection();
    auto const name = s.fresh_name();
    auto const table = quoted(c, name);
    s.drop_later(name);
    bool there = true;
    try {
        c.script("CREATE TABLE " + table + " (v varchar(20) CHARACTER SET utf8mb3)");
    } catch (error const& e) {
        there = false;
        s.check(e.kind() == error_kind::syntax,
                std::string("a server without such columns says so: ") + e.what());
    }
    if (there) {
        auto const insert = "INSERT INTO " + table + " VALUES (?)";
        s.throws({error_kind::text_invalid, error_kind::value_invalid},
                 [&] { execute(c, insert, {value("secret 😀")}); },
                 "a character that the column cannot keep", {"secret"});
        execute(c, insert, {value("漢字")});
        s.equal(std::vector<std::string>{"漢字"},
                read_column<std::string>(c, "SELECT v FROM " + table), "what it can keep");
    }
    for (int round = 0; round < 2; ++round) {
        s.equal(std::vector<std::string>{"😀é"},
                read_column<std::string>(c, "SELECT ?", {value("😀é")}), "after a reset");
        c.reset();
    }
    s.equal(std::vector<std::string>{"😀é"}, read_column<std::string>(*s.connect(), "SELECT '😀é'"),
            "on a new connection");
}

void nul_inside(subject& s) {
    using namespace std::string_literals;
    for (auto const& bad : {"\0secret"s, "sec\0ret"s, "secret\0"s, "\0"s}) {
        refused_each_way(s, "NUL in text", value(bad), error_kind::text_invalid, "secret");
        auto& c = s.connection();
        auto const& table = s.create(table_of({column<std::int64_t>("id"), column<bytes>("b")}));
        bytes data;
        for (char const each : bad) data.push_back(std::byte(each));
        store(c, table, {{value(1L), value(data)}}, path::batch);
        auto const got = read_column<bytes>(c, "SELECT b FROM " + quoted(c, table.name));
        s.equal(value(data), value(got.at(0)), "NUL in bytes");
    }
}

void not_utf8(subject& s) {
    for (std::string const bad :
         {"\xC0\x80", "\xC0\xAF", "\xC1\xBF", "\xE0\x80\xAF", "\xF0\x80\x80\xAF", "\xED\xA0\x80",
          "\xED\xBF\xBF", "\xED\xA0\x80\xED\xB0\x80", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80",
          "\xFF", "\xFE", "\x80", "\xBF", "\xC3", "\xE2\x82", "\xF0\x9F\x98", "ü\xFC"})
        for (std::string const& around : {bad, "secret" + bad, bad + "secret"})
            if (around == bad || bad.size() < 3)
                refused_each_way(s, "no UTF-8", value(around), error_kind::text_invalid, "secret");
}

void stored_by_others(subject& s) {
    auto& c = s.connection();
    auto const arrives = [&](std::string const& expression) {
        try {
            auto const got = read_column<std::optional<std::string>>(c, "SELECT " + expression);
            s.check(!got.at(0) || valid_utf8(*got[0]), expression + " arrives as UTF-8");
        } catch (error const& e) {
            s.check(e.kind() != error_kind::unknown && e.kind() != error_kind::connection_lost,
                    expression + ": " + e.what());
        }
        s.equal(std::vector<std::int64_t>{1}, read_column<std::int64_t>(c, "SELECT 1"),
                "the connection goes on");
    };
    for (std::string const hex : {"ff", "c080", "eda080", "61ff62", "f0"}) {
        arrives("CAST(x'" + hex + "' AS text)");
        arrives("CAST(x'" + hex + "' AS char(8))");
        arrives("convert_from(decode('" + hex + "', 'hex'), 'UTF8')");
        arrives("CONVERT(x'" + hex + "' USING latin1)");
        arrives("CONVERT(x'" + hex + "' USING utf8mb4)");
        arrives("_latin1 x'" + hex + "'");
    }
}

void rare_characters(subject& s) {
    each_way(s, "rare characters",
             text_values({"\xEF\xBB\xBFmark",
                          "mark\xEF\xBB\xBF",
                          "\xEF\xBF\xBE",
                          "\xEF\xBF\xBF",
                          "\xEF\xB7\x90",
                          "\xF0\x9F\xBF\xBE",
                          "\xF4\x8F\xBF\xBF",
                          "a\xE2\x80\x8B"
                          "b",
                          "a\xE2\x80\x8C"
                          "b",
                          "a\xE2\x80\x8D"
                          "b",
                          "\xE2\x80\xAE"
                          "abc\xE2\x80\xAC",
                          "\xE2\x81\xA6x\xE2\x81\xA9",
                          "\xC2\xAD",
                          "\xC2\x85",
                          "\xE2\x80\xA8",
                          "\xE2\x80\xA9",
                          "\xC2\xA0",
                          "\xE3\x80\x80",
                          "\xEF\xBF\xBD",
                          "\xEE\x80\x80",
                          "\xED\x9F\xBF",
                          "\x7F",
                          "\x01\x1F"}));
}

// Keys that some collation would call equal.
void keys_stay_apart(subject& s, std::vector<std::string> const& keys, std::string const& what) {
    auto& c = s.connection();
    auto const& table = s.create(table_of({column<text<20>>("k")}));
    for (auto const& each : keys) store(c, table, {{value(text<20>(each))}}, path::prepared);
    s.equal(keys.size(), count(c, table), what + ": all are keys");
    auto const name = quoted(c, table.name);
    for (auto const& each : keys) {
        s.equal(
            std::vector<std::string>{each},
            read_column<std::string>(c, "SELECT k FROM " + name + " WHERE k = ?", {value(each)}),
            what + ": each is found alone");
        s.throws(
            error_kind::unique_violation,
            [&] { store(c, table, {{value(text<20>(each))}}, path::ad_hoc); },
            what + ": each exists once");
    }
    s.equal(
        keys.size(),
        read_column<std::int64_t>(c, "SELECT count(*) FROM (SELECT DISTINCT k FROM " + name + ") x")
            .at(0),
        what + ": distinct");
    auto sorted = keys;
    std::sort(sorted.begin(), sorted.end());
    s.equal(sorted, read_column<std::string>(c, "SELECT k FROM " + name + " ORDER BY k"),
            what + ": in the order of their bytes");
}

void composed_and_decomposed(subject& s) {
    keys_stay_apart(s,
                    {"\xC3\xA9", "e\xCC\x81", "e", "\xE2\x84\xAB", "\xC3\x85", "A\xCC\x8A",
                     "\xEF\xAC\x81", "fi"},
                    "normal forms");
}

void capital_letters(subject& s) {
    keys_stay_apart(s, {"a", "A", "ä", "Ä", "ß", "ss", "SS", "ı", "i", "I", "a ", "а", "ÿ", "Ÿ"},
                    "letters");
}

constexpr case_entry encodings_table[] = {
    {"ENC-01", "Text of many scripts comes back unchanged by every way.", &scripts},
    {"ENC-02",
     "Characters of four bytes are kept as values and keys, in WHERE and ORDER BY, in literals and "
     "comments; names of columns may have letters beyond ASCII.",
     &four_bytes},
    {"ENC-03",
     "A column of a narrower character set refuses what it cannot keep; every connection, new or "
     "reset, takes all of Unicode.",
     &narrow_columns},
    {"ENC-04",
     "A NUL in text is refused with text_invalid wherever it stands and by every way; bytes keep "
     "it.",
     &nul_inside},
    {"ENC-05",
     "Text that is not UTF-8 (overlong forms, surrogates, lone and missing bytes) is refused with "
     "text_invalid before it is sent.",
     &not_utf8, nullptr, 60},
    {"ENC-06",
     "Text that another program or another character set left in the database is read as UTF-8, or "
     "not at all.",
     &stored_by_others},
    {"ENC-07",
     "Characters that are easily dropped are kept: byte order marks, noncharacters, zero width and "
     "direction marks, controls.",
     &rare_characters},
    {"ENC-08", "Composed and decomposed forms of a letter are different text, also as keys.",
     &composed_and_decomposed},
    {"ENC-10",
     "Capital and small letters, and letters with accents, are different text, also as keys, and "
     "are ordered by their bytes.",
     &capital_letters},
};

}  // namespace

std::span<case_entry const> encodings_cases() { return encodings_table; }

}  // namespace relata::conformance
