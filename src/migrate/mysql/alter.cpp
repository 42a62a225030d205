// SPDX-License-Identifier: BSL-1.0

#include "migrate/mysql/alter.hpp"

#include "migrate/mysql/clauses.hpp"
#include "migrate/mysql/ddl.hpp"
#include "migrate/mysql/online.hpp"

#include <algorithm>

namespace relata::migrate::mysql {

namespace {

using column_change = change<catalog::column>;

// MariaDB does not prove a column's new check on the rows that are there, unless it copies them.
bool only_a_copy_proves(table_change const& change) {
    return std::ranges::any_of(change.checks,
                               [](auto const& c) { return c.after && is_of_column(*c.after); });
}

step joined(table_change const& change, ways const& how, std::vector<clause> const& clauses) {
    step all{"ALTER TABLE " + quote_name(change.after.name), false};
    way slowest = how.together().value_or(way{});
    bool first = true;
    for (auto const& each : clauses) {
        all.text.append(first ? " " : ", ").append(each.text);
        all.destroys |= each.destroys;
        all.copies_rows |= each.writes_rows;
        slowest.how = std::max(slowest.how, each.online.how);
        slowest.reads_rows |= each.online.reads_rows;
        first = false;
    }
    tell_waiters(all, slowest);
    if (only_a_copy_proves(change)) {
        all.text += ", ALGORITHM=COPY";
        all.copies_rows = true;
    }
    return all;
}

// Whether a key stands in the way of those that begin with one of these columns.
template <class T>
bool drops(std::vector<change<T>> const& list, std::vector<std::string> const& columns) {
    return std::ranges::any_of(list, [&](auto const& c) {
        return c.before && !c.before->parts.empty() &&
               std::ranges::find(columns, c.before->parts.front().column) != columns.end();
    });
}

// What a foreign key on the column does not let happen.
bool disturbs(column_change const& c) {
    return !c.after || c.before->name != c.after->name || c.before->type != c.after->type ||
           c.before->nullable != c.after->nullable || c.before->collation != c.after->collation ||
           c.before->computed != c.after->computed || c.before->expression != c.after->expression ||
           c.before->identity != c.after->identity;
}

}  // namespace

void add_alter_steps(script& to, table_change const& change, catalog::engine engine, bool online) {
    auto const table = "ALTER TABLE " + quote_name(change.after.name);
    step spread{table, false, false, true};
    tell_waiters(spread, {manner::copied});
    if (online) spread.impact = kept_out("rows are spread over partitions anew");
    if (change.partitioning && !change.before.partitioning.by.empty()) {
        spread.text = table + " REMOVE PARTITIONING";
        to.add(spread);
    }
    ways const how(change, engine);
    if (online) {
        add_online_steps(to, change, how, engine);
    } else if (auto const all = clauses_of(change, how, engine, false); !all.empty()) {
        to.add(joined(change, how, all));
    }
    if (change.partitioning && !change.after.partitioning.by.empty()) {
        to.in_session(&plain_mode, nullptr);
        spread.text = table + ' ' + partition_clause(change.after.partitioning);
        to.add(spread);
    }
}

bool disturbs_keys(table_change const& change, std::vector<std::string> const& columns) {
    auto const among = [&](column_change const& c) {
        return c.before && disturbs(c) &&
               std::ranges::find(columns, c.before->name) != columns.end();
    };
    return drops(change.indexes, columns) || drops(change.uniques, columns) ||
           change.primary.has_value() || change.partitioning || change.options ||
           std::ranges::any_of(change.columns, among);
}

}  // namespace relata::migrate::mysql
