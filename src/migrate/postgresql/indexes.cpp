// SPDX-License-Identifier: BSL-1.0

#include "migrate/postgresql/reading.hpp"
#include "migrate/postgresql/spelling.hpp"

namespace relata::migrate::postgresql {

namespace {

// One part of an index; what is said of the whole index is said in its first part only.
struct index_row {
    std::int64_t id;
    std::int64_t relation;
    std::string name;
    bool unique;
    bool nulls_equal;
    bool clustered;
    bool replica_identity;
    bool valid;
    std::string method;
    std::string options;
    std::string tablespace;
    std::string where;
    std::string parent;
    std::string constraint_kind;
    std::int64_t constraint;
    bool deferrable;
    bool deferred;
    std::string exclusion;
    std::int32_t part;
    bool included;
    std::int32_t column;
    std::string expression;
    std::int32_t order;
    std::string collation;
    std::string operators;
    std::string parameters;
    std::string statistics;
};

constexpr std::string_view indexes_head = R"(
select i.indexrelid::bigint, i.indrelid::bigint, x.relname::text, i.indisunique, )";
constexpr std::string_view indexes_tail = R"(,
       i.indisclustered, i.indisreplident, i.indisvalid, m.amname::text,
       coalesce(array_to_string(x.reloptions, E'\n'), ''), coalesce(s.spcname::text, ''),
       case when k.n = 1 then coalesce(pg_catalog.pg_get_expr(i.indpred, i.indrelid), '') else '' end,
       case when p.oid is null then '' else format('%I.%I', pn.nspname, p.relname) end,
       coalesce(con.contype::text, ''), coalesce(con.oid::bigint, 0),
       coalesce(con.condeferrable, false), coalesce(con.condeferred, false),
       case when con.contype = 'x' and k.n = 1 then pg_catalog.pg_get_constraintdef(con.oid)
            else '' end,
       k.n::int, k.n > i.indnkeyatts, i.indkey[k.n - 1]::int,
       case when i.indkey[k.n - 1] = 0
            then pg_catalog.pg_get_indexdef(i.indexrelid, k.n::int, false) else '' end,
       case when k.n <= i.indnkeyatts then i.indoption[k.n - 1]::int else 0 end,
       case when o.oid is null then ''
            else case when cn.nspname = 'pg_catalog' then '' else quote_ident(cn.nspname) || '.' end
                 || quote_ident(o.collname) end,
       case when q.opcdefault is distinct from false and a.attoptions is null then ''
            else case when qn.nspname = 'pg_catalog' then '' else quote_ident(qn.nspname) || '.' end
                 || quote_ident(q.opcname) end,
       coalesce(array_to_string(a.attoptions, E'\n'), ''),
       case when a.attstattarget >= 0 then a.attstattarget::text else '' end
from pg_catalog.pg_index i
join pg_catalog.pg_class x on x.oid = i.indexrelid
join pg_catalog.pg_class c on c.oid = i.indrelid and c.relkind in ('r', 'p', 'm')
join pg_catalog.pg_am m on m.oid = x.relam
cross join lateral generate_series(1, i.indnatts) k(n)
join pg_catalog.pg_attribute a on a.attrelid = i.indexrelid and a.attnum = k.n
left join pg_catalog.pg_attribute b
       on b.attrelid = i.indrelid and b.attnum = i.indkey[k.n - 1] and b.attnum > 0
left join pg_catalog.pg_opclass q on k.n <= i.indnkeyatts and q.oid = i.indclass[k.n - 1]
left join pg_catalog.pg_namespace qn on qn.oid = q.opcnamespace
left join pg_catalog.pg_collation o
       on k.n <= i.indnkeyatts and o.oid = i.indcollation[k.n - 1]
      and o.oid <> coalesce(b.attcollation, 100)
left join pg_catalog.pg_namespace cn on cn.oid = o.collnamespace
left join pg_catalog.pg_constraint con
       on con.conindid = i.indexrelid and con.contype in ('p', 'u', 'x')
      and con.conrelid = i.indrelid
left join pg_catalog.pg_inherits h on h.inhrelid = i.indexrelid
left join pg_catalog.pg_class p on p.oid = h.inhparent
left join pg_catalog.pg_namespace pn on pn.oid = p.relnamespace
left join pg_catalog.pg_tablespace s on s.oid = x.reltablespace
where i.indrelid >= 16384
order by i.indexrelid, k.n)";

constexpr std::int32_t is_descending = 1;
constexpr std::int32_t puts_nulls_first = 2;

catalog::part part_of(relation const& owner, index_row const& found) {
    catalog::part p;
    if (found.column > 0) p.column = owner.columns.at(static_cast<std::size_t>(found.column));
    else p.expression = one_spelling(found.expression);
    p.descending = (found.order & is_descending) != 0;
    bool const nulls_first = (found.order & puts_nulls_first) != 0;
    if (!found.collation.empty()) set(p.options, "collate", found.collation);
    if (nulls_first != p.descending) set(p.options, "nulls", nulls_first ? "first" : "last");
    if (!found.operators.empty()) set(p.options, "operators", found.operators);
    add_options(p.options, found.parameters, "operators ");
    if (!found.statistics.empty()) set(p.options, "statistics", found.statistics);
    return p;
}

// In the order of their names.
std::vector<catalog::option> options_of(index_row const& found, bool constraint) {
    std::vector<catalog::option> out;
    if (found.clustered) set(out, "clustered");
    if (found.deferrable) set(out, "deferrable", found.deferred ? "initially deferred" : "");
    add_options(out, found.options);
    if (!found.valid) set(out, "invalid");
    if (found.nulls_equal) set(out, "nulls not distinct");
    if (!found.parent.empty() && !constraint) set(out, "partition of", found.parent);
    if (found.replica_identity) set(out, "replica identity");
    if (!found.tablespace.empty()) set(out, "tablespace", found.tablespace);
    return out;
}

catalog::index index_of(reading& r, index_row const& found) {
    catalog::index i;
    i.name = found.name;
    i.unique = found.unique;
    if (found.method != "btree") i.method = found.method;
    i.where = one_spelling(found.where);
    i.options = options_of(found, false);
    i.comment = r.take_comment(in::relations, found.id);
    return i;
}

catalog::key key_of(reading& r, index_row const& found) {
    catalog::key k;
    k.name = found.name;
    k.options = options_of(found, true);
    k.comment = r.take_comment(in::constraints, found.constraint);
    return k;
}

// The model has no exclusion constraints: they are kept as text.
void keep_exclusion(reading& r, relation const& owner, index_row const& found) {
    r.keep("constraint", {"", found.name}, owner.name,
           "ALTER TABLE " + with_default_space(quote_name(owner.name), false) + " ADD CONSTRAINT " +
               quote_name(found.name) + ' ' + found.exclusion);
}

void add_key_part(catalog::key& key, relation const& owner, index_row const& found) {
    if (!found.included) {
        key.parts.push_back(part_of(owner, found));
        return;
    }
    set(key.options, "include", owner.columns.at(static_cast<std::size_t>(found.column)));
}

}  // namespace

void read_indexes(reading& r) {
    std::string query(indexes_head);
    query.append(r.version >= 150000 ? "i.indnullsnotdistinct" : "false").append(indexes_tail);
    for (auto const& found : r.rows<index_row>(query)) {
        auto* const owner = r.find(found.relation);
        if (!owner) continue;
        auto& table = owner->table;
        auto& indexes = owner->kind == "m" ? owner->view.indexes : table.indexes;
        bool const first = found.part == 1;
        if (found.constraint_kind == "x") {
            if (first) keep_exclusion(r, *owner, found);
        } else if (found.constraint_kind == "p") {
            if (first) table.primary = key_of(r, found);
            add_key_part(*table.primary, *owner, found);
        } else if (found.constraint_kind == "u") {
            if (first) table.uniques.push_back(key_of(r, found));
            add_key_part(table.uniques.back(), *owner, found);
        } else {
            if (first) indexes.push_back(index_of(r, found));
            if (found.included)
                indexes.back().include.push_back(
                    owner->columns.at(static_cast<std::size_t>(found.column)));
            else indexes.back().parts.push_back(part_of(*owner, found));
        }
        if (first && found.constraint != 0)
            r.is(in::constraints, found.constraint, "table", owner->name);
    }
}

}  // namespace relata::migrate::postgresql
