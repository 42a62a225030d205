// SPDX-License-Identifier: BSL-1.0
//
// Cold path: all of this runs only after a constraint was violated. A question that SQLite cannot
// answer leaves the name empty; it never replaces the error that is being reported.

#include "constraints.hpp"

#include "handle.hpp"
#include "words.hpp"

#include <set>
#include <string>
#include <vector>

namespace relata::sqlite_family {
namespace {

// The rows of a query with up to one text and one number bound, as texts.
using rows = std::vector<std::vector<std::string>>;

rows ask(sqlite3* db, std::string const& sql, std::string const& value = {}) {
    rows out;
    sqlite3_stmt* raw = nullptr;
    if (sqlite3_prepare_v2(db, sql.c_str(), -1, &raw, nullptr) != SQLITE_OK) return out;
    statement_handle const handle(raw);
    if (sqlite3_bind_parameter_count(raw) == 1)
        sqlite3_bind_text64(raw, 1, value.data(), value.size(), SQLITE_STATIC, SQLITE_UTF8);
    constexpr std::size_t most = 1000;
    while (out.size() < most && sqlite3_step(raw) == SQLITE_ROW) {
        auto& row = out.emplace_back();
        for (int i = 0; i < sqlite3_column_count(raw); ++i) {
            auto const* text = reinterpret_cast<char const*>(sqlite3_column_text(raw, i));
            row.emplace_back(text ? text : "");
        }
    }
    return out;
}

bool run(sqlite3* db, char const* sql) {
    return sqlite3_exec(db, sql, nullptr, nullptr, nullptr) == SQLITE_OK;
}

std::string join(std::vector<std::string> const& parts) {
    std::string out;
    for (auto const& part : parts) out += (out.empty() ? "" : "_") + part;
    return out;
}

std::vector<std::string> first_cells(rows const& table) {
    std::vector<std::string> out;
    for (auto const& row : table)
        if (!row.empty()) out.push_back(row[0]);
    return out;
}

std::string table_text(sqlite3* db, std::string const& table) {
    auto const found =
        ask(db, "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?1", table);
    return found.empty() ? std::string() : found[0][0];
}

// Whether a table's text declares a check constraint of this name.
bool declares_check(std::string_view sql, std::string const& name) {
    sql_word word;
    while (next_word(sql, word)) {
        if (word.quoted || !same_word(word.text, "constraint") || !next_word(sql, word)) continue;
        if (word.text == name && next_word(sql, word) && same_word(word.text, "check")) return true;
    }
    return false;
}

// SQLite gives the name, or the expression when there is no name.
void name_check(sqlite3* db, error_info& info) {
    std::vector<std::string> tables;
    for (auto const& table : ask(db, "SELECT name, sql FROM sqlite_schema WHERE type = 'table'"))
        if (declares_check(table[1], info.constraint)) tables.push_back(table[0]);
    if (tables.empty()) info.constraint.clear();
    if (tables.size() == 1) info.table = tables[0];
}

// The columns in parentheses that follow in the text.
std::vector<std::string> read_list(std::string_view& sql) {
    std::vector<std::string> out;
    sql_word word;
    if (!next_word(sql, word) || word.text != "(") return out;
    while (next_word(sql, word) && (word.quoted || word.text != ")"))
        if (word.quoted || word.text != ",") out.push_back(word.text);
    return out;
}

// The sorts of constraint that list columns: their words, and how relata names them.
struct listed_constraint {
    std::string_view first, second;  // UNIQUE has no second word
    std::string_view suffix;
    bool has_columns_in_name = true;
};
constexpr listed_constraint unique_columns{"unique", "", "_key"};
constexpr listed_constraint primary_columns{"primary", "key", "_pkey", false};
constexpr listed_constraint foreign_columns{"foreign", "key", "_fkey"};

// The name in CONSTRAINT name UNIQUE (columns), and so on; else the one that relata would have given.
std::string constraint_name(sqlite3* db, error_info const& info, listed_constraint const& sort) {
    std::string const text = table_text(db, info.table);
    std::string_view sql = text;
    sql_word word;
    std::string name;
    while (next_word(sql, word)) {
        if (word.quoted) continue;
        if (same_word(word.text, "constraint")) {
            if (next_word(sql, word)) name = word.text;
        } else if (same_word(word.text, sort.first)) {
            bool const whole =
                sort.second.empty() || (next_word(sql, word) && same_word(word.text, sort.second));
            if (whole && !name.empty() && read_list(sql) == info.columns) return name;
            name.clear();
        } else if (word.text == ",") {
            name.clear();
        }
    }
    std::string const columns = sort.has_columns_in_name ? "_" + join(info.columns) : "";
    return info.table + columns + std::string(sort.suffix);
}

void name_key(sqlite3* db, error_info& info) {
    for (auto const& index :
         ask(db, R"(SELECT name, origin FROM pragma_index_list(?1) WHERE "unique" = 1)",
             info.table)) {
        auto const columns =
            first_cells(ask(db, "SELECT name FROM pragma_index_info(?1) ORDER BY seqno", index[0]));
        if (columns != info.columns) continue;
        if (index[1] == "pk") info.constraint = constraint_name(db, info, primary_columns);
        else if (index[1] == "u") info.constraint = constraint_name(db, info, unique_columns);
        else info.constraint = index[0];
        return;
    }
    // the row id is a key without an index
    auto const key =
        first_cells(ask(db, "SELECT name FROM pragma_table_info(?1) WHERE pk > 0", info.table));
    if (key == info.columns) info.constraint = constraint_name(db, info, primary_columns);
}

// One row of PRAGMA foreign_key_check: table, row id, parent, number of the reference.
void name_broken(sqlite3* db, std::vector<std::string> const& broken, error_info& info) {
    info.table = broken[0];
    info.columns.clear();
    for (auto const& part :
         ask(db, R"(SELECT id, "from" FROM pragma_foreign_key_list(?1) ORDER BY id, seq)",
             info.table))
        if (part[0] == broken[3]) info.columns.push_back(part[1]);
    if (!info.columns.empty()) info.constraint = constraint_name(db, info, foreign_columns);
}

// An INSERT can only break references of its own table, and that check is cheaper.
std::string check_text(sqlite3_stmt* failed) {
    std::string_view sql = sqlite3_sql(failed);
    sql_word word;
    if (next_word(sql, word) && same_word(word.text, "insert") && next_word(sql, word) &&
        same_word(word.text, "into") && next_word(sql, word))
        return "PRAGMA foreign_key_check(" + quoted(word.text) + ")";
    return "PRAGMA foreign_key_check";
}

// Runs the statement again to see what it breaks; the caller rolls back.
void provoke(sqlite3* db, sqlite3_stmt* failed, error_info& info) {
    std::string const check = check_text(failed);
    auto const before = ask(db, check);
    std::set<std::vector<std::string>> const old(before.begin(), before.end());
    if (!run(db, "PRAGMA defer_foreign_keys = on")) return;
    int code = SQLITE_ROW;
    while (code == SQLITE_ROW) code = sqlite3_step(failed);
    if (code == SQLITE_DONE) {
        for (auto const& broken : ask(db, check)) {
            if (old.contains(broken)) continue;
            name_broken(db, broken, info);
            break;
        }
    }
    sqlite3_reset(failed);
}

}  // namespace

void name_constraint(sqlite3* db, error_info& info) {
    if (info.kind == error_kind::unique_violation && !info.table.empty()) name_key(db, info);
    else if (info.kind == error_kind::check_violation && !info.constraint.empty())
        name_check(db, info);
}

void name_reference(sqlite3* db, sqlite3_stmt* failed, error_info& info) {
    sqlite3_reset(failed);
    auto const last_id = sqlite3_last_insert_rowid(db);
    if (!run(db, "SAVEPOINT relata_diagnosis")) return;
    try {
        provoke(db, failed, info);
    } catch (...) {
        sqlite3_reset(failed);
    }
    run(db, "ROLLBACK TO relata_diagnosis");
    run(db, "PRAGMA defer_foreign_keys = off");
    run(db, "RELEASE relata_diagnosis");
    sqlite3_set_last_insert_rowid(db, last_id);
}

void name_open_reference(sqlite3* db, error_info& info) {
    auto const broken = ask(db, "PRAGMA foreign_key_check");
    if (!broken.empty()) name_broken(db, broken[0], info);
}

}  // namespace relata::sqlite_family
