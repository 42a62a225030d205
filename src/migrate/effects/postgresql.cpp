// SPDX-License-Identifier: BSL-1.0
// Source: https://www.postgresql.org/docs/current/explicit-locking.html and the pages of the statements; a test
// asks the server which locks it has taken.

#include "migrate/effects/effects.hpp"

#include <algorithm>

namespace relata::migrate::effects {

namespace {

using sql_text::is;

struct mode {
    char const* name;
    waiters waits;
};
constexpr mode update_exclusive{"SHARE UPDATE EXCLUSIVE", waiters::nobody};
constexpr mode row_exclusive{"ROW EXCLUSIVE", waiters::nobody};
constexpr mode share{"SHARE", waiters::writers};
constexpr mode row_share_exclusive{"SHARE ROW EXCLUSIVE", waiters::writers};
constexpr mode exclusive{"ACCESS EXCLUSIVE", waiters::everybody};

effect with(mode const& m, catalog::table const* table, bool reads_rows = false) {
    return {table, m.name, m.waits, reads_rows};
}

// Whether NOT NULL of this column is known from a check, which plans for tables in use validate first.
bool is_proved(std::span<step const> earlier, std::string const& table, std::string_view column) {
    auto const check = "(" + std::string(column) + " IS NOT NULL)";
    return std::ranges::any_of(earlier, [&](step const& e) {
        return e.table == table && e.text.find(check) != e.text.npos;
    });
}

effect of_alter(statement const& s, tables const& known, std::span<step const> earlier) {
    auto const* const table = known.at(s, 2);
    if (s.has({"validate", "constraint"})) return with(update_exclusive, table, true);
    if (s.has({"foreign", "key"}) && s.has({"add"}))
        return with(row_share_exclusive, table ? table : known.after(s, "references"),
                    table && !s.has({"not", "valid"}));
    if (s.has({"set", "statistics"}) || s.has({"set", "("}) || s.has({"reset", "("}) ||
        s.has({"cluster", "on"}) || s.has({"set", "without", "cluster"}) ||
        s.has({"attach", "partition"}))
        return with(update_exclusive, table, s.has({"attach"}));
    if (s.has({"disable", "trigger"}) || s.has({"enable", "trigger"}) ||
        s.has({"enable", "always", "trigger"}) || s.has({"enable", "replica", "trigger"}))
        return with(row_share_exclusive, table);
    bool const key = s.has({"primary", "key"}) || s.has({"unique"}) || s.has({"exclude"});
    bool const reads =
        (s.has({"add"}) && key && !s.has({"using", "index"})) ||
        (s.has({"add", "constraint"}) && s.has({"check"}) && !s.has({"not", "valid"})) ||
        (s.has({"set", "not", "null"}) && table &&
         !is_proved(earlier, text_of(table->name),
                    s.tokens[s.find({"set", "not", "null"}) - 1].text));
    return with(exclusive, table, reads);
}

effect of_comment(statement const& s, tables const& known) {
    if (s.tokens.size() < 4) return {};
    if (is(s.tokens[2], "table") || is(s.tokens[2], "column"))
        return with(update_exclusive, known.at(s, 3));
    if (is(s.tokens[2], "constraint") && s.tokens.size() > 5)
        return with(update_exclusive, known.at(s, 5));
    return {};
}

}  // namespace

effect on_postgresql(statement const& s, tables const& known, std::span<step const> earlier) {
    if (s.begins({"alter", "table"})) return of_alter(s, known, earlier);
    if (s.begins({"comment", "on"})) return of_comment(s, known);
    if (s.begins({"drop", "table"})) return with(exclusive, known.at(s, 2));
    if (s.begins({"create", "index"}) || s.begins({"create", "unique", "index"}))
        return with(s.has({"concurrently"}) ? update_exclusive : share, known.after(s, "on"), true);
    if (s.begins({"drop", "index", "concurrently"}))
        return with(update_exclusive, known.of_index(s, 3));
    if (s.begins({"drop", "index"})) return with(exclusive, known.of_index(s, 2));
    if (s.begins({"create", "trigger"}) || s.begins({"create", "constraint", "trigger"}))
        return with(row_share_exclusive, known.after(s, "on"));
    if (s.begins({"drop", "trigger"}) || s.begins({"drop", "policy"}) ||
        s.begins({"drop", "rule"}) || s.begins({"create", "policy"}))
        return with(exclusive, known.after(s, "on"));
    if (s.begins({"create", "rule"})) return with(exclusive, known.after(s, "to"));
    if (s.begins({"create", "statistics"})) return with(update_exclusive, known.after(s, "from"));
    if (s.begins({"update"})) return with(row_exclusive, known.at(s, 1), true);
    return {};
}

}  // namespace relata::migrate::effects
