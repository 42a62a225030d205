// SPDX-License-Identifier: BSL-1.0
//
// Metadata: names of every kind, and what is told about a result.

#include "conformance/case.hpp"
#include "conformance/storage.hpp"
#include "conformance/subject.hpp"

#include <algorithm>

namespace relata::conformance {
namespace {

using number = std::int64_t;

constexpr char const* no_catalogue =
    "the driver interface reads no catalogue: tables are described by the program.";

// A table and a column of these names work as any others do.
void use_name(subject& s, std::string const& name, std::string const& of_column) {
    auto& c = s.connection();
    auto shape = table_of({column<number>("id"), column<std::string>(of_column)});
    shape.name = name;
    shape.primary.name = s.fresh_name("key");
    auto const& table = s.create(std::move(shape));
    for (auto const way : all_paths) store(c, table, {{value(number(way)), value(of_column)}}, way);
    s.equal(std::size(all_paths),
            read_table(c, table, {&ops_of<number>, &ops_of<std::string>}).size(),
            "rows of a table called " + name);
    s.equal(5,
            execute(c, "UPDATE " + quoted(c, table.name) + " SET " + quoted(c, of_column) + " = ?",
                    {value("")}),
            "an update of the column " + of_column);
}

void odd_names_of_columns(subject& s) {
    for (std::string const odd :
         {"with space", "dot.ted", "quo\"te", "apo'strophe", "back`tick", "semi;colon", "per%cent",
          "UPPER", "Grüße", "漢字", "br[ack]et", "--dashes", "/*comment*/", "col:on", "q?mark",
          "$1", "1digit", "select"})
        use_name(s, s.fresh_name("") + odd, odd);
}

void injection(subject& s) {
    auto& c = s.connection();
    auto const& victim = s.create(table_of({column<number>("id")}));
    for (char const* quote : {"'", "\"", "`", "]"}) {
        auto const evil = "x" + std::string(quote) + ";drop table t;--";
        use_name(s, s.fresh_name("") + evil, evil);
    }
    s.equal(0, count(c, victim), "rows of a table beside them");
}

void not_there(subject& s) {
    auto& c = s.connection();
    auto const& table = s.create(table_of({column<number>("id")}));
    auto const name = quoted(c, table.name);
    auto const missing = quoted(c, s.fresh_name("missing"));
    for (auto const& sql : {"SELECT * FROM " + missing, "DELETE FROM " + missing,
                            "INSERT INTO " + missing + " VALUES (1)"})
        s.throws(error_kind::table_not_found, [&] { execute(c, sql); }, sql);
    s.throws(
        error_kind::column_not_found,
        [&] { execute(c, "UPDATE " + name + " SET " + quoted(c, "none") + " = 1"); },
        "a column that is not there");
    s.equal(0, count(c, table), "rows of the table that is there");
}

void columns_of_result(subject& s) {
    auto& c = s.connection();
    auto const& table = s.create(table_of({column<number>("id"), column<std::string>("words")}));
    auto const name = quoted(c, table.name);
    auto const query =
        prepare(c, "SELECT words, id AS " + quoted(c, "Other Name") + ", id, id FROM " + name);
    execute(*query, {});
    s.equal(4, query->columns(), "columns of a query without rows");
    s.equal("words", query->column_name(0), "name of a column");
    s.equal("Other Name", query->column_name(1), "name that an alias gives");
    s.equal("id", query->column_name(2), "name of a column that comes twice");
    s.equal("id", query->column_name(3), "and its second");
    query->finish();
    auto const command = prepare(c, "DELETE FROM " + name);
    execute(*command, {});
    s.equal(0, command->columns(), "columns of a command");
    command->finish();
}

void long_column_names(subject& s) {
    auto& c = s.connection();
    std::string letters = s.fresh_name("n");
    letters.resize(63, 'x');
    use_name(s, letters, std::string(63, 'c'));
    auto wide = s.fresh_name("n");
    while (wide.size() + 2 <= 63) wide += "ü";
    use_name(s, wide, "é");
    for (auto const& longer : {letters + "x", wide + "üü", std::string("a\0b", 3), std::string()})
        s.throws(
            error_kind::invalid_schema, [&] { (void)quoted(c, longer); },
            "a name of " + std::to_string(longer.size()) + " bytes");
}

// Words that one of the databases keeps for itself.
constexpr char const* query_words[] = {
    "add",       "all",          "alter",     "analyze",     "and",          "any",
    "array",     "as",           "asc",       "between",     "both",         "by",
    "case",      "cast",         "check",     "collate",     "column",       "commit",
    "condition", "constraint",   "create",    "cross",       "current_date", "current_user",
    "database",  "default",      "delete",    "desc",        "distinct",     "div",
    "do",        "drop",         "else",      "end",         "exists",       "explain",
    "false",     "fetch",        "for",       "foreign",     "from",         "full",
    "glob",      "grant",        "group",     "groups",      "having",       "if",
    "in",        "index",        "inner",     "insert",      "int",          "interval",
    "into",      "is",           "isnull",    "join",        "key",          "keys",
    "leading",   "left",         "like",      "limit",       "lock",         "match",
    "mod",       "natural",      "not",       "notnull",     "null",         "of",
    "offset",    "on",           "or",        "order",       "outer",        "over",
    "placing",   "pragma",       "primary",   "rank",        "read",         "references",
    "rename",    "replace",      "returning", "right",       "row",          "rows",
    "select",    "session_user", "set",       "show",        "some",         "table",
    "then",      "to",           "trailing",  "transaction", "trigger",      "true",
    "union",     "unique",       "update",    "usage",       "user",         "using",
    "values",    "when",         "where",     "window",      "with",         "write",
    "xor",       "zerofill"};

void reserved_words(subject& s) {
    auto& c = s.connection();
    std::vector<schema::column> columns = {column<number>("id")};
    row_values row = {value(number{0})};
    for (auto const* word : query_words) {
        columns.push_back(column<number>(word));
        row.push_back(value(number(row.size())));
    }
    auto const& table = s.create(table_of(columns));
    store(c, table, {row}, path::prepared);
    for (std::size_t i = 0; i < std::size(query_words); ++i) {
        auto const word = quoted(c, query_words[i]);
        auto const sql = "SELECT " + word + "." + word + " AS " + word + " FROM " +
                         quoted(c, table.name) + " AS " + word + " WHERE " + word + "." + word +
                         " = ?";
        auto const got = read_column<number>(c, sql, {value(number(i + 1))});
        s.equal(std::vector<number>{number(i + 1)}, got, query_words[i]);
    }
}

constexpr case_entry metadata_table[] = {
    {"MET-01", "Tables and views can be listed.", nullptr, no_catalogue},
    {"MET-02",
     "Tables and columns may be called anything that the dialect can quote: with quotes of every "
     "kind, dots, spaces, comments, placeholders, other scripts (in their first 65,536 "
     "characters, which is all that every database takes), capitals and keywords.",
     &odd_names_of_columns, nullptr, 60},
    {"MET-03", "Columns are told with type, length, default and more.", nullptr, no_catalogue},
    {"MET-04", "Keys, references, checks and indexes are told.", nullptr, no_catalogue},
    {"MET-05", "A table that is not there is table_not_found, a column column_not_found.",
     &not_there},
    {"MET-06", "The DDL of a schema gives that schema back when it is read from the catalogue.",
     nullptr, no_catalogue},
    {"MET-07",
     "A statement tells the number and the names of the columns of its result, also without rows; "
     "a "
     "command has none.",
     &columns_of_result},
    {"MET-08", "Tables of the same name in two schemas are kept apart.", nullptr,
     "names of tables have no schema in front: the connection's search path decides."},
    {"MET-09", "A name that looks like SQL stays a name.", &injection},
    {"MET-10", "A catalogue shows only what the user may see.", nullptr, no_catalogue},
    {"MET-11",
     "A name of 63 bytes works; a longer one, an empty one, and one with a NUL are refused with "
     "invalid_schema before anything is sent.",
     &long_column_names},
    {"MET-12", "Words that SQL keeps for itself work as names of columns and as aliases.",
     &reserved_words},
};

}  // namespace

std::span<case_entry const> metadata_cases() { return metadata_table; }

}  // namespace relata::conformance
