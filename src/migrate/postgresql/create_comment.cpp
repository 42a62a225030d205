// SPDX-License-Identifier: BSL-1.0

#include "migrate/postgresql/writing.hpp"

namespace relata::migrate::postgresql {

std::string comment_on(std::string const& what, std::string const& text) {
    return "COMMENT ON " + what + " IS " + (text.empty() ? "NULL" : literal(text));
}

namespace {

void comment_on(comments& to, std::string const& what, std::string const& text) {
    if (!text.empty()) to.emplace(what, text);
}

void comment_indexes(comments& to, catalog::object_name const& on,
                     std::vector<catalog::index> const& indexes) {
    for (auto const& i : indexes)
        comment_on(to, "INDEX " + quoted(catalog::object_name{on.space, i.name}), i.comment);
}

void comment_table(comments& to, catalog::table const& t) {
    auto const name = quoted(t.name);
    comment_on(to, "TABLE " + name, t.comment);
    for (auto const& c : t.columns)
        comment_on(to, "COLUMN " + name + '.' + quoted(c.name), c.comment);
    auto const constraint = [&](std::string const& of, std::string const& text) {
        comment_on(to, "CONSTRAINT " + quoted(of) + " ON " + name, text);
    };
    if (t.primary) constraint(t.primary->name, t.primary->comment);
    for (auto const& k : t.uniques) constraint(k.name, k.comment);
    for (auto const& f : t.references) constraint(f.name, f.comment);
    for (auto const& c : t.checks) constraint(c.name, c.comment);
    comment_indexes(to, t.name, t.indexes);
}

}  // namespace

comments comments_of(catalog::schema const& s) {
    comments to;
    for (auto const& t : s.tables) comment_table(to, t);
    for (auto const& v : s.views) {
        comment_on(to, (v.materialized ? "MATERIALIZED VIEW " : "VIEW ") + quoted(v.name),
                   v.comment);
        comment_indexes(to, v.name, v.indexes);
    }
    for (auto const& e : s.enumerations) comment_on(to, "TYPE " + quoted(e.name), e.comment);
    for (auto const& d : s.domains) {
        comment_on(to, "DOMAIN " + quoted(d.name), d.comment);
        for (auto const& c : d.checks)
            comment_on(to, "CONSTRAINT " + quoted(c.name) + " ON DOMAIN " + quoted(d.name),
                       c.comment);
    }
    for (auto const& q : s.sequences) comment_on(to, "SEQUENCE " + quoted(q.name), q.comment);
    return to;
}

}  // namespace relata::migrate::postgresql
