// SPDX-License-Identifier: BSL-1.0
// relata rules: what lint looks for.

#include "cli/findings.hpp"

#include <algorithm>

namespace relata::cli {

namespace {

struct rules_options {
    std::string rule;
    bool markdown = false;
};

void show(session const& s, migrate::lint_rule const& rule) {
    s.out.line(rule.id + " (" + std::string(name_of(rule.severity)) + "): " + rule.title + "\n\n" +
               rule.explanation);
    for (auto const& each : rule.examples) {
        std::string on;
        for (auto const engine : each.engines)
            on.append(on.empty() ? "" : ", ").append(name_of(engine));
        s.out.line("\nOn " + on + ":");
        if (!each.given.empty()) s.out.write("-- there before\n" + each.given);
        s.out.write("-- found\n" + each.bad);
        if (each.safe != each.bad) s.out.write("-- instead\n" + each.safe);
    }
}

int run_rules(session& s, rules_options const& o) {
    if (o.markdown) {
        s.out.write(migrate::lint_page());
        return done;
    }
    bool found = false;
    for (auto const& each : migrate::lint_rules()) {
        if (!o.rule.empty() && each.id != o.rule) continue;
        found = true;
        if (s.out.json())
            s.out.event({{"event", "rule"},
                         {"rule", each.id},
                         {"level", name_of(each.severity)},
                         {"title", each.title},
                         {"explanation", each.explanation}});
        else if (!o.rule.empty()) show(s, each);
        else
            s.out.line(each.id + "  " + std::string(name_of(each.severity)) +
                       std::string(9 - name_of(each.severity).size(), ' ') + each.title);
    }
    if (!found)
        throw usage_error("there is no rule '" + o.rule + "'; `" + s.program + " rules` lists all");
    return done;
}

}  // namespace

void add_rules(command& all, session& s) {
    auto command = all.add("rules", "List the rules of lint, or explain one");
    command.footer("Examples:\n  relata rules\n  relata rules RL-D01");
    auto& options = add_action(command, s, run_rules);
    command.value("rule", options.rule, "id of the one to explain").shown_as("RULE");
    command.flag("--markdown", options.markdown, "all of them as a page of Markdown");
}

}  // namespace relata::cli
