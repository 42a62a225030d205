// SPDX-License-Identifier: BSL-1.0

#include "migrate/engine_support.hpp"

#include "database/back_end.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace test {

engine_support const& support() {
    static engine_support const chosen = [] {
        (void)back_end_url();
        if (on("postgresql")) return postgresql_support();
        return on("mysql") ? mysql_support() : sqlite_support();
    }();
    return chosen;
}

relata::schema::catalog::schema inspect(std::string const& url) {
    auto const opened = relata::open(url);
    auto connection = opened.connect();
    return relata::migrate::inspect(connection);
}

void run(std::string const& url, std::vector<std::string> const& statements) {
    auto const opened = relata::open(url);
    auto connection = opened.connect();
    // SQLite before 3.41 takes its functions on JSON for unsafe in a schema that is not trusted
    if (on("sqlite")) connection.script("pragma trusted_schema = on");
    for (auto const& each : statements) {
        try {
            connection.script(relata::unsafe_sql(each));
        } catch (relata::error const& e) {
            throw std::runtime_error(std::string(e.what()) + "\n" + e.info().native_message + "\n" +
                                     each);
        }
    }
}

std::string content(std::filesystem::path const& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw std::runtime_error("cannot read " + file.string());
    return {std::istreambuf_iterator<char>(in), {}};
}

namespace {

void add_files(std::vector<std::filesystem::path>& to, std::filesystem::path const& folder) {
    if (!std::filesystem::is_directory(folder)) return;
    auto const before = to.size();
    for (auto const& each : std::filesystem::directory_iterator(folder))
        if (each.path().extension() == ".sql") {
            if (support().takes(each.path())) to.push_back(each.path());
            else
                std::printf("skipped: this server cannot load %s\n",
                            each.path().filename().c_str());
        }
    std::sort(to.begin() + static_cast<std::ptrdiff_t>(before), to.end());
}

std::vector<std::string> lines_of(std::string const& text) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        auto const end = std::min(text.find('\n', at), text.size());
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

}  // namespace

std::vector<std::filesystem::path> schema_files() {
    std::filesystem::path const source = RELATA_SOURCE_FOLDER;
    std::vector<std::filesystem::path> files;
    add_files(files, source / "tests/migrate/schemas" / support().name);
    auto const* const given = std::getenv("RELATA_TEST_SCHEMAS");
    auto const foreign = given ? std::filesystem::path(given) : source / "../shared/data/schemas";
    auto const own = files.size();
    add_files(files, foreign / support().name);
    if (files.size() == own)
        std::printf("skipped: schemas of real applications; RELATA_TEST_SCHEMAS names no folder "
                    "that has them\n");
    return files;
}

std::string difference(std::string const& left, std::string const& right) {
    if (left == right) return {};
    auto const before = lines_of(left);
    auto const after = lines_of(right);
    std::size_t first = 0;
    while (first < before.size() && first < after.size() && before[first] == after[first]) ++first;
    std::string text = "from line " + std::to_string(first + 1) + ":\n";
    for (auto i = first; i < std::min(first + 4, before.size()); ++i)
        text += "  - " + before[i] + "\n";
    for (auto i = first; i < std::min(first + 4, after.size()); ++i)
        text += "  + " + after[i] + "\n";
    return text;
}

}  // namespace test
