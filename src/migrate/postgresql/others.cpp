// SPDX-License-Identifier: BSL-1.0

#include "migrate/postgresql/reading.hpp"

namespace relata::migrate::postgresql {

namespace {

struct other_row {
    std::int64_t catalogue;
    std::int64_t id;
    std::string kind;
    std::string space;
    std::string name;
    std::string on_space;
    std::string on;
    std::string definition;
};

// What lies on tables and views.
constexpr std::string_view on_relations = R"(
with relation as (
    select c.oid, n.nspname, c.relname from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'f') and c.oid >= 16384 and n.nspname !~ '^pg_')
select 2620::bigint, t.oid::bigint, 'trigger', '', t.tgname::text, r.nspname::text,
       r.relname::text, pg_catalog.pg_get_triggerdef(t.oid)
from pg_catalog.pg_trigger t join relation r on r.oid = t.tgrelid
where not t.tgisinternal and t.tgparentid = 0
union all
select 2620, t.oid::bigint, 'trigger state', '', t.tgname, r.nspname, r.relname,
       format('ALTER TABLE ONLY %I.%I %s TRIGGER %I', r.nspname, r.relname,
              case t.tgenabled when 'D' then 'DISABLE' when 'A' then 'ENABLE ALWAYS'
                   when 'R' then 'ENABLE REPLICA' else 'ENABLE' end, t.tgname)
from pg_catalog.pg_trigger t join relation r on r.oid = t.tgrelid
left join pg_catalog.pg_trigger p on p.oid = t.tgparentid
where not t.tgisinternal and t.tgenabled <> coalesce(p.tgenabled, 'O')
union all
select 2618, w.oid::bigint, 'rule', '', w.rulename, r.nspname, r.relname,
       pg_catalog.pg_get_ruledef(w.oid)
from pg_catalog.pg_rewrite w join relation r on r.oid = w.ev_class
where w.rulename <> '_RETURN'
union all
select 2618, w.oid::bigint, 'rule state', '', w.rulename, r.nspname, r.relname,
       format('ALTER TABLE %I.%I %s RULE %I', r.nspname, r.relname,
              case w.ev_enabled when 'D' then 'DISABLE' when 'A' then 'ENABLE ALWAYS'
                   else 'ENABLE REPLICA' end, w.rulename)
from pg_catalog.pg_rewrite w join relation r on r.oid = w.ev_class
where w.rulename <> '_RETURN' and w.ev_enabled <> 'O'
union all
select 3256, p.oid::bigint, 'policy', '', p.polname, r.nspname, r.relname,
       format('CREATE POLICY %I ON %I.%I%s%s TO %s', p.polname, r.nspname, r.relname,
              case when p.polpermissive then '' else ' AS RESTRICTIVE' end,
              case p.polcmd when 'r' then ' FOR SELECT' when 'a' then ' FOR INSERT'
                   when 'w' then ' FOR UPDATE' when 'd' then ' FOR DELETE' else '' end,
              (select string_agg(case when role = 0 then 'PUBLIC'
                                      else quote_ident(pg_catalog.pg_get_userbyid(role)) end, ', '
                                 order by pg_catalog.pg_get_userbyid(role))
               from unnest(p.polroles) role))
       || coalesce(' USING (' || pg_catalog.pg_get_expr(p.polqual, p.polrelid) || ')', '')
       || coalesce(' WITH CHECK (' || pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) || ')', '')
from pg_catalog.pg_policy p join relation r on r.oid = p.polrelid
union all
select 3381, s.oid::bigint, 'statistics', n.nspname, s.stxname, r.nspname, r.relname,
       pg_catalog.pg_get_statisticsobjdef(s.oid)
from pg_catalog.pg_statistic_ext s join relation r on r.oid = s.stxrelid
join pg_catalog.pg_namespace n on n.oid = s.stxnamespace
union all
select 2604, d.oid::bigint, 'default', '', a.attname, r.nspname, r.relname,
       format('ALTER VIEW %I.%I ALTER COLUMN %I SET DEFAULT %s', r.nspname, r.relname, a.attname,
              pg_catalog.pg_get_expr(d.adbin, d.adrelid))
from pg_catalog.pg_attrdef d join relation r on r.oid = d.adrelid
join pg_catalog.pg_class c on c.oid = r.oid and c.relkind = 'v'
join pg_catalog.pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
)";

// What stands by itself, and has a statement that makes it again.
constexpr std::string_view by_themselves_head = R"(
select 3079::bigint, e.oid::bigint, 'extension', '', e.extname::text, '', '',
       format('CREATE EXTENSION IF NOT EXISTS %I WITH SCHEMA %I', e.extname, n.nspname)
from pg_catalog.pg_extension e join pg_catalog.pg_namespace n on n.oid = e.extnamespace
where e.oid >= 16384
union all
select 3466, e.oid::bigint, 'event trigger', '', e.evtname, '', '',
       format('CREATE EVENT TRIGGER %I ON %I%s EXECUTE FUNCTION %s()', e.evtname, e.evtevent,
              coalesce(' WHEN TAG IN (' || (select string_agg(quote_literal(tag), ', ')
                                            from unnest(e.evttags) tag) || ')', ''),
              e.evtfoid::regproc)
from pg_catalog.pg_event_trigger e
union all
select 3466, e.oid::bigint, 'event trigger state', '', e.evtname, '', '',
       format('ALTER EVENT TRIGGER %I %s', e.evtname,
              case e.evtenabled when 'D' then 'DISABLE' when 'A' then 'ENABLE ALWAYS'
                   else 'ENABLE REPLICA' end)
from pg_catalog.pg_event_trigger e where e.evtenabled <> 'O'
union all
select 2605, k.oid::bigint, 'cast', '', format('(%s AS %s)', s, t), '', '',
       format('CREATE CAST (%s AS %s) %s%s', s, t,
              case k.castmethod when 'f' then 'WITH FUNCTION ' || k.castfunc::regprocedure
                   when 'i' then 'WITH INOUT' else 'WITHOUT FUNCTION' end,
              case k.castcontext when 'a' then ' AS ASSIGNMENT' when 'i' then ' AS IMPLICIT'
                   else '' end)
from pg_catalog.pg_cast k
cross join lateral (select pg_catalog.format_type(k.castsource, null) s,
                           pg_catalog.format_type(k.casttarget, null) t) named
where k.oid >= 16384
  and not exists (select from pg_catalog.pg_depend e
                  where e.classid = 'pg_catalog.pg_cast'::regclass and e.objid = k.oid
                    and e.deptype in ('e', 'i'))
union all
select 3456, o.oid::bigint, 'collation', n.nspname, o.collname, '', '',
       format('CREATE COLLATION %I.%I (PROVIDER = %s, DETERMINISTIC = %s, %s)', n.nspname,
              o.collname,
              case o.collprovider when 'i' then 'icu' when 'b' then 'builtin' else 'libc' end,
              case when o.collisdeterministic then 'true' else 'false' end,
              case when o.collprovider in ('i', 'b') then format('LOCALE = %L', )";
constexpr std::string_view by_themselves_tail = R"()
                   else format('LC_COLLATE = %L, LC_CTYPE = %L', o.collcollate, o.collctype) end)
from pg_catalog.pg_collation o join pg_catalog.pg_namespace n on n.oid = o.collnamespace
where o.oid >= 16384
  and not exists (select from pg_catalog.pg_depend e
                  where e.classid = 'pg_catalog.pg_collation'::regclass and e.objid = o.oid
                    and e.deptype = 'e'))";

// What is only named: it is seen when it changes by name, and a schema with it is not written.
constexpr std::string_view only_named = R"(
select found.catalogue::bigint, found.id::bigint, i.type, coalesce(i.schema, ''), i.identity,
       '', '', ''
from (select 'pg_catalog.pg_operator'::regclass::oid catalogue, oid id from pg_catalog.pg_operator
      union all select 'pg_catalog.pg_opclass'::regclass, oid from pg_catalog.pg_opclass
      union all select 'pg_catalog.pg_opfamily'::regclass, oid from pg_catalog.pg_opfamily
      union all select 'pg_catalog.pg_conversion'::regclass, oid from pg_catalog.pg_conversion
      union all select 'pg_catalog.pg_ts_config'::regclass, oid from pg_catalog.pg_ts_config
      union all select 'pg_catalog.pg_ts_dict'::regclass, oid from pg_catalog.pg_ts_dict
      union all select 'pg_catalog.pg_ts_parser'::regclass, oid from pg_catalog.pg_ts_parser
      union all select 'pg_catalog.pg_ts_template'::regclass, oid from pg_catalog.pg_ts_template
      union all select 'pg_catalog.pg_language'::regclass, oid from pg_catalog.pg_language
      union all select 'pg_catalog.pg_am'::regclass, oid from pg_catalog.pg_am
      union all select 'pg_catalog.pg_transform'::regclass, oid from pg_catalog.pg_transform
      union all select 'pg_catalog.pg_publication'::regclass, oid from pg_catalog.pg_publication
      union all select 'pg_catalog.pg_foreign_data_wrapper'::regclass, oid
                from pg_catalog.pg_foreign_data_wrapper
      union all select 'pg_catalog.pg_foreign_server'::regclass, oid
                from pg_catalog.pg_foreign_server
      union all select 'pg_catalog.pg_class'::regclass, oid
                from pg_catalog.pg_class where relkind = 'f') found
cross join lateral pg_catalog.pg_identify_object(found.catalogue, found.id, 0) i
where found.id >= 16384
  and not exists (select from pg_catalog.pg_depend e
                  where e.classid = found.catalogue and e.objid = found.id and e.deptype = 'e'))";

void keep_all(reading& r, std::string_view query) {
    for (auto& found : r.rows<other_row>(query)) {
        auto name = named(found.space, found.name);
        r.is(found.catalogue, found.id, found.kind, name);
        r.keep(found.kind, std::move(name), named(found.on_space, found.on),
               std::move(found.definition));
    }
}

}  // namespace

void read_others(reading& r) {
    std::string by_themselves(by_themselves_head);
    by_themselves
        .append(r.version >= 170000   ? "o.colllocale"
                : r.version >= 150000 ? "o.colliculocale"
                                      : "o.collcollate")
        .append(by_themselves_tail);
    keep_all(r, on_relations);
    keep_all(r, by_themselves);
    keep_all(r, only_named);
}

}  // namespace relata::migrate::postgresql
