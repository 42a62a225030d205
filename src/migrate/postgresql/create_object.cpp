// SPDX-License-Identifier: BSL-1.0

#include "migrate/postgresql/writing.hpp"

namespace relata::migrate::postgresql {

std::string create_enumeration(catalog::enumeration const& e) {
    std::string labels;
    for (auto const& label : e.labels)
        labels.append(labels.empty() ? "" : ", ").append(literal(label));
    return "CREATE TYPE " + quote_name(e.name) + " AS ENUM (" + labels + ")";
}

void create_domain(statements& to, catalog::domain const& d) {
    auto out = "CREATE DOMAIN " + quote_name(d.name) + " AS " + d.type;
    if (!d.collation.empty()) out += " COLLATE " + d.collation;
    if (d.default_value) out += " DEFAULT " + *d.default_value;
    if (!d.nullable) out += " NOT NULL";
    statements later;
    for (auto const& c : d.checks) {
        if (has_option(c.options, "not valid"))
            later.push_back("ALTER DOMAIN " + quote_name(d.name) + " ADD" + check_clause(c));
        else out += check_clause(c);
    }
    to.push_back(std::move(out));
    to.insert(to.end(), later.begin(), later.end());
}

std::string create_sequence(catalog::sequence const& s) {
    auto out = std::string("CREATE ") + (has_option(s.options, "unlogged") ? "UNLOGGED " : "") +
               "SEQUENCE " + quote_name(s.name);
    auto const add = [&](char const* option, char const* clause) {
        if (auto const* const value = option_of(s.options, option)) out += clause + *value;
    };
    add("type", " AS ");
    add("increment", " INCREMENT BY ");
    add("minimum", " MINVALUE ");
    add("maximum", " MAXVALUE ");
    add("start", " START WITH ");
    add("cache", " CACHE ");
    add("cycle", " CYCLE");
    return out;
}

std::string create_view(catalog::view const& v) {
    auto out = std::string("CREATE ") + (v.materialized ? "MATERIALIZED VIEW " : "VIEW ") +
               quote_name(v.name);
    if (auto const* const method = option_of(v.options, "access method"))
        out += " USING " + quote_name(*method);
    out += storage_clause(v.options);
    if (auto const* const space = option_of(v.options, "tablespace"))
        out += " TABLESPACE " + quote_name(*space);
    out += " AS " + v.query;
    if (has_option(v.options, "not populated")) out += " WITH NO DATA";
    return out;
}

}  // namespace relata::migrate::postgresql
