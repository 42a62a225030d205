// SPDX-License-Identifier: BSL-1.0
//
// Bind: values that are given by name to a prepared query of the engine.

#include "conformance/case.hpp"
#include "conformance/subject.hpp"

#include <relata/engine/database.hpp>
#include <relata/engine/prepared.hpp>
#include <relata/schema/table.hpp>
#include <relata/sql/change.hpp>
#include <relata/sql/placeholder.hpp>
#include <relata/sql/select.hpp>

#include <string>

namespace relata::conformance {
namespace {

struct named_thing {
    std::int64_t id{};
    std::int64_t n{};
    std::string t;
};

}  // namespace
}  // namespace relata::conformance

template <>
inline constexpr auto relata::table<relata::conformance::named_thing> =
    relata::describe<relata::conformance::named_thing>("relata_kit_named_things")
        .key<&relata::conformance::named_thing::id>();

namespace relata::conformance {
namespace {

database things(subject& s) {
    auto db = s.open("pool_size=1");
    s.drop_later("relata_kit_named_things");
    db.drop_tables<named_thing>();
    db.create_tables<named_thing>();
    db.insert_all(std::vector<named_thing>{{1, 10, "a"}, {2, 20, "b"}, {3, 30, "c"}});
    return db;
}

void by_name(subject& s) {
    auto const db = things(s);
    auto const query = db.prepare(
        from<named_thing>().where(col<&named_thing::id> > placeholder<"id", std::int64_t> &&
                                  col<&named_thing::n> < placeholder<"id_all", std::int64_t> &&
                                  col<&named_thing::t> != placeholder<"i", std::string>));
    for (int round = 0; round < 3; ++round) {
        s.equal(2, query.one("id"_p = 1, "id_all"_p = 30, "i"_p = "c").id, "in order");
        s.equal(2, query.one("i"_p = "c", "id_all"_p = 30, "id"_p = 1).id, "in another order");
        s.equal(2, query.one(1, 30, "c").id, "by position");
        s.equal(2, query.one(1, "i"_p = "c", "id_all"_p = 30).id, "the rest by name");
        s.equal(0, query.all("id"_p = 30, "id_all"_p = 1, "i"_p = "c").size(),
                "names that begin alike are not mixed up");
        s.equal(1, query.all("i"_p = "b", "id"_p = 0, "id_all"_p = 30).size(), "other values");
    }
    auto const change =
        db.prepare(update<named_thing>()
                       .set(col<&named_thing::n> = placeholder<"n", std::int64_t>)
                       .where(col<&named_thing::id> == placeholder<"key", std::int64_t>));
    s.equal(1, change.execute("key"_p = 2, "n"_p = 99), "an update by names");
    s.equal(99, db.find<named_thing>(2)->n, "its value");
    s.equal(10, db.find<named_thing>(1)->n, "and no other");
}

template <fixed_string Name> void odd_name(subject& s, database const& db) {
    auto const query = db.prepare(
        from<named_thing>().where(col<&named_thing::t> == placeholder<Name, std::string> &&
                                  col<&named_thing::n> > placeholder<"plain", std::int64_t>));
    argument_name<Name> const name;
    auto const what = "a placeholder with an odd name";
    s.equal(2, query.one("plain"_p = 1, name = std::string("b")).id, what);
    s.equal(0, query.all(name = std::string("'"), "plain"_p = 1).size(), what);
}

void odd_names(subject& s) {
    auto const db = things(s);
    odd_name<"per % cent">(s, db);
    odd_name<"par(ens)">(s, db);
    odd_name<"col:ons">(s, db);
    odd_name<"1param">(s, db);
    odd_name<"q?marks">(s, db);
    odd_name<"more :: %colons%">(s, db);
    odd_name<"_under">(s, db);
    odd_name<"dot.s">(s, db);
    odd_name<"a space">(s, db);
    odd_name<"slash/es">(s, db);
    odd_name<"back\\slash">(s, db);
    odd_name<"[brackets]">(s, db);
    odd_name<"it's">(s, db);
    odd_name<"\"quoted\"">(s, db);
    odd_name<"select">(s, db);
    odd_name<"größe">(s, db);
    odd_name<"😀">(s, db);
    odd_name<"$1">(s, db);
    odd_name<"@at">(s, db);
    odd_name<"--">(s, db);
    odd_name<"; drop">(s, db);
}

constexpr case_entry bind_names_table[] = {
    {"BND-28",
     "Values are given to a prepared query by name, in any order, or by position; names that begin "
     "alike are told apart, and a name that the query lacks does not compile.",
     &by_name},
    {"BND-29", "The name of a placeholder may hold any character: it never reaches the database.",
     &odd_names},
};

}  // namespace

std::span<case_entry const> bind_names_cases() { return bind_names_table; }

}  // namespace relata::conformance
