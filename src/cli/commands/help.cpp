// SPDX-License-Identifier: BSL-1.0
// relata help: a command, or a topic.

#include "cli/man_page.hpp"
#include "cli/source.hpp"

namespace relata::cli {

namespace {

struct help_options {
    std::string topic;
};

char const* const environment_text =
    "RELATA_ENV, RELATA_URL, RELATA_DEV, RELATA_FOLDER and RELATA_CONFIG stand for --env, --url,\n"
    "--dev, --folder and --config, which "
    "come first. NO_COLOR and CLICOLOR_FORCE turn colours off and on.\n\n"
    "relata.toml is looked for in this folder and those above it:\n\n"
    "    environment = \"local\"                # the usual one\n\n"
    "    [env.local]\n"
    "    url = \"sqlite:music.db\"\n"
    "    migrations = \"migrations\"            # relative to this file\n\n"
    "    [env.prod]\n"
    "    url = \"${DATABASE_URL}\"              # an environment variable: no secret in the file\n"
    "    dev = \"postgresql://localhost/empty\" # an empty database to see how it spells a "
    "schema\n\n"
    "    [env.tenants]                        # many databases: apply, resume, status, down, "
    "drift,\n"
    "    url = \"sqlite:data/{tenant}.db\"      # baseline work on all of them\n"
    "    tenants = [\"acme\", \"globex\"]       # or a file: a line is a name, or a name and a "
    "URL\n";

std::string help_on(session const& s, std::string const& name) {
    for (auto const& each : s.all->commands())
        if (each.name() == name) return each.help();
    throw usage_error("there is no help on '" + name +
                      "'; there are the commands, exit-codes, environment and sources");
}

int run_help(session& s, help_options const& o) {
    if (o.topic.empty()) {
        s.out.write(s.all->help());
    } else if (o.topic == "exit-codes") {
        for (auto const& each : exit_codes()) {
            auto const number = std::to_string(each.code);
            s.out.line(std::string(4 - number.size(), ' ') + number + "  " + each.meaning);
        }
    } else if (o.topic == "environment") {
        s.out.write(environment_text);
    } else if (o.topic == "sources") {
        s.out.line(std::string("FROM and TO are ") + source_text + ".");
    } else if (o.topic == "man") {
        s.out.write(man_page(*s.all, version(), environment_text));
    } else {
        s.out.write(help_on(s, o.topic));
    }
    return done;
}

}  // namespace

void add_help(command& all, session& s) {
    auto command = all.add("help", "Explain a command, exit-codes, environment or sources");
    command.footer("`help man` writes all of it for the program man.");
    auto& options = add_action(command, s, run_help);
    command.value("topic", options.topic, "a command, exit-codes, environment or sources");
}

}  // namespace relata::cli
