// SPDX-License-Identifier: BSL-1.0

#include "migrate/engine_support.hpp"

#include "database/back_end.hpp"

#include <algorithm>
#include <cctype>
#include <regex>
#include <sstream>

namespace test {

namespace {

using relata::sql_query;
using relata::unsafe_sql;
using text = std::optional<std::string>;

std::string scratch(int number) { return "relata_migrate_" + std::to_string(number); }

// Takes the databases away at the end of the program.
struct scratch_databases {
    int highest = 0;
    ~scratch_databases() {
        for (int i = 1; i <= highest; ++i) {
            try {
                db().script(unsafe_sql("drop database if exists " + scratch(i)));
            } catch (relata::error const& e) {
                std::printf("%s was not removed: %s\n", scratch(i).c_str(), e.what());
            }
        }
    }
};

std::string make(int number) {
    (void)db();  // lives longer than what needs it in the end
    static scratch_databases made;
    made.highest = std::max(made.highest, number);
    // not @@collation_database, which a reset of the session sets to that of the server
    auto const like =
        db().one(sql_query<"select default_character_set_name, default_collation_name "
                           "from information_schema.schemata where schema_name = database()",
                           std::string, std::string>());
    db().script(unsafe_sql("drop database if exists " + scratch(number) + "; create database " +
                           scratch(number) + " character set " + like.m0 + " collate " + like.m1));
    auto const url = back_end_url();
    auto const options = url.find('?');
    auto const slash = url.rfind('/', options);
    return url.substr(0, slash + 1) + scratch(number) +
           (options == url.npos ? "" : url.substr(options));
}

// Without the lines that make and choose a database, and its name before those of tables.
std::string in_this_database(std::string sql) {
    std::smatch used;
    std::regex const use("\nUSE (\\w+);", std::regex::icase);
    if (!std::regex_search(sql, used, use)) return sql;
    std::string const name = used[1];
    std::regex const lines("\n(USE|(DROP|CREATE) SCHEMA[^;\n]*) *" + name + ";", std::regex::icase);
    sql = std::regex_replace(sql, lines, "\n");
    return std::regex_replace(sql, std::regex("\\b" + name + "\\."), "");
}

// DELIMITER is a word of the client: the server takes routines without any.
void load(std::string const& url, std::filesystem::path const& file) {
    std::istringstream in(in_this_database("\n" + content(file)));
    std::vector<std::string> statements;
    std::string delimiter = ";";
    std::string chunk;
    auto const flush = [&] {
        auto const filled = [](std::string const& s) {
            return std::ranges::any_of(s, [](unsigned char c) { return !std::isspace(c); });
        };
        std::size_t end = 0;
        for (; delimiter != ";" && (end = chunk.find(delimiter)) != chunk.npos;
             chunk.erase(0, end + delimiter.size()))
            if (filled(chunk.substr(0, end))) statements.push_back(chunk.substr(0, end));
        if (filled(chunk)) statements.push_back(chunk);
        chunk.clear();
    };
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("DELIMITER ") || line.starts_with("delimiter ")) {
            flush();
            delimiter = line.substr(10);
        } else {
            chunk += line + "\n";
        }
    }
    flush();
    statements.insert(statements.begin(), "set sql_mode = default");  // not that of relata
    run(url, statements);
}

// The lines of keys and constraints sorted, because their order says nothing; without what a
// table has of its rows, and of how a key was spelled.
std::string sorted_lines(std::string const& create) {
    static std::regex const of_rows(" AUTO_INCREMENT=\\d+| USING \\w+");
    std::istringstream in(std::regex_replace(create, of_rows, ""));
    std::string out;
    std::vector<std::string> keys;
    for (std::string line; std::getline(in, line);) {
        if (line.ends_with(',')) line.pop_back();
        auto const first = line.find_first_not_of(' ');
        bool const key = line.starts_with("  ") && line[first] != '`' && line[first] != '(';
        if (key) keys.push_back(line + "\n");
        else if (line.starts_with(")")) {
            std::ranges::sort(keys);
            for (auto const& each : keys) out += each;
            out += line + "\n";
        } else {
            out += line + "\n";
        }
    }
    return out;
}

std::string quoted(std::string const& name) {
    std::string out = "`";
    for (char const c : name) out.append(c == '`' ? 2 : 1, c);
    return out + "`";
}

// MySQL's catalogue shows texts in programs without their escapes.
void add_bodies(std::string& out, relata::connection& c) {
    for (auto const& r :
         c.all(sql_query<"select routine_type, routine_name, length(routine_definition) "
                         "from information_schema.routines where routine_schema = database() "
                         "order by routine_type, routine_name",
                         std::string, std::string, std::size_t>())) {
        auto const whole = c.one(sql_query<text, text, text>(
                                     unsafe_sql("show create " + r.m0 + " " + quoted(r.m1))))
                               .m2.value();
        out += "body " + whole.substr(whole.size() - r.m2) + "\n";
    }
    for (auto const& r : c.all(sql_query<"select trigger_name from information_schema.triggers "
                                         "where trigger_schema = database() order by trigger_name",
                                         std::string>()))
        out += c.one(sql_query<text, text, text>(unsafe_sql("show create trigger " + quoted(r.m0))))
                   .m2.value() +
               "\n";
}

void add_programs(std::string& out, relata::connection& c) {
    if (on_mysql_proper()) add_bodies(out, c);
    for (auto const& r :
         c.all(sql_query<"select concat_ws('|', trigger_name, event_object_table, action_timing, "
                         "event_manipulation, action_order, action_statement, sql_mode, definer) "
                         "from information_schema.triggers where trigger_schema = database() "
                         "order by trigger_name",
                         std::string>()))
        out += "trigger " + r.m0 + "\n";
    for (auto const& r :
         c.all(sql_query<"select concat_ws('|', routine_type, routine_name, routine_definition, "
                         "is_deterministic, sql_data_access, security_type, routine_comment, "
                         "sql_mode, definer) from information_schema.routines "
                         "where routine_schema = database() order by routine_type, routine_name",
                         std::string>()))
        out += "routine " + r.m0 + "\n";
    for (auto const& r :
         c.all(sql_query<"select concat_ws('|', specific_name, ordinal_position, parameter_mode, "
                         "parameter_name, dtd_identifier, collation_name) "
                         "from information_schema.parameters where specific_schema = database() "
                         "order by routine_type, specific_name, ordinal_position",
                         std::string>()))
        out += "parameter " + r.m0 + "\n";
    for (auto const& r :
         c.all(sql_query<
               "select concat_ws('|', event_name, definer, event_definition, event_type, "
               "execute_at, interval_value, interval_field, sql_mode, starts, ends, status, "
               "on_completion, event_comment) from information_schema.events "
               "where event_schema = database() order by event_name",
               std::string>()))
        out += "event " + r.m0 + "\n";
}

std::string dump(std::string const& url) {
    auto const opened = relata::open(url);
    auto c = opened.connect();
    c.script("set sql_mode = ''");
    std::string out;
    for (auto const& r :
         c.all(sql_query<"select table_name, table_type from information_schema.tables "
                         "where table_schema = database() order by table_name",
                         std::string, std::string>())) {
        if (r.m1 == "VIEW") {
            out += c.one(sql_query<text, text, text, text>(
                             unsafe_sql("show create view " + quoted(r.m0))))
                       .m1.value() +
                   "\n";
        } else {
            out += sorted_lines(
                c.one(sql_query<text, text>(unsafe_sql("show create table " + quoted(r.m0))))
                    .m1.value());
        }
    }
    add_programs(out, c);
    return out;
}

// The files for MySQL 8 have expressions that MariaDB does not know.
bool takes(std::filesystem::path const& file) {
    if (on_mysql_proper()) return true;
    auto const sql = content(file);
    return sql.find("->\"$") == sql.npos && sql.find("->'$") == sql.npos;
}

}  // namespace

engine_support mysql_support() { return {"mysql", make, load, dump, takes}; }

}  // namespace test
