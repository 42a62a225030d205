// SPDX-License-Identifier: BSL-1.0
// relata lint: what is dangerous in migrations.

#include "cli/change.hpp"
#include "cli/findings.hpp"
#include "cli/source.hpp"

#include <relata/migrate/folder.hpp>
#include <relata/migrate/inspect.hpp>

#include <filesystem>

namespace relata::cli {

namespace {

struct lint_options {
    std::vector<std::string> files;
    change_options change{.from = "empty"};
    std::string since;
    std::string format = "text";
    std::string level = "error";
    migrate::lint_options rules;
};

// The text tells what it renames; nothing else is renamed.
migrate::schema_change between(catalog::schema const& before, catalog::schema const& after,
                               std::string const& sql) {
    auto marks = migrate::renames_in(sql, after.engine);
    for (auto const& each : migrate::diff(before, after, marks).ambiguous) {
        if (each.column.empty()) marks.tables.push_back({each.table, {}});
        else marks.columns.push_back({each.table, each.column, ""});
    }
    return migrate::diff(before, after, marks);
}

// Files of SQL, one after the other, on top of the schema before them.
std::vector<findings_of_file> of_files(session const& s, lint_options const& o) {
    auto before = read_source(s, o.change.from);
    bool const from_empty = o.change.from == "empty";
    migrate::scratch scratch(from_empty && s.dev_url().empty() ? "sqlite::memory:"
                             : from_empty                      ? s.dev_url()
                                                               : s.scratch_url(before.engine));
    scratch.run(migrate::create_statements(before));
    before = scratch.inspect();
    std::vector<findings_of_file> all;
    auto rules = o.rules;
    for (auto const& file : o.files) {
        auto const sql = content_of(file);
        scratch.run(sql, file);
        auto after = scratch.inspect();
        all.push_back({file, migrate::lint(between(before, after, sql), sql, rules)});
        rules.earlier.push_back(sql);
        before = std::move(after);
    }
    scratch.clear();
    return all;
}

// The text of a migration's up file, as it was written.
migrate::migration_file const* up_file(migrate::migration const& m, catalog::engine on) {
    for (auto const& name : {std::string("up.") + name_of(on) + ".sql", std::string("up.sql")})
        for (auto const& file : m.files)
            if (file.name == name) return &file;
    return nullptr;
}

// The migrations of a folder after --since, each between the schemas before and after it.
std::vector<findings_of_file> of_folder(session const& s, lint_options const& o) {
    auto const folder = migrate::read_folder(o.files[0]);
    if (!o.since.empty() && !folder.find(o.since))
        throw usage_error("there is no migration '" + o.since + "' in " + o.files[0]);
    auto const dev = s.dev_url();
    migrate::scratch scratch(dev.empty() ? "sqlite::memory:" : dev);
    auto const on = scratch.engine();
    auto before = scratch.inspect();
    bool wanted = o.since.empty();
    std::vector<findings_of_file> all;
    auto rules = o.rules;
    for (auto const& m : folder.migrations) {
        scratch.run(m.up(on));
        auto after = scratch.inspect();
        auto const* const file = up_file(m, on);
        auto const sql = file ? file->content : std::string();
        rules.has_down = m.has_down(on);
        if (wanted)
            all.push_back({o.files[0] + '/' + m.id + '/' + (file ? file->name : ""),
                           migrate::lint(between(before, after, sql), sql, rules)});
        wanted |= m.id == o.since;
        rules.earlier.push_back(sql);
        before = std::move(after);
    }
    scratch.clear();
    return all;
}

std::vector<findings_of_file> of_plan(lint_options const& o,
                                      migrate::schema_change const& changes) {
    return {{"plan", migrate::lint(changes, migrate::plan(changes), o.rules)}};
}

int result_of(session const& s, std::vector<findings_of_file> const& all, lint_options const& o) {
    auto const level = o.level == "note"      ? migrate::severity::note
                       : o.level == "warning" ? migrate::severity::warning
                                              : migrate::severity::error;
    std::size_t open = 0;
    std::size_t suppressed = 0;
    bool bad = false;
    for (auto const& file : all)
        for (auto const& each : file.findings) {
            ++(each.suppressed.empty() ? open : suppressed);
            bad |= each.suppressed.empty() && each.severity >= level;
        }
    if (o.format == "json")
        s.out.event({{"event", "finished"}, {"findings", open}, {"suppressed", suppressed}});
    s.out.note(std::to_string(open) + (open == 1 ? " finding" : " findings") +
               (suppressed == 0 ? "" : ", " + std::to_string(suppressed) + " suppressed"));
    return bad ? lint_errors : done;
}

int run_lint(session& s, lint_options const& given) {
    auto o = given;
    if (s.out.json()) o.format = "json";
    if (o.files.empty() == o.change.to.empty())
        throw usage_error("what shall be looked at? Give a folder or files of SQL, or --from and "
                          "--to for a plan");
    std::vector<findings_of_file> all;
    if (!o.change.to.empty()) {
        auto const changes = read_change(s, o.change);
        if (!changes.ambiguous.empty()) return tell_ambiguous(s, changes);
        all = of_plan(o, changes);
    } else if (o.files.size() == 1 && std::filesystem::is_directory(o.files[0])) {
        all = of_folder(s, o);
    } else {
        all = of_files(s, o);
    }
    show_findings(s, all, o.format);
    return result_of(s, all, o);
}

}  // namespace

void add_lint(command& all, session& s) {
    auto command = all.add("lint", "Look for what is dangerous in migrations");
    command.footer(
        "The rules are listed by `relata rules`. A line `-- relata:nolint RULE reason` in a file\n"
        "suppresses one. Ends with 7 when something of --level or worse is found. Examples:\n"
        "  relata lint migrations --since 20261122090000_add_orders\n"
        "  relata lint change.sql --from sqlite:music.db\n"
        "  relata lint change.sql --from env:prod --dev postgresql://localhost/empty\n"
        "  relata lint --from old.json --to new.json --format github");
    auto& options = add_action(command, s, run_lint);
    command
        .rest("files", options.files,
              "a folder of migrations, or files of SQL in the order in which "
              "they run")
        .shown_as("FILE");
    command.value("--since", options.since, "of a folder: only migrations after this one");
    command.value("--from", options.change.from, std::string("schema before: ") + source_text)
        .shows_default();
    command.value("--to", options.change.to,
                  "in place of files: the plan from --from to this schema");
    command.value("--format", options.format, "text, json, github or sarif")
        .one_of({"text", "json", "github", "sarif"})
        .shows_default();
    command.value("--level", options.level, "what ends with 7: note, warning or error")
        .one_of({"note", "warning", "error"})
        .shows_default();
    command
        .value("--large-table", options.rules.large_table,
               "rows from which a copy of a table counts as long")
        .shows_default();
    command.value("--names", options.rules.names, "regular expression for names; empty: any");
    add_marks(command, options.change.marks);
}

}  // namespace relata::cli
