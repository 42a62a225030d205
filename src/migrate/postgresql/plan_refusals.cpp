// SPDX-License-Identifier: BSL-1.0

#include "migrate/postgresql/planning.hpp"

#include <relata/core/error.hpp>

#include <algorithm>

namespace relata::migrate::postgresql {

bool comes_last(catalog::opaque const& o) {
    return std::find(on_others.begin(), on_others.end(), o.kind) != on_others.end();
}

void refuse(std::string const& what) {
    throw error(error_kind::not_supported, "PostgreSQL has no plan yet for " + what);
}

namespace {

[[noreturn]] void refuse_partitioning(table_change const& t) {
    auto const& before = t.before.partitioning;
    auto const& after = t.after.partitioning;
    auto const name = t.after.name.name;
    if (before.by != after.by)
        throw error(
            error_kind::not_supported,
            "PostgreSQL cannot change how the rows of the table " + name +
                " are spread over partitions, and nothing was done: by hand, make the table "
                "that is wanted under another name, copy the rows, or attach the old table as "
                "a partition, and exchange the names in one transaction");
    throw error(
        error_kind::not_supported,
        "a partition that comes to a table, leaves it or gets other bounds is not planned, since "
        "its rows may fit nowhere: " +
            name +
            ", and nothing was done; by hand, ALTER TABLE the parent DETACH PARTITION, "
            "move the rows that do not fit, then ATTACH PARTITION");
}

}  // namespace

void refuse_what_is_missing(schema_change const& changes) {
    for (auto const& t : changes.altered) {
        if (t.partitioning) refuse_partitioning(t);
        for (auto const* option : {"of", "inherits", "access method", "tablespace"}) {
            auto const* const old = option_of(t.before.options, option);
            auto const* const now = option_of(t.after.options, option);
            if ((old ? *old : "") != (now ? *now : ""))
                refuse("another option '" + std::string(option) + "' of the table " +
                       t.after.name.name);
        }
    }
    for (auto const& o : changes.others)
        if (o.before && o.after && !comes_last(*o.after) && o.after->kind != "function" &&
            o.after->kind != "procedure")
            refuse("another definition of the " + o.after->kind + ' ' + o.after->name.name);
    for (auto const& o : changes.others)
        if (o.after && o.after->definition.empty())
            refuse("a new " + o.after->kind + ": " + o.after->name.name);
}

}  // namespace relata::migrate::postgresql
