// SPDX-License-Identifier: BSL-1.0

#include "migrate/postgresql/reading.hpp"
#include "migrate/postgresql/spelling.hpp"

namespace relata::migrate::postgresql {

namespace {

struct type_row {
    std::int64_t id;
    std::string space;
    std::string name;
    std::string spelled;
    std::string kind;
    std::int64_t array;
    std::int64_t relation;
    std::string base;
    bool nullable;
    std::string default_value;
    bool has_default;
    std::string collation;
    std::string definition;  ///< of a range type
};

struct label_row {
    std::int64_t type;
    std::string label;
};

struct check_row {
    std::int64_t id;
    std::int64_t type;
    std::string name;
    bool valid;
    std::string condition;
};

constexpr std::string_view types_query = R"(
select t.oid::bigint, n.nspname::text, t.typname::text, format('%I.%I', n.nspname, t.typname),
       t.typtype::text, t.typarray::bigint, t.typrelid::bigint,
       case when t.typtype = 'd' then pg_catalog.format_type(t.typbasetype, t.typtypmod) else '' end,
       not t.typnotnull,
       coalesce(pg_catalog.pg_get_expr(t.typdefaultbin, 0), t.typdefault, ''),
       t.typdefault is not null,
       case when t.typtype = 'd' and t.typcollation <> b.typcollation
            then format('%I.%I', cn.nspname, o.collname) else '' end,
       case when r.rngtypid is not null then
            format('CREATE TYPE %I.%I AS RANGE (SUBTYPE = %s', n.nspname, t.typname,
                   pg_catalog.format_type(r.rngsubtype, null))
            || case when q.opcdefault then ''
                    else format(', SUBTYPE_OPCLASS = %I.%I', qn.nspname, q.opcname) end
            || case when r.rngcollation in (0, 100) then ''
                    else format(', COLLATION = %I.%I', rcn.nspname, ro.collname) end
            || case when r.rngcanonical = 0 then ''
                    else ', CANONICAL = ' || r.rngcanonical::text end
            || case when r.rngsubdiff = 0 then '' else ', SUBTYPE_DIFF = ' || r.rngsubdiff::text end
            || ')' else '' end
from pg_catalog.pg_type t
join pg_catalog.pg_namespace n on n.oid = t.typnamespace
left join pg_catalog.pg_class c on c.oid = t.typrelid
left join pg_catalog.pg_type b on b.oid = t.typbasetype
left join pg_catalog.pg_collation o on o.oid = t.typcollation
left join pg_catalog.pg_namespace cn on cn.oid = o.collnamespace
left join pg_catalog.pg_range r on r.rngtypid = t.oid
left join pg_catalog.pg_opclass q on q.oid = r.rngsubopc
left join pg_catalog.pg_namespace qn on qn.oid = q.opcnamespace
left join pg_catalog.pg_collation ro on ro.oid = r.rngcollation
left join pg_catalog.pg_namespace rcn on rcn.oid = ro.collnamespace
where t.oid >= 16384 and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and (t.typtype in ('d', 'e', 'r', 'c') or t.typtype in ('b', 'p') and t.typelem = 0)
  and (t.typrelid = 0 or c.relkind in ('c', 'r', 'p', 'v', 'm'))
  and not exists (select from pg_catalog.pg_depend e
                  where e.classid = 'pg_catalog.pg_type'::regclass and e.objid = t.oid
                    and e.deptype = 'e'))";

constexpr std::string_view labels = R"(
select enumtypid::bigint, enumlabel::text from pg_catalog.pg_enum
where enumtypid >= 16384 order by enumtypid, enumsortorder)";

constexpr std::string_view domain_checks = R"(
select oid::bigint, contypid::bigint, conname::text, convalidated,
       pg_catalog.pg_get_expr(conbin, 0)
from pg_catalog.pg_constraint where contypid >= 16384 and contype = 'c'
order by contypid, conname::text collate "C")";

struct found_types {
    std::map<object_id, std::vector<std::string>> labels;
    std::map<object_id, std::vector<catalog::check>> checks;
};

std::string composite(type_row const& type, relation const& made) {
    std::string out = "CREATE TYPE " + type.spelled + " AS (";
    auto const* separator = "";
    for (auto const& c : made.table.columns) {
        out.append(separator).append(quote_name(c.name)).append(" ").append(c.type);
        if (!c.collation.empty()) out.append(" COLLATE ").append(c.collation);
        separator = ", ";
    }
    return out += ')';
}

void keep_domain(reading& r, type_row const& type, std::vector<catalog::check> checks) {
    catalog::domain d;
    d.name = named(type.space, type.name);
    d.type = type.base;
    d.nullable = type.nullable;
    if (type.has_default) d.default_value = type.default_value;
    d.collation = type.collation;
    d.checks = std::move(checks);
    d.comment = r.take_comment(in::types, type.id);
    r.out.domains.push_back(std::move(d));
}

void keep_type(reading& r, type_row const& type, found_types& found) {
    auto const name = named(type.space, type.name);
    if (type.kind == "d") {
        keep_domain(r, type, std::move(found.checks[type.id]));
    } else if (type.kind == "e") {
        r.out.enumerations.push_back(
            {name, std::move(found.labels[type.id]), r.take_comment(in::types, type.id)});
    } else if (auto const* const made = r.find(type.relation); made && made->kind == "c") {
        r.keep("type", name, {}, composite(type, *made));
    } else if (type.relation == 0) {
        r.keep("type", name, {}, type.definition);  // a base type has none
    }
}

}  // namespace

void read_types(reading& r) {
    found_types found;
    for (auto& row : r.rows<label_row>(labels))
        found.labels[row.type].push_back(std::move(row.label));
    auto const checks = r.rows<check_row>(domain_checks);
    for (auto const& row : checks) {
        catalog::check c{
            row.name, one_spelling(row.condition), r.take_comment(in::constraints, row.id), {}};
        if (!row.valid) c.options.push_back({"not valid", ""});
        found.checks[row.type].push_back(std::move(c));
    }
    for (auto const& type : r.rows<type_row>(types_query)) {
        keep_type(r, type, found);
        r.is(in::types, type.id, "type", named(type.space, type.name));
        r.things[{in::types, type.array}] = r.things[{in::types, type.id}];
    }
    for (auto const& row : checks)
        r.things[{in::constraints, row.id}] = r.things[{in::types, row.type}];
}

}  // namespace relata::migrate::postgresql
