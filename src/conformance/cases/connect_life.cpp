// SPDX-License-Identifier: BSL-1.0
//
// Connecting: the life of a connection, and the state of the session that it begins with.

#include "conformance/case.hpp"
#include "conformance/open_files.hpp"
#include "conformance/storage.hpp"
#include "conformance/subject.hpp"
#include "engine/url.hpp"

#include <relata/driver/registry.hpp>

#include <filesystem>
#include <fstream>

namespace relata::conformance {
namespace {

void destroyed_while_busy(subject& s) {
    auto& c = s.connection();
    auto const& table = s.create(table_of({column<std::int64_t>("id")}));
    store(c, table, {{value(1L)}, {value(2L)}}, path::prepared);
    auto const before = file_numbers().size();
    for (int round = 0; round < 5; ++round) {
        auto busy = s.connect();
        busy->begin(isolation::read_committed, false);
        store(*busy, table, {{value(10L)}}, path::ad_hoc);
        {
            auto const open =
                prepare(*busy, "SELECT " + quoted(c, "id") + " FROM " + quoted(c, table.name));
            open->expect(driver::read_mode::stream);
            open->execute(nullptr, 0);
            s.check(open->ready(), "rows wait to be read");
        }
        busy.reset();
        s.equal(2, count(c, table), "rows after the connection went without commit");
        s.equal(1, store(c, table, {{value(10L)}}, path::ad_hoc), "its lock is gone: the same key");
        s.equal(1, execute(c, "DELETE FROM " + quoted(c, table.name) + " WHERE id = 10"),
                "deleted");
    }
    s.check(file_numbers().size() <= before + 1, "no file stays open");
}

void two_drivers(subject& s) {
    driver::entry const* other = nullptr;
    for (auto const* each : driver::known())
        if (each != &s.entry() && each->schemes[0] && engine::is_file(each->schemes[0]))
            other = each;
    s.needs(other != nullptr, "a second driver that needs no server");
    auto const here = s.open("pool_size=1");
    auto const there = relata::open(std::string(other->schemes[0]) + "::memory:?pool_size=1");
    for (std::int64_t i = 0; i < 5; ++i) {
        auto const text = "SELECT " + std::to_string(i) + " + 1";
        s.equal(i + 1,
                here.one(sql_query<std::int64_t>(unsafe_sql(written(s.connection(), text)))).m0,
                "the one driver");
        s.equal(i + 1, there.one(sql_query<std::int64_t>(unsafe_sql(text))).m0, "the other driver");
    }
    s.check(here.driver() != there.driver(), "the two drivers have names of their own");
    s.throws({error_kind::syntax}, [&] { here.script("SELEC 1"); }, "an error of the one");
    s.throws({error_kind::syntax}, [&] { there.script("SELEC 1"); }, "an error of the other");
}

void many_connections(subject& s) {
    auto const before = file_numbers().size();
    {
        std::vector<std::unique_ptr<driver::connection>> all;
        for (int i = 0; i < 50; ++i) all.push_back(s.connect());
        for (auto const& each : all)
            s.equal(std::vector<std::int64_t>{1}, read_column<std::int64_t>(*each, "SELECT 1"),
                    "the answer of one of 50 connections");
    }
    s.check(file_numbers().size() <= before, "50 connections leave no file open");
    for (int i = 0; i < 50; ++i) {
        auto const one = s.connect();
        s.equal(std::vector<std::int64_t>{1}, read_column<std::int64_t>(*one, "SELECT 1"),
                "the answer of a short connection");
    }
    s.check(file_numbers().size() <= before, "50 openings leave no file open");
}

void files(subject& s) {
    s.needs(!s.can().server_process, "a database in a file");
    s.needs(s.has_option("mode"), "the option mode");
    auto const file = s.folder() + "/new.db";
    auto const url = s.address().scheme + ":" + file;
    for (auto const* mode : {"?mode=rw", "?mode=ro"})
        s.throws(
            error_kind::database_not_found, [&] { (void)relata::open(url + mode); },
            "a file that is not there");
    s.check(!std::filesystem::exists(file), "no file was made");
    relata::open(url).script("CREATE TABLE t (n INTEGER)");
    auto const reader = relata::open(url + "?mode=ro");
    s.throws(
        error_kind::read_only, [&] { reader.script("INSERT INTO t VALUES (1)"); },
        "a write to a file opened for reading");
    s.throws(
        {error_kind::database_not_found, error_kind::connection_failed},
        [&] { (void)relata::open(s.address().scheme + ":" + s.folder()); }, "a folder");
    std::ofstream(s.folder() + "/text.db") << std::string(4096, 'x');
    s.throws(
        error_kind::corrupt,
        [&] {
            relata::open(s.address().scheme + ":" + s.folder() + "/text.db")
                .script("CREATE TABLE t (n INTEGER)");
        },
        "a file that is no database");
    auto const memory = s.address().scheme + "::memory:?pool_size=1";
    auto const first = relata::open(memory);
    auto const second = relata::open(memory);
    first.script("CREATE TABLE mine (n INTEGER)");
    s.throws(
        error_kind::table_not_found, [&] { second.script("INSERT INTO mine VALUES (1)"); },
        "the memory of another database");
}

void references_are_kept(subject& s) {
    auto& c = s.connection();
    auto const& parent = s.create(table_of({column<std::int64_t>("id")}));
    auto const child = s.fresh_name();
    s.drop_later(child);
    run_script(
        c, "CREATE TABLE " + quoted(c, child) +
               " (id BIGINT PRIMARY KEY, parent BIGINT NOT NULL, FOREIGN KEY (parent) REFERENCES " +
               quoted(c, parent.name) + " (id))");
    s.throws(
        error_kind::foreign_key_violation,
        [&] { execute(c, "INSERT INTO " + quoted(c, child) + " VALUES (1, 7)"); },
        "a reference to nothing, on a new connection");
}

void session_defaults(subject& s) {
    references_are_kept(s);
    auto& c = s.connection();
    auto const& table =
        s.create(table_of({column<std::int64_t>("id"), column<std::string>("words")}));
    auto const name = quoted(c, table.name);
    std::string const words = "\xf0\x9f\x90\x98 \xc3\xa4 a\\b";
    store(c, table, {{value(1L), value(words)}}, path::prepared);
    s.equal(words, read_column<std::string>(c, "SELECT words FROM " + name).at(0),
            "text of every plane of Unicode");
    run_script(c, "UPDATE " + name + " SET words = 'a\\b' WHERE id = 1");
    s.equal("a\\b", read_column<std::string>(c, "SELECT words FROM " + name).at(0),
            "a backslash in a literal is a character as any other");
    run_script(c, "UPDATE " + name + " SET words = 'it''s' WHERE id = 1");
    s.equal("it's", read_column<std::string>(c, "SELECT words FROM " + name).at(0),
            "a doubled quote in a literal");
    auto const other = s.connect();
    store(*other, table, {{value(2L), value("x")}}, path::ad_hoc);
    s.equal(2, count(c, table), "what a statement outside of a transaction wrote is committed");
}

void client_name(subject& s) {
    s.needs(s.has_option("application_name"), "the option application_name");
    auto const named = s.connect("application_name=kit%20name%20%27x%27");
    s.equal("kit name 'x'",
            read_column<std::string>(*named, "SELECT current_setting('application_name')").at(0),
            "the name that the server knows");
}

constexpr case_entry connect_life_table[] = {
    {"CON-16",
     "A connection destroyed after an unread result and within a transaction rolls back, frees its "
     "locks and leaves no file open.",
     &destroyed_while_busy},
    {"CON-17", "Two databases of different drivers work side by side in one process.",
     &two_drivers},
    {"CON-18", "50 connections at once and 50 one after the other work and leave no file open.",
     &many_connections, nullptr, 60},
    {"CON-19",
     "A file that is missing, a folder and a file of something else are refused and make nothing; "
     "one "
     "opened for reading refuses to write; each database in memory is its own.",
     &files},
    {"CON-20",
     "A new session keeps references, stores all of Unicode, takes a backslash in a literal as a "
     "character and commits each statement by itself.",
     &session_defaults},
    {"CON-22", "The name of the program given in the URL is known to the server.", &client_name},
};

}  // namespace

std::span<case_entry const> connect_life_cases() { return connect_life_table; }

}  // namespace relata::conformance
