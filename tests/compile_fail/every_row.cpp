// SPDX-License-Identifier: BSL-1.0
//
// Commands that do not say which rows they mean, and queries that are no commands.
// clang-format off: each mistake stands on one line with what the compiler says about it

#include "model.hpp"

using namespace relata;

void mistakes(database const& db) {
    db.execute(update<record>().set(col<&record::sold> = true));  // must fail: update or delete without where(); write all_rows() to mean every row [RL-C10]
    db.execute(delete_from<singer>());                            // must fail: update or delete without where(); write all_rows() to mean every row [RL-C10]
    db.execute(from<singer>());                                   // must fail: execute() runs inserts, updates and deletes; read rows with all, first, one or stream [RL-C10]
}
