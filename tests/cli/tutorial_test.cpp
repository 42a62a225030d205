// SPDX-License-Identifier: BSL-1.0
// Runs docs/tutorial/first-migration.md: its commands, in the order of the page, must print what it says.
#include "database/back_end.hpp"
#include "migrate/folder_support.hpp"

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

// One of a page's blocks between ``` and ```, with what the comment above it says: "program: first".
struct block {
    std::string note;
    std::string language;
    lines text;
};

std::vector<block> blocks_of(std::filesystem::path const& page) {
    std::vector<block> all;
    std::string note;
    bool inside = false;
    for (auto const& line : lines_of(page)) {
        if (line.starts_with("```")) {
            if (!inside) all.push_back({std::exchange(note, {}), line.substr(3), {}});
            inside = !inside;
        } else if (inside) all.back().text.push_back(line);
        else if (line.starts_with("<!-- ")) note = line.substr(5, line.size() - 9);
    }
    return all;
}

// Times differ from run to run: durations become "N ms", the first time in an identifier "T1", the next "T2".
class without_times {
public:
    std::string operator()(std::string line) {
        line = std::regex_replace(line, std::regex(R"([0-9]+ ms)"), "N ms");
        for (std::smatch found; std::regex_search(line, found, std::regex("[0-9]{14}"));) {
            auto const place = seen_.emplace(found.str(), seen_.size() + 1).first->second;
            line.replace(std::size_t(found.position()), 14, "T" + std::to_string(place));
        }
        return line;
    }

private:
    std::map<std::string, std::size_t> seen_;
};

struct page_runner {
    test::scratch_folder folder;
    without_times on_page;
    without_times in_fact;
    std::map<std::string, std::string> real_times;  // of an identifier on the page

    void choose_program(std::string const& name) const {
        auto const link = std::filesystem::path(folder.path()) / "bin" / "music";
        std::filesystem::create_directories(link.parent_path());
        std::filesystem::remove(link);
        std::filesystem::create_symlink(RELATA_TEST_TUTORIAL + name, link);
    }

    // Page and folder have the migrations in the same order.
    std::string with_real_times(std::string command) const {
        for (auto const& [written, real] : real_times)
            for (auto at = command.find(written); at != command.npos; at = command.find(written))
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

    // What a terminal shows comes from two streams, of which each is in order.
    void run(std::string const& command, lines const& shown) {
        INFO("$ " << command);
        auto const in_folder = "cd '" + folder.path() +
                               "' && PATH=\"$PWD/bin:$PATH\" && export PATH && { " +
                               with_real_times(command) + "; } >out.txt 2>err.txt";
        (void)std::system(in_folder.c_str());
        auto const out = lines_of(folder.path() + "/out.txt");
        auto const err = lines_of(folder.path() + "/err.txt");
        std::size_t o = 0, e = 0;
        for (auto const& line : shown) {
            learn_times(line);
            auto const wanted = on_page(line);
            if (o < out.size() && in_fact(out[o]) == wanted) ++o;
            else if (e < err.size() && in_fact(err[e]) == wanted) ++e;
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

}  // namespace

TEST_CASE("docs: the tutorial of the first migration", "[docs]") {
    if (!test::on("sqlite")) return;
    page_runner runner;
    int commands = 0;
    for (auto const& each : blocks_of(RELATA_SOURCE_FOLDER "/docs/tutorial/first-migration.md")) {
        if (each.note.starts_with("program: ")) runner.choose_program(each.note.substr(9));
        if (each.note.starts_with("file: ")) {
            std::ofstream file(runner.folder.path() + "/" + each.note.substr(6));
            for (auto const& line : each.text) file << line << '\n';
        }
        if (each.language != "console") continue;
        runner.run(each.text);
        commands +=
            int(std::count_if(each.text.begin(), each.text.end(),
                              [](std::string const& line) { return line.starts_with("$ "); }));
    }
    ::unsetenv("DATABASE_URL");
    CHECK(commands > 15);
}
