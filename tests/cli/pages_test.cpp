// SPDX-License-Identifier: BSL-1.0
// Runs pages of the documentation: their commands, in the order of the page, must print what it says. Comments
// of a page tell which program `music` is (program: first), the name of a file (file: relata.toml), the SQLite
// database in which SQL is run (database: music.db), and what others do meanwhile (before: rm x).
#include "database/back_end.hpp"
#include "migrate/engine_support.hpp"
#include "migrate/folder_support.hpp"

#include <relata/relata.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <string>
#include <utility>
#include <vector>

namespace {

using lines = std::vector<std::string>;

lines lines_of(std::filesystem::path const& file) {
    std::ifstream in(file);
    lines all;
    for (std::string line; std::getline(in, line);) all.push_back(line);
    return all;
}

// One of a page's blocks between ``` and ```, with the comments above it.
struct block {
    lines notes;
    std::string language;
    lines text;
};

std::vector<block> blocks_of(std::filesystem::path const& page) {
    std::vector<block> all;
    lines notes;
    bool inside = false;
    for (auto const& line : lines_of(page)) {
        if (line.starts_with("```")) {
            if (!inside) all.push_back({std::exchange(notes, {}), line.substr(3), {}});
            inside = !inside;
        } else if (inside) all.back().text.push_back(line);
        else if (line.starts_with("<!-- ")) notes.push_back(line.substr(5, line.size() - 9));
    }
    return all;
}

// Times differ from run to run: durations, and the first part of a migration's name.
std::string without_times(std::string const& line) {
    auto const no_duration = std::regex_replace(line, std::regex("[0-9]+ ms"), "N ms");
    return std::regex_replace(no_duration, std::regex("[0-9]{14}_"), "TIME_");
}

struct page_runner {
    test::scratch_folder folder;
    std::map<std::string, std::string> real_times;  // of an identifier on the page

    void link_program(std::string const& name, std::string const& program) const {
        auto const link = std::filesystem::path(folder.path()) / "bin" / name;
        std::filesystem::create_directories(link.parent_path());
        std::filesystem::remove(link);
        std::filesystem::create_symlink(program, link);
    }

    void choose_program(std::string const& name) const {
        link_program("music", RELATA_TEST_TUTORIAL + name);
        link_program("relata", RELATA_PROGRAM);
    }

    // The migrations of the folder have other times than those on the page.
    std::string with_real_times(std::string command) const {
        for (auto const& [written, real] : real_times)
            for (auto at = command.find(written); at != command.npos;
                 at = command.find(written, at + real.size()))
                command.replace(at, written.size(), real);
        return command;
    }

    void learn_times(std::string const& line) {
        std::smatch found;
        if (!std::regex_search(line, found, std::regex("([0-9]{14})_([a-z_]+)"))) return;
        for (auto const& each : std::filesystem::directory_iterator(folder.path() + "/migrations"))
            if (each.path().filename().string().ends_with("_" + found[2].str()))
                real_times[found[1]] = each.path().filename().string().substr(0, 14);
    }

    std::string in_folder(std::string const& command) const {
        return "cd '" + folder.path() + "' && PATH=\"$PWD/bin:$PATH\" && export PATH && { " +
               command + "; } >out.txt 2>err.txt";
    }

    void prepare(std::string const& command) const {
        INFO(command);
        REQUIRE(std::system(in_folder(command).c_str()) == 0);
    }

    // What a terminal shows comes from two streams, of which each is in order.
    void run(std::string const& command, lines const& shown) {
        INFO("$ " << command);
        (void)std::system(in_folder(with_real_times(command)).c_str());
        auto const out = lines_of(folder.path() + "/out.txt");
        auto const err = lines_of(folder.path() + "/err.txt");
        std::size_t o = 0, e = 0;
        for (auto const& line : shown) {
            learn_times(line);
            auto const wanted = without_times(line);
            if (o < out.size() && without_times(out[o]) == wanted) ++o;
            else if (e < err.size() && without_times(err[e]) == wanted) ++e;
            else
                FAIL("the page shows:\n"
                     << line << "\nthe command printed:\n"
                     << (o < out.size() ? out[o] : "") << '\n'
                     << (e < err.size() ? err[e] : ""));
        }
        CHECK(o == out.size());
        CHECK(e == err.size());
    }

    void run(lines const& transcript) {
        for (std::size_t i = 0; i < transcript.size();) {
            REQUIRE(transcript[i].starts_with("$ "));
            auto const command = transcript[i].substr(2);
            lines shown;
            while (++i < transcript.size() && !transcript[i].starts_with("$ "))
                shown.push_back(transcript[i]);
            if (command.starts_with("export ")) {
                auto const equals = command.find('=');
                ::setenv(command.substr(7, equals - 7).c_str(), command.c_str() + equals + 1, 1);
            } else {
                run(command, shown);
            }
        }
    }
};

std::string joined(lines const& all) {
    std::string content;
    for (auto const& line : all) content += line + '\n';
    return content;
}

// How many of its commands ran.
long run_page(std::string const& name) {
    page_runner runner;
    long commands = 0;
    for (auto const& each : blocks_of(RELATA_SOURCE_FOLDER "/docs/" + name)) {
        for (auto const& note : each.notes) {
            if (note.starts_with("program: ")) runner.choose_program(note.substr(9));
            if (note.starts_with("before: ")) runner.prepare(note.substr(8));
            if (note.starts_with("file: ")) runner.folder.write(note.substr(6), joined(each.text));
            if (note.starts_with("database: "))
                relata::open("sqlite:" + runner.folder.path() + '/' + note.substr(10))
                    .script(relata::unsafe_sql(joined(each.text)));
        }
        if (each.language != "console") continue;
        runner.run(each.text);
        commands += std::count_if(each.text.begin(), each.text.end(),
                                  [](auto const& line) { return line.starts_with("$ "); });
    }
    return commands;
}

}  // namespace

// The commands of a page that need a server, with the program and databases of this test.
TEST_CASE("docs: the page on tables that are in use shows commands that run", "[docs]") {
    if (test::on("sqlite")) return;
    page_runner runner;
    auto const dev = test::support().make(2);
    runner.folder.write("relata.toml", "[env.prod]\nurl = \"" + test::support().make(1) +
                                           "\"\ndev = \"" + dev + "\"\n");
    runner.choose_program("first");
    runner.prepare("music new first --to model --env prod && music apply --env prod");
    runner.choose_program("year");
    int commands = 0;
    for (auto const& each :
         blocks_of(RELATA_SOURCE_FOLDER "/docs/how-to/change-tables-in-use.md")) {
        if (each.language != "sh") continue;
        for (auto line : each.text) {
            REQUIRE(line.starts_with("relata "));
            line.replace(0, 6, "music");
            auto const shown = std::string("postgresql://localhost/empty");
            if (auto const at = line.find(shown); at != line.npos)
                line.replace(at, shown.size(), "'" + dev + "'");
            runner.prepare(line);
            ++commands;
        }
    }
    CHECK(commands == 3);
    runner.prepare("cat migrations/*_not_null/up.*.sql");
    auto const made = test::content(runner.folder.path() + "/out.txt");
    CHECK(made.find(test::on("mysql") ? "LOCK=NONE" : "INDEX CONCURRENTLY") != made.npos);
    runner.prepare("music apply --env prod");
}

TEST_CASE("docs: pages that show the command at work", "[docs]") {
    if (!test::on("sqlite")) return;
    CHECK(run_page("tutorial/first-migration.md") == 16);
    ::unsetenv("DATABASE_URL");
    CHECK(run_page("how-to/migrate-in-a-team.md") == 10);
    CHECK(run_page("how-to/data-steps.md") == 5);
    CHECK(run_page("how-to/many-tenants.md") == 4);
    CHECK(run_page("how-to/existing-database.md") == 9);
    CHECK(run_page("how-to/rebuild-sqlite-tables.md") == 8);
    CHECK(run_page("how-to/migrate-in-ci.md") == 7);
}
