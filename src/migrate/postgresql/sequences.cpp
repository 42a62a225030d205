// SPDX-License-Identifier: BSL-1.0

#include "migrate/postgresql/reading.hpp"

#include <algorithm>
#include <limits>

namespace relata::migrate::postgresql {

namespace {

struct sequence_row {
    std::int64_t id;
    std::string space;
    std::string name;
    std::string spelled;
    std::string type;
    std::int64_t start;
    std::int64_t step;
    std::int64_t highest;
    std::int64_t lowest;
    std::int64_t cache;
    bool cycle;
    bool unlogged;
    std::string owned;  ///< "a": by a default, "i": by an identity column
    std::int64_t owner;
    std::int32_t owner_column;
    std::string owner_text;
};

constexpr std::string_view sequences_query = R"(
select c.oid::bigint, n.nspname::text, c.relname::text,
       format('%I.%I', n.nspname, c.relname), pg_catalog.format_type(s.seqtypid, null),
       s.seqstart, s.seqincrement, s.seqmax, s.seqmin, s.seqcache, s.seqcycle,
       c.relpersistence = 'u', coalesce(o.deptype::text, ''),
       coalesce(o.refobjid::bigint, 0), coalesce(o.refobjsubid, 0),
       case when a.attname is null then ''
            else format('%I.%I.%I', tn.nspname, t.relname, a.attname) end
from pg_catalog.pg_sequence s
join pg_catalog.pg_class c on c.oid = s.seqrelid
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
left join pg_catalog.pg_depend o
       on o.classid = 'pg_catalog.pg_class'::regclass and o.objid = c.oid
      and o.refclassid = 'pg_catalog.pg_class'::regclass and o.deptype in ('a', 'i')
left join pg_catalog.pg_class t on t.oid = o.refobjid
left join pg_catalog.pg_namespace tn on tn.oid = t.relnamespace
left join pg_catalog.pg_attribute a on a.attrelid = o.refobjid and a.attnum = o.refobjsubid
where c.oid >= 16384 and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and not exists (select from pg_catalog.pg_depend e
                  where e.classid = 'pg_catalog.pg_class'::regclass and e.objid = c.oid
                    and e.deptype = 'e'))";

std::int64_t largest(std::string_view type) {
    if (type == "smallint") return std::numeric_limits<std::int16_t>::max();
    if (type == "integer") return std::numeric_limits<std::int32_t>::max();
    return std::numeric_limits<std::int64_t>::max();
}

// What differs from a sequence that is made without a word. An identity column gives its sequence
// its own type.
std::vector<catalog::option> options_of(sequence_row const& s, std::string const& prefix) {
    std::vector<catalog::option> out;
    auto const set = [&](char const* name, std::string value) {
        out.push_back({prefix + name, std::move(value)});
    };
    bool const up = s.step > 0;
    auto const most = largest(s.type);
    auto const highest = up ? most : -1;
    auto const lowest = up ? 1 : -most - 1;
    if (s.cache != 1) set("cache", std::to_string(s.cache));
    if (s.cycle) set("cycle", "");
    if (s.step != 1) set("increment", std::to_string(s.step));
    if (s.highest != highest) set("maximum", std::to_string(s.highest));
    if (s.lowest != lowest) set("minimum", std::to_string(s.lowest));
    if (s.start != (up ? s.lowest : s.highest)) set("start", std::to_string(s.start));
    if (s.type != "bigint" && prefix.empty()) set("type", s.type);
    if (s.unlogged && prefix.empty()) set("unlogged", "");
    return out;
}

void put_identity(reading& r, sequence_row const& s) {
    auto* const owner = r.find(s.owner);
    if (!owner) return;
    auto const& name = owner->columns.at(static_cast<std::size_t>(s.owner_column));
    auto& columns = owner->table.columns;
    auto const column =
        std::find_if(columns.begin(), columns.end(), [&](auto const& c) { return c.name == name; });
    if (column == columns.end()) return;
    auto options = options_of(s, "identity ");
    auto const own = named(s.space, s.name);
    if (own.space != owner->name.space || own.name != owner->name.name + '_' + name + "_seq")
        options.push_back({"identity sequence", s.spelled});
    column->options.insert(column->options.end(), options.begin(), options.end());
    std::sort(column->options.begin(), column->options.end(),
              [](auto const& a, auto const& b) { return a.name < b.name; });
}

}  // namespace

void read_sequences(reading& r) {
    for (auto const& found : r.rows<sequence_row>(sequences_query)) {
        if (found.owned == "i") {
            put_identity(r, found);
            continue;
        }
        catalog::sequence s;
        s.name = named(found.space, found.name);
        s.owner = found.owner_text;
        s.options = options_of(found, "");
        s.comment = r.take_comment(in::relations, found.id);
        r.is(in::relations, found.id, "sequence", s.name);
        r.out.sequences.push_back(std::move(s));
    }
}

}  // namespace relata::migrate::postgresql
