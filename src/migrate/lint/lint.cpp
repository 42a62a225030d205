// SPDX-License-Identifier: BSL-1.0

#include "migrate/lint/rule.hpp"

#include <algorithm>

namespace relata::migrate {

namespace lints {

std::vector<rule> const& all_rules() {
    static std::vector<rule> const rules = [] {
        std::vector<rule> all;
        for (auto const add : {add_program_rules, add_data_rules, add_row_rules, add_mysql_rules,
                               add_mysql_type_rules, add_postgresql_lock_rules,
                               add_postgresql_scan_rules, add_postgresql_type_rules,
                               add_sqlite_rules, add_key_rules, add_name_rules, add_folder_rules})
            add(all);
        return all;
    }();
    return rules;
}

namespace {

rule const* rule_called(std::string_view id) {
    auto const& all = all_rules();
    auto const at =
        std::find_if(all.begin(), all.end(), [&](auto const& r) { return r.about.id == id; });
    return at == all.end() ? nullptr : &*at;
}

// Marks what a comment suppresses; a comment without a reason, or for no rule, is a finding.
void suppress(std::vector<finding>& found, text const& sql) {
    for (auto const& mark : sql.suppressions) {
        bool const known = rule_called(mark.rule) != nullptr;
        if (known && !mark.reason.empty()) {
            for (auto& each : found)
                if (each.rule == mark.rule && (mark.object.empty() || each.object == mark.object))
                    each.suppressed = mark.reason;
            continue;
        }
        found.push_back({"RL-X08",
                         severity::error,
                         mark.rule,
                         mark.line,
                         known ? "the comment gives no reason, and suppresses nothing"
                               : "the comment names no rule; `relata rules` lists them",
                         "-- relata:nolint " + (known ? mark.rule : "RL-D01") + " because …\n",
                         {}});
    }
}

std::vector<finding> look(schema_change const& changes, text const& sql,
                          lint_options const& options) {
    std::vector<finding> found;
    for (auto const& each : all_rules()) {
        auto const& engines = each.about.engines;
        if (!each.look ||
            std::find(engines.begin(), engines.end(), changes.engine) == engines.end())
            continue;
        each.look(subject(changes, sql, options, each.about, found));
    }
    suppress(found, sql);
    std::sort(found.begin(), found.end(), [](finding const& a, finding const& b) {
        return std::tie(a.line, a.rule, a.object, a.message) <
               std::tie(b.line, b.rule, b.object, b.message);
    });
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

}  // namespace

}  // namespace lints

std::vector<lint_rule> const& lint_rules() {
    static std::vector<lint_rule> const rules = [] {
        std::vector<lint_rule> all;
        for (auto const& each : lints::all_rules()) all.push_back(each.about);
        std::sort(all.begin(), all.end(), [](auto const& a, auto const& b) { return a.id < b.id; });
        return all;
    }();
    return rules;
}

std::vector<finding> lint(schema_change const& changes, std::string_view sql,
                          lint_options const& options) {
    return lints::look(changes, sql_text::read(sql, changes.engine), options);
}

std::vector<finding> lint(schema_change const& changes, std::vector<step> const& steps,
                          lint_options const& options) {
    std::string sql;
    for (auto const& each : steps) {
        if (!each.in_transaction) sql += "/* relata:outside */ ";
        sql += each.text + ";\n";
    }
    return lint(changes, sql, options);
}

}  // namespace relata::migrate
