// SPDX-License-Identifier: BSL-1.0

#include "cli/marks.hpp"

#include "cli/question.hpp"

#include <algorithm>

namespace relata::cli {

namespace {

// schema.table of PostgreSQL, or table
catalog::object_name table_of(std::string const& text) {
    auto const dot = text.find('.');
    if (dot == text.npos) return {"", text};
    auto space = text.substr(0, dot);
    return {space == "public" ? "" : space, text.substr(dot + 1)};
}

bool has_table(catalog::schema const& in, catalog::object_name const& name) {
    return in.find(name) != nullptr;
}

// A dot can be that of a schema or of a column: what is there decides.
void add_mark(migrate::diff_options& to, catalog::schema const& from, catalog::schema const& wanted,
              std::string const& what, std::string const& name) {
    if (has_table(from, table_of(what))) {
        auto const old_name = table_of(what);
        auto const other =
            name.empty() ? catalog::object_name{} : catalog::object_name{old_name.space, name};
        return to.tables.push_back({old_name, other});
    }
    auto const dot = what.rfind('.');
    auto const table = table_of(what.substr(0, dot));
    if (dot == what.npos || !(has_table(from, table) || has_table(wanted, table)))
        throw usage_error("there is no table or column '" + what + "' before the change");
    to.columns.push_back({table, what.substr(dot + 1), name});
}

struct names {
    std::string from;
    std::string to;
};
names names_of(migrate::possible_rename const& each) {
    bool const table = each.column.empty();
    auto const owner = text_of(each.table);
    return {table ? owner : owner + '.' + each.column, table ? each.to_table.name : each.to_column};
}

// Asks for each name that goes whether it becomes one of those that come.
bool ask_for_marks(session const& s, marks& m, std::vector<migrate::possible_rename> const& open) {
    auto const from = names_of(open.front()).from;
    for (auto const& each : open) {
        auto const pair = names_of(each);
        if (pair.from != from) continue;
        auto const yes =
            ask(s.out, "Is " + from + " called " + pair.to + " now, and keeps its data?");
        if (!yes) return false;
        if (!*yes) continue;
        m.renames.push_back(from + '=' + pair.to);
        s.out.note("  --rename " + m.renames.back());
        return true;
    }
    m.dropped.push_back(from);
    s.out.note("  --dropped " + from);
    return true;
}

}  // namespace

void add_marks(command& of, marks& to) {
    of.repeated("--rename", to.renames,
                "OLD=NEW: this table, or table.column, gets another name (may be repeated)")
        .shown_as("OLD=NEW");
    of.repeated("--dropped", to.dropped,
                "this table, or table.column, is dropped and not renamed (may be repeated)")
        .shown_as("NAME");
    of.flag("--no-renames", to.none, "nothing is renamed: what goes is dropped");
}

migrate::schema_change diff_with(marks const& m, catalog::schema const& from,
                                 catalog::schema const& to) {
    migrate::diff_options options;
    for (auto const& each : m.renames) {
        auto const equal = each.find('=');
        if (equal == each.npos || equal + 1 == each.size())
            throw usage_error("--rename takes OLD=NEW, such as users.login=handle; not '" + each +
                              "'");
        add_mark(options, from, to, each.substr(0, equal), each.substr(equal + 1));
    }
    for (auto const& each : m.dropped) add_mark(options, from, to, each, {});
    auto changes = migrate::diff(from, to, options);
    if (!m.none || changes.ambiguous.empty()) return changes;
    for (auto const& each : changes.ambiguous) {
        if (each.column.empty()) options.tables.push_back({each.table, {}});
        else options.columns.push_back({each.table, each.column, ""});
    }
    return migrate::diff(from, to, options);
}

migrate::schema_change asked_diff(session const& s, marks& m, catalog::schema const& from,
                                  catalog::schema const& to) {
    auto changes = diff_with(m, from, to);
    while (!changes.ambiguous.empty() && can_ask(s.out) && ask_for_marks(s, m, changes.ambiguous))
        changes = diff_with(m, from, to);
    return changes;
}

int tell_ambiguous(session const& s, migrate::schema_change const& changes) {
    for (auto const& each : changes.ambiguous) {
        auto const [from, to] = names_of(each);
        s.out.tell("RL-AMBIGUOUS",
                   "it is not said whether " + from + " becomes " + to + ", or is dropped and " +
                       to + " is new; nothing was changed",
                   "say --rename " + from + '=' + to + " or --dropped " + from);
    }
    return exit_code::ambiguous;
}

}  // namespace relata::cli
