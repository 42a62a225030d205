// SPDX-License-Identifier: BSL-1.0

#include "migrate/engine_support.hpp"

#include <relata/relata.hpp>

#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cstring>

namespace test {

namespace {

using relata::sql_query;

std::filesystem::path scratch(int number) {
    return std::filesystem::temp_directory_path() /
           ("relata_migrate_" + std::to_string(getpid()) + "_" + std::to_string(number) + ".db");
}

void take_away(std::filesystem::path const& file) {
    for (auto const* end : {"", "-wal", "-shm", "-journal"})
        std::filesystem::remove(file.string() + end);
}

// Takes the files away at the end of the program.
struct scratch_files {
    int highest = 0;
    ~scratch_files() {
        for (int i = 1; i <= highest; ++i) take_away(scratch(i));
    }
};

std::string make(int number) {
    static scratch_files files;
    files.highest = std::max(files.highest, number);
    take_away(scratch(number));
    return "sqlite:" + scratch(number).string() + "?journal_mode=memory&synchronous=off";
}

// With SQLite itself: a driver's connection refuses text in double quotes, which these files have.
void load(std::string const& url, std::filesystem::path const& file) {
    auto const path = url.substr(7, url.find('?') - 7);
    sqlite3* opened = nullptr;
    sqlite3_open(path.c_str(), &opened);
    char* message = nullptr;
    sqlite3_exec(opened, content(file).c_str(), nullptr, nullptr, &message);
    std::string const refused = message ? message : "";
    sqlite3_free(message);
    sqlite3_close(opened);
    if (!refused.empty()) throw std::runtime_error(refused);
}

// Without white space, quotes and case: what SQLite keeps as it was written.
std::string folded(std::string const& text) {
    std::string out;
    for (char const c : text)
        if (std::isspace(static_cast<unsigned char>(c)) == 0 && !std::strchr("\"'`[]", c))
            out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return out;
}

// Keys and indexes that SQLite names itself are numbered in the order of the text: their names are
// left out.
void add_table(std::string& out, relata::connection& c, std::string const& table) {
    std::vector<std::string> lines;
    for (auto const& r :
         c.all(sql_query<
               "select 'column ' || cid || ' ' || name || '|' || \"notnull\" || '|' || pk || "
               "'|' || hidden || '|', type || '|' || coalesce(dflt_value, '-') "
               "from pragma_table_xinfo(?)",
               std::string, std::string>(table)))
        lines.push_back(r.m0 + folded(r.m1));
    for (auto const& r : c.all(
             sql_query<"select 'reference ' || group_concat(\"table\" || '|' || \"from\" || '|' || "
                       "coalesce(\"to\", '-') || '|' || on_update || '|' || on_delete || '|' || "
                       "\"match\", ' ') from (select * from pragma_foreign_key_list(?) order by "
                       "id, seq) group by id",
                       std::string>(table)))
        lines.push_back(r.m0);
    for (auto const& r :
         c.all(sql_query<
               "select 'index ' || case origin when 'c' then index_name else origin end || "
               "'|' || \"unique\" || '|' || partial || '|' || group_concat(cid || '|' || "
               "coalesce(name, '-') || '|' || \"desc\" || '|' || coalesce(coll, '-') || "
               "'|' || key, ' ') from (select l.name as index_name, l.origin, l.\"unique\", "
               "l.partial, x.* from pragma_index_list(?) l join "
               "pragma_index_xinfo(l.name) x order by l.name, x.seqno) group by index_name",
               std::string>(table)))
        lines.push_back(r.m0);
    std::sort(lines.begin(), lines.end());
    for (auto const& line : lines) out.append("  ").append(line).append("\n");
}

std::string dump(std::string const& url) {
    auto const opened = relata::open(url);
    auto c = opened.connect();
    std::string out;
    for (auto const& r :
         c.all(sql_query<"select type, name, tbl_name, sql from sqlite_schema where name not like "
                         "'sqlite\\_%' escape '\\' order by type, name",
                         std::string, std::string, std::string, std::string>())) {
        if (r.m0 == "table") add_table(out, c, r.m1);
        else out += r.m0 + " " + r.m1 + " on " + r.m2 + ": " + folded(r.m3) + "\n";
    }
    return out;
}

}  // namespace

engine_support sqlite_support() { return {"sqlite", make, load, dump}; }

}  // namespace test
