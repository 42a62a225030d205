// SPDX-License-Identifier: BSL-1.0

#include "migrate/engine_support.hpp"

#include <relata/relata.hpp>

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

void load(std::string const& url, std::filesystem::path const& file) { run(url, {content(file)}); }

// Without white space, quotes of names and case: what SQLite keeps as it was written.
std::string folded(std::string const& text) {
    std::string out;
    for (char const c : text)
        if (std::isspace(static_cast<unsigned char>(c)) == 0 && !std::strchr("\"`[]", c))
            out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return out;
}

void add_table(std::string& out, relata::connection& c, std::string const& table) {
    using text = std::optional<std::string>;
    out += "table " + table + "\n";
    for (auto const& r : c.all(sql_query<"select name, type, \"notnull\", dflt_value, pk, hidden "
                                         "from pragma_table_xinfo(?)",
                                         std::string, text, bool, text, int, int>(table)))
        out += "  column " + r.m0 + "|" + r.m1.value_or("-") + "|" + std::to_string(r.m2) + "|" +
               folded(r.m3.value_or("-")) + "|" + std::to_string(r.m4) + "|" +
               std::to_string(r.m5) + "\n";
    for (auto const& r : c.all(sql_query<"select id, seq, \"table\", \"from\", \"to\", on_update, "
                                         "on_delete, \"match\" from pragma_foreign_key_list(?)",
                                         int, int, std::string, std::string, text, std::string,
                                         std::string, std::string>(table)))
        out += "  reference " + std::to_string(r.m0) + "|" + std::to_string(r.m1) + "|" + r.m2 +
               "|" + r.m3 + "|" + r.m4.value_or("-") + "|" + r.m5 + "|" + r.m6 + "|" + r.m7 + "\n";
    for (auto const& r : c.all(
             sql_query<"select l.name, l.\"unique\", l.origin, l.partial, x.seqno, x.cid, x.name, "
                       "x.\"desc\", x.coll, x.key from pragma_index_list(?) l join "
                       "pragma_index_xinfo(l.name) x order by l.name, x.seqno",
                       std::string, int, std::string, int, int, int, text, int, text, int>(table)))
        out += "  index " + r.m0 + "|" + std::to_string(r.m1) + "|" + r.m2 + "|" +
               std::to_string(r.m3) + "|" + std::to_string(r.m4) + "|" + std::to_string(r.m5) +
               "|" + r.m6.value_or("-") + "|" + std::to_string(r.m7) + "|" + r.m8.value_or("-") +
               "|" + std::to_string(r.m9) + "\n";
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
