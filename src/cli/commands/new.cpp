// SPDX-License-Identifier: BSL-1.0
// relata new: another migration in the folder, empty or made from the schema that is wanted, for each engine.

#include "cli/change.hpp"
#include "cli/findings.hpp"
#include "cli/marks.hpp"
#include "cli/source.hpp"

#include <relata/migrate/folder.hpp>

#include <algorithm>
#include <filesystem>

namespace relata::cli {

namespace {

struct new_options {
    std::string name;
    std::string to;
    std::string step;
    std::vector<std::string> allowed;
    bool online = false;
    bool dry_run = false;
    cli::marks marks;
};

bool is_allowed(new_options const& o, migrate::finding const& f) {
    return std::any_of(o.allowed.begin(), o.allowed.end(), [&](auto const& each) {
        return each == f.rule || each == f.rule + ':' + f.object;
    });
}

// What destroys data must be allowed by name. Tells what is not; whether there is none.
bool all_allowed(session const& s, new_options const& o, migrate::schema_change const& changes,
                 std::vector<migrate::step> const& up) {
    bool all = true;
    for (auto const& f : migrate::lint(changes, up)) {
        if (!f.rule.starts_with("RL-D") || is_allowed(o, f)) continue;
        s.out.tell(f.rule, f.object + ": " + f.message + "; nothing was written",
                   "if that is meant: --allow " + f.rule + ':' + f.object);
        all = false;
    }
    return all;
}

std::vector<migrate::step> way_back(migrate::schema_change const& up,
                                    migrate::plan_options const& how) {
    migrate::diff_options marks;
    for (auto const& t : up.altered) {
        if (t.renamed) marks.tables.push_back({t.after.name, t.before.name});
        for (auto const& c : t.columns)
            if (c.before && c.after && c.before->name != c.after->name)
                marks.columns.push_back({t.before.name, c.after->name, c.before->name});
    }
    try {
        return migrate::plan(migrate::diff(up.after, up.before, marks), how);
    } catch (error const& e) {
        if (e.kind() != error_kind::not_supported && e.kind() != error_kind::invalid_argument)
            throw;
        return {};  // there is no way back, which lint tells (RL-X06)
    }
}

// The line that mentions the step in C++, behind all else.
void add_step(new_options const& o, std::vector<migrate::step>& up) {
    if (o.step.empty()) return;
    up.push_back({"-- relata:step " + o.step, up.empty() || up.back().in_transaction});
}

void tell_step(session const& s, new_options const& o) {
    if (o.step.empty() || s.has_step(o.step)) return;
    s.out.note("this program has no step " + o.step + "; write one, and give it to it:\n" +
               "  void " + o.step + "(relata::migrate::data_run& run) {\n" +
               "      // change rows by run.db(); for more than fit at once: run.cursor(), "
               "run.go_on_at(...)\n  }\n" +
               "  relata_migrate_main(argc, argv, ..., {{\"" + o.step + "\", " + o.step + "}})");
}

bool has_file(migrate::migration const& m, std::string const& name) {
    return std::any_of(m.files.begin(), m.files.end(),
                       [&](auto const& each) { return each.name == name; });
}

// An engine that others were written for must not be forgotten.
void tell_missing(session const& s, migrate::folder const& in) {
    auto const& made = in.migrations.back();
    for (auto const on : {catalog::engine::sqlite, catalog::engine::postgresql,
                          catalog::engine::mysql, catalog::engine::mariadb}) {
        auto const own = std::string("up.") + name_of(on) + ".sql";
        bool const wanted = std::any_of(in.migrations.begin(), in.migrations.end(),
                                        [&](auto const& each) { return has_file(each, own); });
        if (wanted && !made.has_up(on))
            s.out.note(std::string("others have statements for ") + name_of(on) +
                       ", this one has none: write them, or make it with an empty database of each "
                       "engine (--dev, may be repeated)");
    }
}

int write(session const& s, new_options const& o, std::vector<migrate::engine_steps> const& steps) {
    auto const path = s.folder_path();
    auto const script = steps.empty() && !o.step.empty() ? "-- relata:step " + o.step + "\n" : "";
    auto const folder = migrate::add_migration(path, o.name, {}, steps, script);
    auto const made = std::filesystem::path(path) / folder.migrations.back().id;
    if (s.out.json()) s.out.event({{"event", "created"}, {"path", made.string()}});
    else s.out.line(made.string());
    if (steps.empty() && script.empty())
        s.out.note("write its up.sql, then `" + s.program + " repair --sum`");
    tell_missing(s, folder);
    tell_step(s, o);
    return done;
}

// What would be written for each engine.
int show_files(session const& s, new_options const& o,
               std::vector<migrate::engine_steps> const& steps) {
    for (auto const& each : steps)
        for (auto const* way : {&each.up, &each.down}) {
            auto const file =
                std::string(way == &each.up ? "up." : "down.") + name_of(each.engine) + ".sql";
            if (!s.out.json()) s.out.line("-- " + o.name + '/' + file);
            for (auto const& step : *way) {
                if (s.out.json())
                    s.out.event({{"event", "statement"}, {"file", file}, {"sql", step.text}});
                else s.out.line(step.text + (step.text.starts_with("--") ? "" : ";"));
            }
        }
    if (steps.empty()) s.out.note("files without statements");
    return done;
}

// What one engine gets. \return exit_code::done, or why nothing is to be written
int add_engine(session const& s, new_options& o, std::vector<migrate::engine_steps>& to) {
    auto const path = s.folder_path();
    auto const both = read_both(s, std::filesystem::is_directory(path) ? path : "empty", o.to);
    auto const changes = asked_diff(s, o.marks, both.from, both.to);
    if (!changes.ambiguous.empty()) return tell_ambiguous(s, changes);
    if (std::any_of(to.begin(), to.end(),
                    [&](auto const& e) { return e.engine == changes.engine; }))
        throw usage_error(std::string("two of the empty databases are of ") +
                          name_of(changes.engine) + "; nothing was written");
    migrate::plan_options const how{o.online};
    auto up = migrate::plan(changes, how);
    if (!all_allowed(s, o, changes, up)) return destructive;
    to.push_back({changes.engine, std::move(up), way_back(changes, how), changes.after});
    return done;
}

// One session for each engine that is written for.
std::vector<session> each_engine(session const& s, new_options const& o) {
    auto const devs = s.dev_urls();
    if (devs.size() < 2 || has_engine(o.to)) return {s};
    std::vector<session> all;
    for (auto const& url : devs) all.emplace_back(s).devs = {url};
    return all;
}

int run_new(session& s, new_options const& given) {
    auto o = given;
    if (o.step.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") != o.step.npos)
        throw usage_error("the name of a step has lower case letters, digits and underscores");
    auto const finish = o.dry_run ? show_files : write;
    if (o.to.empty()) return finish(s, o, {});
    std::vector<migrate::engine_steps> steps;
    for (auto const& each : each_engine(s, o))
        if (auto const code = add_engine(each, o, steps); code != done) return code;
    bool const none =
        std::all_of(steps.begin(), steps.end(), [](auto const& e) { return e.up.empty(); });
    if (none && o.step.empty()) {
        s.out.note("nothing to do: the folder leads to this schema");
        return done;
    }
    for (auto& each : steps) add_step(o, each.up);
    return finish(s, o, steps);
}

}  // namespace

void add_new(command& all, session& s) {
    auto command = all.add("new", "Add a migration, empty or up to a wanted schema");
    command.footer("What destroys data is refused (3) unless it is allowed by name. At a terminal "
                   "it is asked\n"
                   "whether what goes is renamed to what comes. Examples:\n"
                   "  relata new add_orders\n"
                   "  relata new add_orders --to wanted.sql\n"
                   "  relata new add_orders --to model --dev sqlite::memory: "
                   "--dev postgresql://localhost/empty\n"
                   "  relata new fill_slugs --step fill_slugs\n"
                   "  relata new drop_login --to model --allow RL-D02:users.login");
    auto& options = add_action(command, s, run_new);
    command.value("name", options.name, "lower case letters, digits and underscores")
        .required()
        .shown_as("NAME");
    command.value("--to", options.to, std::string("the schema after it: ") + source_text);
    command
        .value("--step", options.step, "the step in C++ that ends it; without --to it is all of it")
        .shown_as("STEP");
    command.repeated("--allow", options.allowed,
                     "RULE or RULE:OBJECT, such as RL-D02:users.login (may be repeated)");
    command.flag("--online", options.online, online_text);
    command.flag("--dry-run", options.dry_run, "show the statements, and write nothing");
    add_marks(command, options.marks);
}

}  // namespace relata::cli
