// SPDX-License-Identifier: BSL-1.0
//
// What a database's own statements may do to a session: several results, warnings, other settings.

#include "conformance/case.hpp"
#include "conformance/native_sql.hpp"
#include "conformance/samples.hpp"
#include "conformance/storage.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>

#include <fcntl.h>
#include <unistd.h>

namespace relata::conformance {
namespace {

// One result for each execution is what the interface gives; the others must not be taken for it,
// nor for the answer to the next statement.
void several_results(subject& s) {
    auto& c = s.connection();
    auto const made = quoted(c, s.fresh_name("p"));
    auto const taken = first_taken(
        s, c,
        {{fmt::format("CREATE PROCEDURE {}() BEGIN SELECT 11; SELECT 22; SELECT 33; END", made)}});
    s.needs(taken.has_value(), "statements with several results in the SQL of the database");
    undo const procedure(s, {fmt::format("DROP PROCEDURE {}", made)});
    for (int round = 0; round < 3; ++round) {
        try {
            s.equal(std::vector<std::int64_t>{11},
                    read_column<std::int64_t>(c, fmt::format("CALL {}()", made)),
                    "the first of three results");
        } catch (error const& e) {
            s.check(e.kind() == error_kind::not_supported,
                    fmt::format("several results are refused: {}", e.what()));
            s.check(e.info().connection_usable, "the connection stays usable");
        }
        s.equal(std::vector<std::int64_t>{44}, read_column<std::int64_t>(c, "SELECT 44"),
                "the answer to the next statement");
        c.script(fmt::format("CALL {}()", made));
        s.equal(std::vector<std::int64_t>{55}, read_column<std::int64_t>(c, "SELECT 55"),
                "the answer to the statement after a script");
    }
}

// Both output streams go into a file while it lives.
class overheard {
public:
    explicit overheard(std::string path) : path_(std::move(path)) {
        std::fflush(nullptr);
        int const file = ::open(path_.c_str(), O_CREAT | O_TRUNC | O_WRONLY, 0600);
        for (int stream : {1, 2}) {
            kept_[stream - 1] = ::dup(stream);
            ::dup2(file, stream);
        }
        ::close(file);
    }
    ~overheard() { end(); }
    overheard(overheard const&) = delete;
    overheard& operator=(overheard const&) = delete;
    /// How many bytes were written.
    std::uintmax_t end() {
        std::fflush(nullptr);
        for (int stream : {1, 2}) {
            if (kept_[stream - 1] < 0) continue;
            ::dup2(kept_[stream - 1], stream);
            ::close(std::exchange(kept_[stream - 1], -1));
        }
        return std::filesystem::file_size(path_);
    }

private:
    std::string path_;
    int kept_[2] = {-1, -1};
};

void warnings(subject& s) {
    auto& c = s.connection();
    auto const& table = s.create(table_of({column<std::int64_t>("id")}));
    schema::table none;
    none.name = s.fresh_name("none");
    auto const drop = dialect::drop_tables({&none}, s.spelling()).at(0);
    overheard said(s.folder() + "/said");
    c.begin(isolation::read_committed, false);
    for (std::int64_t i = 0; i < 3; ++i) {
        store(c, table, {{value(i)}}, path::ad_hoc);
        // without a transaction of their own where DDL ends one
        if (s.can().transactional_ddl) c.script(drop);
    }
    c.commit();
    c.script(drop);
    execute(c, drop);
    auto const bytes = said.end();
    s.equal(0, bytes, "bytes on the program's output because of warnings");
    s.equal(3, count(c, table), "rows of a transaction with warnings");
}

bool of_time(value const& v) {
    switch (v.type().kind) {
    case kind::date:
    case kind::time:
    case kind::timestamp:
    case kind::instant: return true;
    default: return false;
    }
}

// All samples of the types of time, by every way into the table, and back through `reader`.
void kept(subject& s, driver::connection& writer, driver::connection& reader,
          std::string const& what) {
    for (auto const& sample : all_samples()) {
        if (!of_time(sample.values.front())) continue;
        auto const& ops = sample.values.front().ops();
        for (auto const way : all_paths) {
            auto const& table =
                s.create(table_of({column<std::int64_t>("id"), column_of("v", ops)}));
            std::vector<row_values> rows;
            for (auto const& each : sample.values)
                rows.push_back({value(std::int64_t(rows.size())), each});
            store(writer, table, rows, way);
            auto const got = read_table(reader, table, {&ops_of<std::int64_t>, &ops});
            auto const text = fmt::format("{}, {}, {}", sample.name, name_of(way), what);
            s.equal(rows.size(), got.size(), "rows, " + text);
            for (std::size_t i = 0; i < got.size() && i < rows.size(); ++i)
                s.equal(rows[i][1], got[i][1], text);
        }
    }
}

void settings_of_the_session(subject& s) {
    std::vector<std::vector<spelling>> const settings = {
        {{"SET TimeZone TO 'Asia/Kathmandu'"}, {"SET time_zone = '+05:45'"}},
        {{"SET DateStyle TO 'German, DMY'"}, {"SET lc_time_names = 'de_DE'"}},
        {{"SET IntervalStyle TO 'sql_standard'"}, {"SET div_precision_increment = 1"}},
    };
    bool any = false;
    for (auto const& each : settings) {
        auto const changed = s.connect();
        auto const taken = first_taken(s, *changed, each);
        if (!taken) continue;
        any = true;
        kept(s, *changed, s.connection(), each[*taken].front() + " before writing");
        kept(s, s.connection(), *changed, each[*taken].front() + " before reading");
    }
    s.needs(any, "settings of time in the SQL of the database");
}

constexpr case_entry native_sessions_table[] = {
    {"CUR-08",
     "Of a statement with several results the first is read or all are refused, and none is taken "
     "for the answer to the next statement.",
     &several_results},
    {"DAT-14",
     "Settings of the session, such as its time zone and how dates are written, change no value on "
     "its way in or out.",
     &settings_of_the_session, nullptr, 60},
    {"EXE-13",
     "A statement that the database warns about is no error, and nothing is written on the "
     "program's output.",
     &warnings},
};

}  // namespace

std::span<case_entry const> native_sessions_cases() { return native_sessions_table; }

}  // namespace relata::conformance
