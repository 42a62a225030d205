// SPDX-License-Identifier: BSL-1.0
// relata inspect: the schema of a database.

#include "cli/source.hpp"

#include <relata/migrate/inspect.hpp>
#include <relata/migrate/snapshot.hpp>

namespace relata::cli {

namespace {

struct inspect_options {
    std::string source;
    std::string format = "sql";
};

int run_inspect(session& s, inspect_options const& o) {
    auto const source = o.source.empty() ? s.database_url({}) : o.source;
    auto const found = read_source(s, source);
    if (o.format == "json" || s.out.json()) {
        s.out.write(migrate::to_json(found));
        return done;
    }
    for (auto const& each : migrate::create_statements(found)) s.out.line(each + ";");
    return done;
}

}  // namespace

void add_inspect(command& all, session& s) {
    auto command = all.add("inspect", "Show the schema of a database");
    command.footer("Examples:\n"
                   "  relata inspect sqlite:music.db\n"
                   "  relata inspect --env prod --format json > snapshot.json");
    auto& options = add_action(command, s, run_inspect);
    command.value("source", options.source, source_text).shown_as("URL");
    command.value("--format", options.format, "sql or json")
        .one_of({"sql", "json"})
        .shows_default();
}

}  // namespace relata::cli
