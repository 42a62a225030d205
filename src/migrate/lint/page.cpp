// SPDX-License-Identifier: BSL-1.0

#include <relata/migrate/lint.hpp>

#include <string_view>

namespace relata::migrate {

namespace {

std::string_view name_of(schema::catalog::engine of) {
    using schema::catalog::engine;
    switch (of) {
    case engine::sqlite: return "SQLite";
    case engine::postgresql: return "PostgreSQL";
    case engine::mysql: return "MySQL";
    case engine::mariadb: break;
    }
    return "MariaDB";
}
std::string_view name_of(severity of) {
    return of == severity::error ? "error" : of == severity::warning ? "warning" : "note";
}

std::string names_of(std::vector<schema::catalog::engine> const& engines) {
    if (engines.size() == 4) return "all engines";
    std::string text;
    for (auto const each : engines) text.append(text.empty() ? "" : ", ").append(name_of(each));
    return text;
}

std::string_view group_of(char letter) {
    switch (letter) {
    case 'B': return "B: breaks running programs";
    case 'D': return "D: destroys data";
    case 'F': return "F: may fail on rows";
    case 'M': return "M: MySQL and MariaDB";
    case 'P': return "P: PostgreSQL";
    case 'S': return "S: SQLite";
    default: return "X: any engine";
    }
}

void add_example(std::string& page, lint_example const& example) {
    page.append("On ").append(names_of(example.engines)).append(":\n\n```sql\n");
    if (!example.given.empty()) page.append("-- there before\n").append(example.given).append("\n");
    page.append(example.refused ? "-- found, and refused by the engine\n" : "-- found\n")
        .append(example.bad);
    if (example.safe != example.bad) page.append("\n-- instead\n").append(example.safe);
    page += "```\n\n";
}

}  // namespace

std::string lint_page() {
    std::string page = "# Lint rules\n\n"
                       "What `relata lint` and `relata::migrate::lint` look for in a migration. "
                       "Both pieces of SQL of each "
                       "rule run on\neach of its engines in the tests, which also write this page. "
                       "Rules about rows, locks "
                       "and running programs\nare silent on tables that the migration itself "
                       "makes; those marked *design* "
                       "speak of them too.\n\n"
                       "A comment suppresses a rule for the migration, or for one object of it, "
                       "and must give a reason:\n\n"
                       "```sql\n-- relata:nolint RL-D02 nobody reads it since 4.1\n"
                       "-- relata:nolint RL-D02:users.email moved to the table contacts\n```\n\n"
                       "| rule | severity | about |\n| --- | --- | --- |\n";
    for (auto const& each : lint_rules())
        page.append("| ")
            .append(each.id)
            .append(" | ")
            .append(name_of(each.severity))
            .append(" | ")
            .append(each.title)
            .append(" |\n");
    char group = 0;
    for (auto const& each : lint_rules()) {
        if (each.id[3] != group)
            page.append("\n## ").append(group_of(group = each.id[3])).append("\n");
        page.append("\n### ").append(each.id).append(": ").append(each.title).append("\n\n*");
        page.append(name_of(each.severity)).append("; ").append(names_of(each.engines));
        page.append(each.design ? "; design*\n\n" : "*\n\n")
            .append(each.explanation)
            .append("\n\n");
        for (auto const& example : each.examples) add_example(page, example);
        page.pop_back();
    }
    return page;
}

}  // namespace relata::migrate
