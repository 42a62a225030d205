// SPDX-License-Identifier: BSL-1.0

#include "migrate/postgresql/reading.hpp"

namespace relata::migrate::postgresql {

namespace {

struct routine_row {
    std::int64_t id;
    std::string space;
    std::string name;  ///< spelled, with the types of the arguments
    std::string kind;
    std::string definition;
};

// The server writes a function itself, but not an aggregate.
constexpr std::string_view routines_query = R"(
select p.oid::bigint, n.nspname::text,
       quote_ident(p.proname) || '(' || coalesce((
           select string_agg(pg_catalog.format_type(a.type, null), ', ' order by a.n)
           from unnest(p.proargtypes) with ordinality a(type, n)), '') || ')',
       case p.prokind when 'p' then 'procedure' when 'a' then 'aggregate' else 'function' end,
       case when p.prokind <> 'a' then pg_catalog.pg_get_functiondef(p.oid) else
       format('CREATE AGGREGATE %I.%I(%s) (SFUNC = %s, STYPE = %s', n.nspname, p.proname,
              case when p.pronargs = 0 then '*'
                   else pg_catalog.pg_get_function_arguments(p.oid) end,
              g.aggtransfn, pg_catalog.format_type(g.aggtranstype, null))
       || case when g.aggtransspace = 0 then '' else ', SSPACE = ' || g.aggtransspace end
       || case when g.aggfinalfn = 0 then '' else ', FINALFUNC = ' || g.aggfinalfn end
       || case when g.aggfinalextra then ', FINALFUNC_EXTRA' else '' end
       || case g.aggfinalmodify when 'r' then ', FINALFUNC_MODIFY = READ_ONLY'
                                when 's' then ', FINALFUNC_MODIFY = SHAREABLE'
                                else ', FINALFUNC_MODIFY = READ_WRITE' end
       || case when g.aggcombinefn = 0 then '' else ', COMBINEFUNC = ' || g.aggcombinefn end
       || case when g.aggserialfn = 0 then '' else ', SERIALFUNC = ' || g.aggserialfn end
       || case when g.aggdeserialfn = 0 then '' else ', DESERIALFUNC = ' || g.aggdeserialfn end
       || coalesce(', INITCOND = ' || quote_literal(g.agginitval), '')
       || case when g.aggmtransfn = 0 then '' else
              format(', MSFUNC = %s, MINVFUNC = %s, MSTYPE = %s', g.aggmtransfn,
                     g.aggminvtransfn, pg_catalog.format_type(g.aggmtranstype, null))
              || case when g.aggmtransspace = 0 then '' else ', MSSPACE = ' || g.aggmtransspace end
              || case when g.aggmfinalfn = 0 then '' else ', MFINALFUNC = ' || g.aggmfinalfn end
              || case when g.aggmfinalextra then ', MFINALFUNC_EXTRA' else '' end
              || case g.aggmfinalmodify when 'r' then ', MFINALFUNC_MODIFY = READ_ONLY'
                                        when 's' then ', MFINALFUNC_MODIFY = SHAREABLE'
                                        else ', MFINALFUNC_MODIFY = READ_WRITE' end
              || coalesce(', MINITCOND = ' || quote_literal(g.aggminitval), '') end
       || coalesce((select format(', SORTOP = OPERATOR(%I.%s)', sn.nspname, s.oprname)
                    from pg_catalog.pg_operator s join pg_catalog.pg_namespace sn
                         on sn.oid = s.oprnamespace where s.oid = g.aggsortop), '')
       || case when g.aggkind = 'h' then ', HYPOTHETICAL' else '' end
       || case p.proparallel when 's' then ', PARALLEL = SAFE'
                             when 'r' then ', PARALLEL = RESTRICTED' else '' end
       || ')' end
from pg_catalog.pg_proc p
join pg_catalog.pg_namespace n on n.oid = p.pronamespace
left join pg_catalog.pg_aggregate g on g.aggfnoid = p.oid
where p.oid >= 16384 and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and not exists (select from pg_catalog.pg_depend e
                  where e.classid = 'pg_catalog.pg_proc'::regclass and e.objid = p.oid
                    and e.deptype in ('e', 'i')))";

}  // namespace

void read_routines(reading& r) {
    for (auto& found : r.rows<routine_row>(routines_query)) {
        auto name = named(found.space, found.name);
        r.is(in::functions, found.id, found.kind, name);
        r.keep(found.kind, std::move(name), {}, std::move(found.definition));
    }
}

}  // namespace relata::migrate::postgresql
