// SPDX-License-Identifier: BSL-1.0
//
// Columns of tables that the query does not have.
// clang-format off: each mistake stands on one line with what the compiler says about it

#include "model.hpp"

using namespace relata;

void mistakes() {
    auto const q = from<record>();
    (void)q.where(col<&singer::name> == "x");                // must fail: where() names a column of a table that is not in this query; join the table first [RL-C01]
    (void)q.order_by(col<&singer::id>);                      // must fail: order_by() names a column of a table that is not in this query; join the table first [RL-C01]
    (void)q.select(col<&singer::country>);                   // must fail: join the table first [RL-C01]
    (void)q.group_by(col<&singer::name>);                    // must fail: join the table first [RL-C01]
    (void)q.join<singer>(col<&singer::id> == col<&duet::first_id>);  // must fail: join() names a column of a table that is not in this query [RL-C01]
    (void)q.where(col<&record::title, "other"> == "x");      // must fail: [RL-C01]
    (void)delete_from<record>().where(col<&singer::id> == 1);  // must fail: where() names a column of another table [RL-C01]
    (void)update<record>().set(col<&singer::name> = "x");    // must fail: set() names a column of another table [RL-C01]
    (void)insert_into<loose>().set(col<&loose::number> = 1).returning(col<&duet::second_id>);  // must fail: returning() names a column of another table [RL-C01]
}
