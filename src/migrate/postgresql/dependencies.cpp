// SPDX-License-Identifier: BSL-1.0

#include "migrate/postgresql/reading.hpp"

namespace relata::migrate::postgresql {

namespace {

struct edge {
    std::int64_t catalogue;
    std::int64_t id;
    std::int64_t other_catalogue;
    std::int64_t other;
};

// A relation's dependencies on relations are those of indexes, of sequences on their owners, and of
// children on their parents: none of them is asked for here. Of rules, those of views are. Foreign
// keys are made at the end.
constexpr std::string_view dependencies_query = R"(
select distinct case when w.oid is null then d.classid else 1259 end::bigint,
       case when w.oid is null then d.objid else w.ev_class end::bigint,
       d.refclassid::bigint, d.refobjid::bigint
from pg_catalog.pg_depend d
left join pg_catalog.pg_rewrite w
       on d.classid = 2618 and w.oid = d.objid and w.rulename = '_RETURN'
where d.objid >= 16384 and d.refobjid >= 16384 and d.deptype = 'n'
  and d.classid in (1247, 1255, 1259, 2604, 2605, 2606, 2618, 3079, 3456)
  and d.refclassid in (1247, 1255, 1259, 2606, 3079, 3456)
  and not (d.classid = 2618 and w.oid is null)
  and not (d.classid = 1259 and d.refclassid = 1259)
  and not (d.classid = 2606 and d.refclassid in (1259, 2606)))";

}  // namespace

void read_dependencies(reading& r) {
    for (auto const& found : r.rows<edge>(dependencies_query)) {
        auto const of = r.things.find({found.catalogue, found.id});
        auto const on = r.things.find({found.other_catalogue, found.other});
        if (of == r.things.end() || on == r.things.end()) continue;
        if (of->second.kind.empty() || on->second.kind.empty()) continue;
        if (of->second == on->second) continue;
        r.out.dependencies.push_back({of->second, on->second});
    }
}

}  // namespace relata::migrate::postgresql
