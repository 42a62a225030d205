// SPDX-License-Identifier: BSL-1.0
//
// Queries and conditions as values: rows of another type, conditions that are none, missing values.
// clang-format off: each mistake stands on one line with what the compiler says about it

#include "model.hpp"

using namespace relata;

struct line {
    std::string title;
    std::int64_t singer_id{};
};

void mistakes(std::string const& text) {
    query<record> const q = from<record>();
    query<singer> a = from<record>();                                            // must fail: the rows of this query have another type than those of query<…> [RL-C06]
    query<std::string> b = from<record>().select(col<&record::price>);           // must fail: the rows of this query have another type than those of query<…> [RL-C06]
    query<line> c = from<record>().select(col<&record::title>, col<&record::singer_id>);  // must fail: the rows of this query have another type than those of query<…> [RL-C06]
    query<singer> d = q;                                                         // must fail: the rows of this query have another type than those of query<…> [RL-C06]
    query<record> e = from<record>().where(col<&record::id> == placeholder<"id", std::int64_t>);  // must fail: query<…> has all its values; placeholders are for prepare() [RL-C12]
    condition f = col<&record::title>;                                           // must fail: a condition is made of a boolean expression; this one is not [RL-C03]
    condition g = col<&record::id> == placeholder<"id", std::int64_t>;           // must fail: a condition has all its values; placeholders are for prepare() [RL-C12]
    (void)q.where(col<&record::price>);                                          // must fail: a condition is made of a boolean expression; this one is not [RL-C03]
    (void)q.order_by(text);                                                      // must fail: order_by() takes columns, never text; choose among columns with if [RL-C08]
    (void)(f && col<&record::title>);                                            // must fail: && and || combine conditions; one side is not boolean [RL-C03]
}
