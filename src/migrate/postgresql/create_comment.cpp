// SPDX-License-Identifier: BSL-1.0

#include "migrate/postgresql/writing.hpp"

namespace relata::migrate::postgresql {

std::string comment_on(std::string const& what, std::string const& text) {
    return "COMMENT ON " + what + " IS " + (text.empty() ? "NULL" : literal(text));
}

namespace {

void add_comment(comments& to, std::string const& what, std::string const& text) {
    if (!text.empty()) to.emplace(what, text);
}

void comment_indexes(comments& to, catalog::object_name const& on,
                     std::vector<catalog::index> const& indexes) {
    for (auto const& i : indexes)
        add_comment(to, "INDEX " + quote_name(catalog::object_name{on.space, i.name}), i.comment);
}

void comment_table(comments& to, catalog::table const& t) {
    auto const name = quote_name(t.name);
    add_comment(to, "TABLE " + name, t.comment);
    for (auto const& c : t.columns)
        add_comment(to, "COLUMN " + name + '.' + quote_name(c.name), c.comment);
    auto const constraint = [&](std::string const& of, std::string const& text) {
        add_comment(to, "CONSTRAINT " + quote_name(of) + " ON " + name, text);
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
        add_comment(to, (v.materialized ? "MATERIALIZED VIEW " : "VIEW ") + quote_name(v.name),
                    v.comment);
        comment_indexes(to, v.name, v.indexes);
    }
    for (auto const& e : s.enumerations) add_comment(to, "TYPE " + quote_name(e.name), e.comment);
    for (auto const& d : s.domains) {
        add_comment(to, "DOMAIN " + quote_name(d.name), d.comment);
        for (auto const& c : d.checks)
            add_comment(to, "CONSTRAINT " + quote_name(c.name) + " ON DOMAIN " + quote_name(d.name),
                        c.comment);
    }
    for (auto const& q : s.sequences) add_comment(to, "SEQUENCE " + quote_name(q.name), q.comment);
    return to;
}

}  // namespace relata::migrate::postgresql
