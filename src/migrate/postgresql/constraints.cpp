// SPDX-License-Identifier: BSL-1.0

#include "migrate/postgresql/reading.hpp"

namespace relata::migrate::postgresql {

namespace {

struct constraint_row {
    std::int64_t id;
    std::string name;
    std::string kind;
    std::int64_t relation;
    std::string columns;
    std::int64_t other;
    std::string other_columns;
    std::string deleted;
    std::string updated;
    std::string match;
    std::string cleared;
    bool deferrable;
    bool deferred;
    bool valid;
    bool not_inherited;
    bool inherited;
    std::string condition;
};

// Constraints that a partition has from its table are not listed, but its checks are: they must be
// there before it can become a partition.
constexpr std::string_view constraints_head = R"(
select k.oid::bigint, k.conname::text, k.contype::text, k.conrelid::bigint,
       coalesce(k.conkey::text, ''), k.confrelid::bigint, coalesce(k.confkey::text, ''),
       k.confdeltype::text, k.confupdtype::text, k.confmatchtype::text, )";
constexpr std::string_view constraints_tail = R"(,
       k.condeferrable, k.condeferred, k.convalidated, k.connoinherit, not k.conislocal,
       case when k.contype = 'c' then pg_catalog.pg_get_expr(k.conbin, k.conrelid) else '' end
from pg_catalog.pg_constraint k
where k.contype in ('f', 'c') and k.conrelid >= 16384 and k.conparentid = 0
order by k.oid)";

std::vector<std::string> names(relation const& of, std::string_view list) {
    std::vector<std::string> out;
    for (auto const number : numbers(list))
        out.push_back(of.columns.at(static_cast<std::size_t>(number)));
    return out;
}

catalog::action action_of(std::string_view letter) {
    if (letter == "r") return catalog::action::restrict;
    if (letter == "c") return catalog::action::cascade;
    if (letter == "n") return catalog::action::set_null;
    if (letter == "d") return catalog::action::set_default;
    return catalog::action::no_action;
}

catalog::reference reference_of(reading& r, relation const& owner, constraint_row const& found) {
    catalog::reference out;
    out.name = found.name;
    out.columns = names(owner, found.columns);
    if (auto const* const other = r.find(found.other)) {
        out.other = other->name;
        out.other_columns = names(*other, found.other_columns);
    }
    out.deleted = action_of(found.deleted);
    out.updated = action_of(found.updated);
    out.comment = r.take_comment(in::constraints, found.id);
    for (auto& column : names(owner, found.cleared))
        out.options.push_back({"clears", std::move(column)});
    if (found.deferrable)
        out.options.push_back({"deferrable", found.deferred ? "initially deferred" : ""});
    if (found.match == "f") out.options.push_back({"match", "full"});
    if (!found.valid) out.options.push_back({"not valid", ""});
    return out;
}

catalog::check check_of(reading& r, constraint_row const& found) {
    catalog::check out;
    out.name = found.name;
    out.condition = one_spelling(found.condition);
    out.comment = r.take_comment(in::constraints, found.id);
    if (found.inherited) out.options.push_back({"inherited", ""});
    if (found.not_inherited) out.options.push_back({"no inherit", ""});
    if (!found.valid) out.options.push_back({"not valid", ""});
    return out;
}

}  // namespace

void read_constraints(reading& r) {
    std::string query(constraints_head);
    query.append(r.version >= 150000 ? "coalesce(k.confdelsetcols::text, '')" : "''")
        .append(constraints_tail);
    for (auto const& found : r.rows<constraint_row>(query)) {
        auto* const owner = r.find(found.relation);
        if (!owner) continue;
        auto& table = owner->table;
        bool const partition = !table.partitioning.bound.empty();
        if (found.kind == "f") {
            table.references.push_back(reference_of(r, *owner, found));
        } else if (!found.inherited || partition) {
            r.is(in::constraints, found.id, "table", owner->name);
            table.checks.push_back(check_of(r, found));
        }
    }
}

}  // namespace relata::migrate::postgresql
