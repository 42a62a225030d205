// SPDX-License-Identifier: BSL-1.0
// What the command makes of a schema: structs, pictures, pages; and one migration of several.
#include "cli/shell.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>

using namespace relata;
using test::has, test::in_quotes, test::shell, test::with_dev;

namespace {

std::vector<std::string> const music{
    "create table artists (id integer not null primary key, name varchar(40) not null)",
    "create table albums (id integer not null primary key, title varchar(40), "
    "artist_id integer not null, foreign key (artist_id) references artists (id))"};

std::string filled_with_music() {
    auto const url = test::support().make(1);
    test::run(url, music);
    return url;
}

bool has_graphviz() { return std::system("dot -V >/dev/null 2>&1") == 0; }

std::string file(shell const& sh, std::string const& name) {
    return test::content(sh.files.path() + '/' + name);
}

// The migrations in the folder, in order.
std::vector<std::string> ids(shell const& sh) {
    std::vector<std::string> all;
    for (auto const& each : std::filesystem::directory_iterator(sh.files.path() + "/migrations"))
        if (each.is_directory()) all.push_back(each.path().filename().string());
    std::sort(all.begin(), all.end());
    return all;
}

}  // namespace

TEST_CASE("command: er draws a schema, and its neighbourhood") {
    shell const sh;
    auto const url = filled_with_music();
    auto const mermaid = sh.relata({"er", url});
    CHECK(mermaid.code == 0);
    CHECK(has(mermaid.out, "erDiagram"));
    CHECK(has(mermaid.out, R"("artists" ||--o{ "albums")"));
    CHECK(mermaid.err.empty());
    auto const dot = sh.relata({"er", "--url", url, "--format", "dot", "--columns", "keys"});
    CHECK(has(dot.out, "digraph"));
    CHECK_FALSE(has(dot.out, "title"));
    CHECK_FALSE(has(sh.relata({"er", url, "--without", "alb*"}).out, "albums"));
    CHECK_FALSE(
        has(sh.relata({"er", url, "--around", "albums", "--depth", "0"}).out, "\"artists\""));
    auto const unknown = sh.relata({"er", url, "--around", "songs"});
    CHECK(unknown.code == 1);
    CHECK(has(unknown.err, "no table songs"));
    CHECK(sh.relata({"er", url, "--format", "png"}).code == 64);
    auto const svg = sh.relata({"er", url, "--out", "music.svg"});
    if (has_graphviz()) {
        CHECK(svg.code == 0);
        CHECK(has(file(sh, "music.svg"), "<svg"));
    }
    auto const none = sh.relata({"er", url, "--format", "svg"}, "PATH=/nowhere");
    CHECK(none.code == 1);
    CHECK(has(none.err, "install Graphviz"));
}

TEST_CASE("command: doc writes a page") {
    shell const sh;
    auto const url = filled_with_music();
    auto const page = sh.relata({"doc", url, "--title", "Music"});
    CHECK(page.code == 0);
    CHECK(has(page.out, "# Music\n"));
    CHECK(has(page.out, "`artist_id`"));
    CHECK(sh.relata({"doc", url, "--out", "music.html"}).code == 0);
    CHECK(has(file(sh, "music.html"), "<!DOCTYPE html>"));
    auto const json = sh.relata({"doc", url, "--json", "--only", "artists"});
    CHECK(has(json.out, R"({"event":"text","format":"md","text":"# Database schema\n)"));
    CHECK_FALSE(has(json.out, "albums` |"));
    CHECK(sh.relata({"doc", url, "--picture"}).code == 64);
    if (!has_graphviz()) return;
    CHECK(has(sh.relata({"doc", url, "--picture", "--format", "html"}).out, "<svg"));
}

TEST_CASE("command: generate cpp writes structs, and says what they cannot say") {
    shell const sh;
    auto const url = filled_with_music();
    test::run(url, {"create view titles as select title from albums"});
    auto const made =
        sh.relata({"generate", "cpp", url, "--namespace", "music", "--guard", "MUSIC"});
    CHECK(made.code == 0);
    CHECK(has(made.out, "#ifndef MUSIC"));
    CHECK(has(made.out, "namespace music"));
    CHECK(has(made.out, "struct albums {"));
    CHECK(has(made.err, "see the comments in the header"));
    auto const json = sh.relata({"generate", "cpp", url, "--json", "--out", "music.hpp"});
    CHECK(has(json.out, R"({"event":"created","format":"cpp","path":"music.hpp"})"));
    CHECK(has(json.out, R"({"event":"note","thing":"view","of":"titles",)"));
    CHECK(has(file(sh, "music.hpp"), "struct artists {"));
    CHECK(sh.relata({"generate", "cobol", url}).code == 64);
    CHECK(sh.relata({"generate", "cpp", url, "--namespace", "a-b"}).code == 1);
}

TEST_CASE("command: a file that is there is replaced with --force only") {
    shell const sh;
    auto const url = filled_with_music();
    sh.files.write("kept.md", "mine");
    auto const refused = sh.relata({"doc", url, "--out", "kept.md"});
    CHECK(refused.code == 64);
    CHECK(has(refused.err, "say --force"));
    CHECK(file(sh, "kept.md") == "mine");
    auto const json = sh.relata({"doc", url, "--out", "kept.md", "--json"});
    CHECK(has(json.err, R"("code":"RL-USAGE")"));
    auto const replaced = sh.relata({"doc", url, "--out", "kept.md", "--force"});
    CHECK(replaced.code == 0);
    CHECK(replaced.out == "kept.md\n");
    CHECK(has(file(sh, "kept.md"), "albums"));
    auto const nowhere = sh.relata({"doc", url, "--out", "none/page.md"});
    CHECK(nowhere.code == 1);
    CHECK(has(nowhere.err, "cannot write none/page.md"));
    CHECK(sh.relata({"doc", url, "--out", "/dev/null", "--force"}).code == 64);
    CHECK(sh.relata({"doc", url, "--out", ".", "--force"}).code == 64);
}

TEST_CASE("command: squash makes one migration of several, and proves it") {
    shell const sh;
    auto const url = test::support().make(1);
    sh.files.write("wanted.sql", music[0] + ";");
    REQUIRE(sh.relata(with_dev({"new", "first", "--to", "wanted.sql"})).code == 0);
    sh.files.write("wanted.sql", music[0] + ";" + music[1] + ";");
    REQUIRE(sh.relata(with_dev({"new", "second", "--to", "wanted.sql"})).code == 0);
    REQUIRE(sh.relata({"apply", "--url", url}).code == 0);
    auto const before = ids(sh);
    REQUIRE(before.size() == 2);
    CHECK(sh.relata({"squash", before[1], before[0], "both"}).code == 64);
    auto const unknown = sh.relata({"squash", before[0], "nothing", "both"});
    CHECK(unknown.code == 64);
    CHECK(has(unknown.err, "no migration 'nothing'"));
    auto const full = sh.relata({"squash", before[0], before[1], "both", "--prove-in", url});
    CHECK(full.code == 1);
    CHECK(has(full.err, "not empty"));
    if (!test::on("sqlite")) {
        auto const other = sh.relata({"squash", before[0], before[1], "both"});
        CHECK(other.code == 64);
        CHECK(has(other.err, "--prove-in"));
    }
    auto const proved = sh.relata(with_dev({"squash", before[0], before[1], "both", "--dry-run"}));
    CHECK(proved.code == 0);
    CHECK(has(proved.err, "2 migrations and one in place of them make the same"));
    CHECK(ids(sh) == before);
    auto const made = sh.relata(with_dev({"squash", before[0], before[1], "both", "--json"}));
    CHECK(made.code == 0);
    CHECK(
        has(made.out, R"({"event":"squashed","migration":")" + before[1].substr(0, 15) + "both\""));
    CHECK(has(made.out, R"("replaces":[")" + before[0]));
    auto const status = sh.relata({"status", "--url", url, "--exit-code"});
    CHECK(status.code == 0);
    CHECK(status.out == "applied   " + before[1].substr(0, 15) + "both\n");
    CHECK(sh.relata({"apply", "--url", url}).code == 0);
    CHECK(ids(sh) == std::vector{before[1].substr(0, 15) + "both"});
    CHECK(sh.relata({"status", "--url", url, "--exit-code"}).code == 0);
}
