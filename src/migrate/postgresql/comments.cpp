// SPDX-License-Identifier: BSL-1.0

#include "migrate/postgresql/reading.hpp"

namespace relata::migrate::postgresql {

namespace {

struct comment_row {
    std::int64_t catalogue;
    std::int64_t id;
    std::int32_t part;
    std::string text;
    std::string kind;
    std::string identity;
};

// Comments of extensions are their own. Naming an object costs the server more than the rest, so it
// is done only for what the model has no place for.
constexpr std::string_view comments_query = R"(
select d.classoid::bigint, d.objoid::bigint, d.objsubid, d.description,
       coalesce(i.type, ''), coalesce(i.identity, '')
from pg_catalog.pg_description d
left join pg_catalog.pg_class c
       on d.classoid = 'pg_catalog.pg_class'::regclass and c.oid = d.objoid
left join pg_catalog.pg_constraint k
       on d.classoid = 'pg_catalog.pg_constraint'::regclass and k.oid = d.objoid
left join lateral pg_catalog.pg_identify_object(d.classoid, d.objoid, d.objsubid) i
       on not coalesce(c.relkind in ('r', 'p', 'S') or c.relkind in ('v', 'm') and d.objsubid = 0,
                       k.contype in ('p', 'u', 'f', 'c'), false)
where (d.objoid >= 16384
       or d.classoid = 'pg_catalog.pg_namespace'::regclass and d.objoid = (
              select n.oid from pg_catalog.pg_namespace n where n.nspname = 'public')
          and d.description <> 'standard public schema')
  and d.classoid <> 'pg_catalog.pg_extension'::regclass
  and not exists (select from pg_catalog.pg_depend e
                  where e.classid = d.classoid and e.objid = d.objoid and e.deptype = 'e'))";

}  // namespace

void read_comments(reading& r) {
    for (auto& c : r.rows<comment_row>(comments_query))
        r.comments[{c.catalogue, c.id, c.part}] = {std::move(c.text), std::move(c.kind),
                                                   std::move(c.identity)};
}

}  // namespace relata::migrate::postgresql
