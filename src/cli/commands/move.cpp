// SPDX-License-Identifier: BSL-1.0
// relata move: a database becomes one of another engine.

#include "cli/session.hpp"

#include <relata/migrate/move.hpp>

#include <chrono>

namespace relata::cli {

namespace {

struct move_flags {
    std::string from;
    std::string to;
    std::int64_t batch = migrate::move_options{}.batch;
    std::vector<std::string> leave_out;
    std::vector<std::string> types;
    bool dry_run = false;
};

// Lines for people, at most one a second besides the first and last of a table; all events for programs.
class move_progress : public migrate::move_observer {
public:
    explicit move_progress(session const& s) : s_(s) {}

    void table_started(std::string const& table, std::int64_t done,
                       std::int64_t estimated) override {
        if (s_.out.json()) return event("table_started", table, done, estimated);
        s_.out.note(table + (done > 0 ? ": goes on behind " + std::to_string(done) + " rows" : ""));
        told_ = std::chrono::steady_clock::now();
    }
    void rows_moved(std::string const& table, std::int64_t done, std::int64_t estimated) override {
        if (s_.out.json()) return event("rows", table, done, estimated);
        auto const now = std::chrono::steady_clock::now();
        if (now - told_ < std::chrono::seconds(1)) return;
        told_ = now;
        s_.out.note("  " + std::to_string(done) +
                    (estimated > done ? " of about " + std::to_string(estimated) : "") + " rows");
    }
    void table_compared(std::string const& table, std::int64_t rows) override {
        if (!s_.out.json()) s_.out.note(table + ": " + std::to_string(rows) + " rows, the same");
    }

private:
    void event(char const* name, std::string const& table, std::int64_t done,
               std::int64_t estimated) const {
        s_.out.event({{"event", name}, {"table", table}, {"rows", done}, {"estimated", estimated}});
    }

    session const& s_;
    std::chrono::steady_clock::time_point told_;
};

// albums.price=decimal(10,2)
migrate::column_meaning meaning_in(std::string const& text) {
    auto const equals = text.find('=');
    auto const dot = text.rfind('.', equals);
    if (equals == text.npos || dot == text.npos)
        throw usage_error(
            "--type takes TABLE.COLUMN=TYPE, such as albums.price=decimal(10,2), not " + text);
    return {text.substr(0, dot), text.substr(dot + 1, equals - dot - 1), text.substr(equals + 1)};
}

migrate::move_options options_of(move_flags const& f, migrate::move_observer& observer) {
    migrate::move_options options;
    options.batch = f.batch;
    options.leave_out = f.leave_out;
    options.observer = &observer;
    for (auto const& each : f.types) options.columns.push_back(meaning_in(each));
    return options;
}

void tell_findings(session const& s, char const* is,
                   std::vector<migrate::move_finding> const& all) {
    for (auto const& each : all) {
        if (s.out.json())
            s.out.event({{"event", "finding"}, {"is", is}, {"name", each.name}, {"why", each.why}});
        else s.out.line(std::string(is) + ' ' + each.name + ": " + each.why);
    }
}

int show_plan(session const& s, migrate::move_report const& planned) {
    for (auto const& each : planned.statements) {
        if (s.out.json()) s.out.event({{"event", "statement"}, {"sql", each}});
        else s.out.line(each + ";");
    }
    return planned.refused.empty() ? done : destructive;
}

int tell_done(session const& s, migrate::move_report const& report) {
    std::int64_t rows = 0;
    for (auto const& each : report.tables) {
        rows += each.rows;
        if (s.out.json())
            s.out.event({{"event", "table"},
                         {"table", each.table},
                         {"rows", each.rows},
                         {"digest", each.digest}});
    }
    auto const tables = report.tables.size();
    if (s.out.json()) s.out.event({{"event", "moved"}, {"tables", tables}, {"rows", rows}});
    else
        s.out.line("moved " + std::to_string(rows) + " rows of " + std::to_string(tables) +
                   (tables == 1 ? " table" : " tables") + "; the digests of both sides are equal");
    return done;
}

int run_move(session& s, move_flags const& f) {
    move_progress observer(s);
    auto const options = options_of(f, observer);
    auto const from = open(f.from);
    auto const to = open(f.to);
    auto const planned = migrate::plan_move(from, to, options);
    tell_findings(s, "refused", planned.refused);
    tell_findings(s, "left out", planned.left_out);
    tell_findings(s, "note", planned.notes);
    if (f.dry_run) return show_plan(s, planned);
    if (!planned.refused.empty()) {
        s.out.note("nothing was written; change what is refused, tell its --type, or name it with "
                   "--leave-out");
        return destructive;
    }
    return tell_done(s, migrate::move(from, to, options));
}

}  // namespace

void add_move(command& all, session& s) {
    auto move = all.add("move", "Copy a database into an empty one of the same or another engine");
    move.footer(
        "A move that was killed goes on when it is run again. SQLite does not know the scale of a\n"
        "decimal, and only PostgreSQL tells an instant from a local time: --type says it.\n"
        "Ends with 3 when the target cannot have something that is not named, 8 when a move was\n"
        "begun there from another schema or with other options. Examples:\n"
        "  relata move sqlite:music.db postgresql://localhost/music --dry-run\n"
        "  relata move sqlite:music.db postgresql://localhost/music --type "
        "\"albums.price=decimal(10,2)\"");
    auto& options = add_action(move, s, run_move);
    move.value("FROM", options.from, "URL of the database to copy").required();
    move.value("TO", options.to, "URL of the empty one").required();
    move.flag("--dry-run", options.dry_run, "show what would be made, and write nothing");
    move.value("--batch", options.batch, "rows in a transaction").shows_default();
    move.repeated("--leave-out", options.leave_out,
                  "what may be missing in the target, as it is called where it is refused")
        .shown_as("NAME");
    move.repeated("--type", options.types, "what a column holds: TABLE.COLUMN=TYPE")
        .shown_as("TEXT");
}

}  // namespace relata::cli
