// SPDX-License-Identifier: BSL-1.0
//
// Values of prepared queries.
// clang-format off: each mistake stands on one line with what the compiler says about it

#include "model.hpp"

using namespace relata;

void mistakes(database const& db) {
    auto const by_id = db.prepare(from<record>().where(col<&record::id> == placeholder<"id", std::int64_t>));
    (void)by_id.first();              // must fail: a prepared query takes one value for each placeholder [RL-C12]
    (void)by_id.all(1, 2);            // must fail: a prepared query takes one value for each placeholder [RL-C12]
    (void)by_id.one("seven");         // must fail: a value of another type than the placeholder's [RL-C12]
    (void)by_id.first("number"_p = 7);  // must fail: this query has no placeholder of this name [RL-C12]
    auto const both = db.prepare(from<record>().where(col<&record::id> == placeholder<"id", std::int64_t> || col<&record::id> == placeholder<"id", std::int64_t>));
    (void)both.all("id"_p = 7, "id"_p = 8);  // must fail: a name is given twice, or stands for several placeholders; give the values in order [RL-C12]
    (void)db.first(from<record>().where(col<&record::id> == placeholder<"id", std::int64_t>));  // must fail: a query with placeholders is run through prepare()
    (void)placeholder<"x", std::optional<int>>;  // must fail: a placeholder has a type that relata can store, not an optional one
}
