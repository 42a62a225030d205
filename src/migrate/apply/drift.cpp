// SPDX-License-Identifier: BSL-1.0

#include "migrate/apply/drift.hpp"

#include <relata/core/error.hpp>
#include <relata/migrate/inspect.hpp>

namespace relata::migrate {

namespace {

class summary {
public:
    void add(std::string const& what) {
        constexpr unsigned most = 5;
        if (count_++ < most) text_ += (text_.empty() ? "" : ", ") + what;
    }
    template <class T>
    void add(std::string const& kind, change<T> const& c, std::string const& name) {
        add(kind + " " + name +
            (!c.after    ? " is too much"
             : !c.before ? " is missing"
                         : " differs"));
    }
    template <class T> void add_named(std::string const& kind, std::vector<change<T>> const& all) {
        for (auto const& each : all)
            add(kind, each, shown((each.after ? each.after : each.before)->name));
    }
    static std::string shown(schema::catalog::object_name const& name) {
        return name.space.empty() ? name.name : name.space + "." + name.name;
    }
    static std::string shown(std::string const& name) { return name; }

    [[nodiscard]] std::string text() const {
        constexpr unsigned most = 5;
        return count_ > most ? text_ + " and " + std::to_string(count_ - most) + " more" : text_;
    }

private:
    std::string text_;
    unsigned count_ = 0;
};

void add_table(summary& to, table_change const& table) {
    auto const of = " of table " + summary::shown(table.after.name);
    auto const add = [&](std::string const& kind, auto const& all) {
        for (auto const& each : all)
            to.add(kind, each, (each.after ? each.after : each.before)->name + of);
    };
    if (table.renamed) to.add("table " + summary::shown(table.before.name) + " has another name");
    add("column", table.columns);
    if (table.primary) to.add("the primary key" + of + " differs");
    add("key", table.uniques);
    add("index", table.indexes);
    add("reference", table.references);
    add("check", table.checks);
    if (table.partitioning || table.comment || table.options)
        to.add((table.partitioning ? "the partitioning"
                : table.comment    ? "the comment"
                                   : "an option") +
               of + " differs");
}

}  // namespace

std::string summary_of(schema_change const& change) {
    summary all;
    for (auto const& each : change.spaces)
        all.add("namespace", each, *(each.after ? each.after : each.before));
    for (auto const& each : change.created)
        all.add("table " + summary::shown(each.name) + " is missing");
    for (auto const& each : change.dropped)
        all.add("table " + summary::shown(each.name) + " is too much");
    for (auto const& each : change.altered) add_table(all, each);
    all.add_named("view", change.views);
    all.add_named("enumeration", change.enumerations);
    all.add_named("domain", change.domains);
    all.add_named("sequence", change.sequences);
    for (auto const& each : change.others) {
        auto const& object = *(each.after ? each.after : each.before);
        all.add(object.kind, each, summary::shown(object.name));
    }
    return all.text();
}

std::string difference_from(connection& on, schema::catalog::schema const& expected) {
    return summary_of(diff(inspect(on), expected));
}

void demand_schema(connection& on, schema::catalog::schema const& expected, std::string const& id) {
    auto const found = difference_from(on, expected);
    if (!found.empty())
        fail(error_kind::schema_drift,
             "the database has " + id + " and another schema than its snapshot: " + found +
                 "; undo what was changed by hand, or mend the migration and its snapshot");
}

}  // namespace relata::migrate
