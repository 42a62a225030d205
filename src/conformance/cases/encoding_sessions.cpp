// SPDX-License-Identifier: BSL-1.0
//
// Encodings: names beyond ASCII in errors, other languages, and client encodings of old.

#include "conformance/case.hpp"
#include "conformance/storage.hpp"
#include "conformance/subject.hpp"

#include <relata/types/text.hpp>

#include <string>

namespace relata::conformance {
namespace {

bool run(driver::connection& on, std::string const& sql) {
    try {
        on.script(sql);
        return true;
    } catch (error const&) {
        return false;
    }
}

void classified(subject& s, driver::connection& c, schema::table const& table,
                std::string const& language) {
    auto const insert = insert_text(c, table);
    s.throws(error_kind::unique_violation, [&] { execute(c, insert, {value(1L), value("ключ")}); },
             language + ": a key twice", {"ключ"});
    s.throws(
        error_kind::table_not_found,
        [&] { read(c, "SELECT 1 FROM " + quoted(c, "нет_такой"), {}); },
        language + ": no such table");
    s.throws(
        error_kind::column_not_found,
        [&] { read(c, "SELECT " + quoted(c, "größe") + " FROM " + quoted(c, table.name), {}); },
        language + ": no such column");
    s.throws(error_kind::syntax, [&] { c.script("ВЫБРАТЬ 1"); }, language + ": no statement");
}

void languages(subject& s) {
    auto& c = s.connection();
    auto shape = table_of({column<std::int64_t>("id"), column<std::string>("слово")});
    auto const& table = s.create(shape);
    store(c, table, {{value(1L), value("один")}}, path::prepared);
    classified(s, c, table, "as it is");
    auto const info = s.throws(
        error_kind::not_null_violation,
        [&] {
            execute(c, insert_text(c, table), {value(2L), value(std::optional<std::string>())});
        },
        "NULL for a column whose name is not ASCII");
    s.check(!info.columns.empty() && info.columns[0] == "слово", "the column is named");
    s.check(valid_utf8(info.native_message), "the database's words are UTF-8");
    unsigned taken = 0;
    for (auto const* language : {"ru_RU", "de_DE", "ja_JP", "ru_RU.UTF-8", "de_DE.UTF-8", "C"})
        if (run(c, "SET lc_messages = '" + std::string(language) + "'")) {
            ++taken;
            classified(s, c, table, language);
        }
    s.note("languages that the server took: " + std::to_string(taken));
    c.reset();
    classified(s, c, table, "after a reset");
}

// In these a byte of a character may be a quote or a backslash.
void old_client_encodings(subject& s) {
    auto const attack = std::string("\xE7\xB8\x97' OR 1=1 --");  // 0xBF5C in GBK, once it is UTF-8
    for (auto const* option :
         {"client_encoding", "charset", "characterset", "encoding", "character_set"})
        for (auto const* encoding : {"GBK", "SJIS", "BIG5"})
            s.throws(
                error_kind::invalid_url,
                [&] { (void)s.connect(std::string(option) + "=" + encoding); },
                std::string(option) + " in the URL");
    auto& c = s.connection();
    unsigned taken = 0;
    for (std::string const sql : {"SET NAMES gbk", "SET NAMES sjis", "SET client_encoding TO 'GBK'",
                                  "SET client_encoding TO 'SJIS'", "PRAGMA encoding = 'UTF-16'"}) {
        taken += run(c, sql);
        c.reset();
        s.equal(std::vector<std::string>{attack},
                read_column<std::string>(c, "SELECT ?", {value(attack)}), "after " + sql);
        std::string literal;
        dialect::append_literal(literal, value(attack).bind(), c.spelling());
        s.equal(std::vector<std::string>{attack}, read_column<std::string>(c, "SELECT " + literal),
                "as a literal after " + sql);
    }
    s.note("statements that the server took, undone by reset: " + std::to_string(taken));
}

constexpr case_entry encoding_sessions_table[] = {
    {"ENC-09",
     "Errors are told apart whatever language the server writes them in, and with names beyond "
     "ASCII in them; the column of a violated NOT NULL is named.",
     &languages},
    {"ENC-11",
     "No option of a URL selects a client encoding in which half a character can be a quote, and "
     "what a statement changed there, a reset undoes.",
     &old_client_encodings},
};

}  // namespace

std::span<case_entry const> encoding_sessions_cases() { return encoding_sessions_table; }

}  // namespace relata::conformance
