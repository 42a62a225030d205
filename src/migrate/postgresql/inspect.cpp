// SPDX-License-Identifier: BSL-1.0

#include "migrate/product.hpp"

#include "migrate/postgresql/home.hpp"
#include "migrate/postgresql/spelling.hpp"

#include <relata/engine/transaction.hpp>

#include <algorithm>

namespace relata::migrate::postgresql {

namespace {

struct setting {
    std::string version;
    std::int32_t number;
    std::string path;
    std::string compiled;
};

// With an empty search path the server spells every name with its namespace; those in `home` without.
// Compiling to machine code takes longer than the queries on the catalogue that it makes faster.
std::string set_up(std::string const& home) {
    return "select current_setting('server_version'), current_setting('server_version_num')::int, "
           "set_config('search_path', " +
           literal(home.empty() ? "" : quote_name(home)) +
           ", true), set_config('jit', 'off', true)";
}

constexpr std::string_view spaces = R"(
select n.nspname::text
from pg_catalog.pg_namespace n
where n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'public')
  and not exists (select from pg_catalog.pg_depend e
                  where e.classid = 'pg_catalog.pg_namespace'::regclass and e.objid = n.oid
                    and e.deptype = 'e')
order by n.nspname::text collate "C")";

void by_name(auto& list) {
    std::sort(list.begin(), list.end(),
              [](auto const& a, auto const& b) { return a.name < b.name; });
}

void sort_table(catalog::table& t) {
    by_name(t.options);
    by_name(t.uniques);
    by_name(t.indexes);
    by_name(t.references);
    by_name(t.checks);
}

void put_relations(reading& r) {
    for (auto& [id, found] : r.relations) {
        if (found.kind == "r" || found.kind == "p") {
            sort_table(found.table);
            r.out.tables.push_back(std::move(found.table));
        } else if (found.kind == "v" || found.kind == "m") {
            by_name(found.view.options);
            by_name(found.view.indexes);
            r.out.views.push_back(std::move(found.view));
        }
    }
}

// The server's name for a kind of object, as COMMENT ON spells it.
std::string keyword(std::string_view kind) {
    if (kind.ends_with("column")) return "COLUMN";
    if (kind.ends_with("constraint")) return "CONSTRAINT";
    if (kind == "statistics object") return "STATISTICS";
    std::string out;
    for (char const c : kind) out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return out;
}

// What has a comment and no place for it in the model.
void keep_other_comments(reading& r) {
    for (auto const& [key, c] : r.comments)
        if (!c.taken && !c.identity.empty())
            r.out.others.push_back(
                {"comment",
                 {"", c.kind + ' ' + c.identity},
                 {},
                 "COMMENT ON " + keyword(c.kind) + ' ' + c.identity + " IS " + literal(c.text)});
}

void sort_all(catalog::schema& s) {
    by_name(s.tables);
    by_name(s.views);
    by_name(s.enumerations);
    by_name(s.domains);
    by_name(s.sequences);
    std::sort(s.others.begin(), s.others.end(), [](auto const& a, auto const& b) {
        return std::tie(a.kind, a.name, a.on) < std::tie(b.kind, b.name, b.on);
    });
    std::sort(s.dependencies.begin(), s.dependencies.end());
    s.dependencies.erase(std::unique(s.dependencies.begin(), s.dependencies.end()),
                         s.dependencies.end());
}

}  // namespace

schema::catalog::schema inspect(connection& from) {
    catalog::schema out;
    auto reader = from.begin({.isolation = isolation::snapshot, .read_only = true});
    auto const home = home_of(reader);
    auto const server = reader.one(sql_query<setting>(unsafe_sql(set_up(home))));
    out.version = server.version;
    reading r{reader, out, server.number};
    for (auto const& [space] : reader.all(sql_query<row<std::string>>(unsafe_sql(spaces))))
        out.spaces.push_back(space);
    read_comments(r);
    read_relations(r);
    read_columns(r);
    read_sequences(r);
    read_indexes(r);
    read_constraints(r);
    read_types(r);
    read_routines(r);
    read_others(r);
    read_dependencies(r);
    reader.commit();
    keep_other_comments(r);
    put_relations(r);
    if (!home.empty()) keep_home(out, home);
    sort_all(out);
    return out;
}

}  // namespace relata::migrate::postgresql
