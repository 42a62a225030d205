// SPDX-License-Identifier: BSL-1.0

#include "migrate/postgresql/planning.hpp"

namespace relata::migrate::postgresql {

namespace {

// What is new, altered or made anew gets all of its comments; nothing else is touched.
catalog::schema commented(schema_change const& changes, std::set<catalog::thing> const& touched) {
    catalog::schema part;
    part.tables = changes.created;
    for (auto const& t : changes.altered) part.tables.push_back(t.after);
    for (auto const& v : changes.after.views)
        if (touched.count({"view", v.name}) != 0) part.views.push_back(v);
    auto const put = [](auto const& of_a_kind, auto& to) {
        for (auto const& each : of_a_kind)
            if (each.after) to.push_back(*each.after);
    };
    put(changes.views, part.views);
    put(changes.enumerations, part.enumerations);
    put(changes.domains, part.domains);
    put(changes.sequences, part.sequences);
    return part;
}

template <class T>
void uncomment(steps& to, std::vector<change<T>> const& changes, std::string kind) {
    for (auto const& each : changes) {
        if (!each.before || !each.after) continue;
        if (each.before->comment.empty() || !each.after->comment.empty()) continue;
        if constexpr (requires { each.after->materialized; })
            if (each.after->materialized) kind = "MATERIALIZED VIEW ";
        to.push_back({comment_on(kind + quote_name(each.after->name), {})});
    }
}

// Whether the object of a comment that is not wanted any more has stayed.
bool still_there(table_change const& t, std::string const& what) {
    catalog::schema now;
    now.tables.push_back(t.after);
    auto& table = now.tables.front();
    table.comment = "x";
    for (auto& c : table.columns) c.comment = "x";
    if (table.primary) table.primary->comment = "x";
    for (auto& k : table.uniques) k.comment = "x";
    for (auto& i : table.indexes) i.comment = "x";
    for (auto& f : table.references) f.comment = "x";
    for (auto& c : table.checks) c.comment = "x";
    return comments_of(now).count(what) != 0;
}

}  // namespace

void change_comments(steps& to, schema_change const& changes,
                     std::set<catalog::thing> const& touched) {
    auto const after = comments_of(commented(changes, touched));
    for (auto const& [what, text] : after) to.push_back({comment_on(what, text)});
    uncomment(to, changes.views, "VIEW ");
    uncomment(to, changes.enumerations, "TYPE ");
    uncomment(to, changes.domains, "DOMAIN ");
    uncomment(to, changes.sequences, "SEQUENCE ");
    for (auto const& t : changes.altered) {
        catalog::schema old;
        auto table = t.before;
        table.name = t.after.name;
        old.tables.push_back(std::move(table));
        for (auto const& [what, text] : comments_of(old))
            if (after.count(what) == 0 && still_there(t, what))
                to.push_back({comment_on(what, {})});
    }
}

}  // namespace relata::migrate::postgresql
