// SPDX-License-Identifier: BSL-1.0
// relata new: another migration in the folder, empty or made from the schema that is wanted.

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
    std::vector<std::string> allowed;
    bool online = false;
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

int write(session const& s, new_options const& o, std::vector<migrate::engine_steps> const& steps) {
    auto const path = s.folder_path();
    auto const folder = migrate::add_migration(path, o.name, {}, steps);
    auto const made = std::filesystem::path(path) / folder.migrations.back().id;
    if (s.out.json()) s.out.event({{"event", "created"}, {"path", made.string()}});
    else s.out.line(made.string());
    if (steps.empty()) s.out.note("write its up.sql, then `" + s.program + " repair --sum`");
    return done;
}

int run(session& s, new_options const& o) {
    if (o.to.empty()) return write(s, o, {});
    auto const path = s.folder_path();
    auto const both = read_both(s, std::filesystem::is_directory(path) ? path : "empty", o.to);
    auto const changes = diff_with(o.marks, both.from, both.to);
    if (!changes.ambiguous.empty()) return tell_ambiguous(s, changes);
    if (changes.empty()) {
        s.out.note("nothing to do: the folder leads to this schema");
        return done;
    }
    migrate::plan_options const how{o.online};
    auto up = migrate::plan(changes, how);
    if (!all_allowed(s, o, changes, up)) return destructive;
    migrate::engine_steps steps{changes.engine, std::move(up), way_back(changes, how),
                                changes.after};
    return write(s, o, {std::move(steps)});
}

}  // namespace

void add_new(command& all, session& s) {
    auto command = all.add("new", "Add a migration, empty or up to a wanted schema");
    command.footer("What destroys data is refused (3) unless it is allowed by name. Examples:\n"
                   "  relata new add_orders\n"
                   "  relata new add_orders --to wanted.sql\n"
                   "  relata new drop_login --to model --allow RL-D02:users.login");
    auto& options = add_action(command, s, run);
    command.value("name", options.name, "lower case letters, digits and underscores")
        .required()
        .shown_as("NAME");
    command.value("--to", options.to, std::string("the schema after it: ") + source_text);
    command.repeated("--allow", options.allowed,
                     "RULE or RULE:OBJECT, such as RL-D02:users.login (may be repeated)");
    command.flag("--online", options.online, online_text);
    add_marks(command, options.marks);
}

}  // namespace relata::cli
