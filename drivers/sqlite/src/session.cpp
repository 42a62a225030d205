// SPDX-License-Identifier: BSL-1.0
//
// What every session looks like: strict, safe, and alike whatever the library was built with.

#include "connection.hpp"

#include <sqlite_family/errors.hpp>
#include <sqlite_family/json_valid.hpp>
#include <sqlite_family/words.hpp>

#include <vector>

namespace relata::sqlite::detail {

using namespace sqlite_family;

namespace {

struct guard {
    int option;
    int value;
    char const* name;
};

constexpr guard guards[] = {
    {SQLITE_DBCONFIG_DQS_DML, 0, "double-quoted text off"},
    {SQLITE_DBCONFIG_DQS_DDL, 0, "double-quoted text in DDL off"},
    {SQLITE_DBCONFIG_ENABLE_FKEY, 1, "foreign keys on"},
    {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, "trusted schema off"},
    {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, "loading of extensions off"},
    {SQLITE_DBCONFIG_DEFENSIVE, 1, "defensive mode on"},
};

}  // namespace

// One value of one row, as text; empty where there is none.
std::string connection::ask(char const* sql) {
    auto const question = compile(sql, 0);
    int const code = sqlite3_step(question.get());
    if (code != SQLITE_ROW && code != SQLITE_DONE) raise(code, phase::running);
    auto const* text = code == SQLITE_ROW ? sqlite3_column_text(question.get(), 0) : nullptr;
    return text ? reinterpret_cast<char const*>(text) : "";
}

void connection::pragma(std::string_view name, std::string_view value) {
    ask(("PRAGMA " + std::string(name) + " = " + std::string(value)).c_str());
}

void connection::set_guards() {
    for (auto const& each : guards) {
        int now = -1;
        int const code = sqlite3_db_config(handle(), each.option, each.value, &now);
        if (code != SQLITE_OK || now != each.value)
            fail(error_kind::not_supported,
                 std::string("this build of SQLite refuses: ") + each.name);
    }
    // compiled in differently from build to build, and LIKE is case-sensitive on other databases
    if (ask("SELECT 'a' LIKE 'A'") != "0") pragma("case_sensitive_like", "on");
    if (ask("PRAGMA foreign_keys") != "1")
        fail(error_kind::not_supported, "this build of SQLite has no foreign keys");
}

void connection::set_pragmas(options const& wanted) {
    if (!wanted.locking_mode.empty()) pragma("locking_mode", wanted.locking_mode);
    if (!wanted.journal_mode.empty() && switch_journal(wanted.journal_mode) != wanted.journal_mode)
        fail(error_kind::not_supported,
             "this database cannot use journal_mode=" + wanted.journal_mode);
    pragma("synchronous", wanted.synchronous);
    if (!wanted.cache_size.empty()) pragma("cache_size", wanted.cache_size);
}

// Errors here are errors of connecting: the caller gets no connection.
void connection::prepare_session(options const& wanted) try {
    ask("SELECT count(*) FROM sqlite_schema");  // the first look into the file
    set_pragmas(wanted);                        // before the guards: they forbid journal_mode=off
    set_guards();
    int const code = add_json_valid(handle());
    if (code != SQLITE_OK) raise(code, phase::running);
} catch (error const& e) {
    error_info info = e.info();
    info.outcome = outcome::not_sent;
    info.connection_usable = false;
    throw error(std::move(info));
}

void connection::drop_temporaries() {
    auto const list = compile(
        "SELECT type, name FROM sqlite_temp_schema WHERE type IN ('view', 'trigger', 'table') "
        "AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY type DESC",
        0);
    std::vector<std::string> drops;
    while (sqlite3_step(list.get()) == SQLITE_ROW) {
        auto text = [&](int i) {
            return std::string(reinterpret_cast<char const*>(sqlite3_column_text(list.get(), i)));
        };
        drops.push_back("DROP " + text(0) + " IF EXISTS temp." + quoted(text(1)));
    }
    sqlite3_reset(list.get());
    for (auto const& drop : drops) script(drop);
}

void connection::reset() {
    rollback();
    if (!sqlite3_get_autocommit(handle()))
        fail(error_kind::unknown, "the transaction cannot be rolled back");
    arm();
    set_guards();
    drop_temporaries();
}

}  // namespace relata::sqlite::detail
