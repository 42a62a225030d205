// SPDX-License-Identifier: BSL-1.0

#include "conformance/options.hpp"

#include <CLI/CLI.hpp>

#include <cstdlib>

namespace relata::conformance {
namespace {

constexpr char const* description = "Tests whether a database driver keeps relata's contract. Each "
                                    "case runs in a process of its own; "
                                    "tables are made under fresh names and dropped again.";

constexpr char const* footer =
    "Exit code: 0 no case failed, 1 a case failed, 2 a mistake on the command line.";

void describe(CLI::App& app, options& to) {
    app.add_option("--driver", to.driver,
                   "name of a linked or installed driver, or the absolute path of a plug-in; "
                   "default: what serves the URL's scheme");
    app.add_option("--url", to.url, "database to test on, one that may be written to")
        ->envname("RELATA_CONFORMANCE_URL");
    app.add_option("--case", to.patterns,
                   "only these cases: an id, a pattern such as 'TXN-*', or the letter of a group")
        ->take_all();
    app.add_flag("--list", to.list, "list the cases and run none");
    app.add_option("--report", to.report, "text, html, json, junit or md")
        ->check(CLI::IsMember({"text", "html", "json", "junit", "md"}));
    app.add_option("--out", to.out, "write the report to this file");
    app.add_option("--merge", to.merge, "no run: one report of the JSON reports in these files")
        ->check(CLI::ExistingFile);
    app.add_option("--random", to.random, "run in a random order made from this number");
    app.add_option("--seconds-factor", to.seconds_factor, "stretch all time limits by this factor")
        ->check(CLI::Range(0.01, 1000.0));
    app.add_flag("--skip-faults", to.skip_faults, "leave out the cases that cut connections");
}

}  // namespace

parsed_options parse_options(int argc, char const* const* argv) {
    parsed_options out;
    CLI::App app(description, "relata-conformance");
    app.footer(footer);
    describe(app, out.values);
    try {
        app.parse(argc, argv);
        if (!out.values.list && out.values.merge.empty() && out.values.url.empty())
            throw CLI::RequiredError("--url");
    } catch (CLI::ParseError const& e) {
        out.exit_code = app.exit(e) == 0 ? 0 : 2;
    }
    return out;
}

}  // namespace relata::conformance
