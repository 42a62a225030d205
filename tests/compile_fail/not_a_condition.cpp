// SPDX-License-Identifier: BSL-1.0
//
// Conditions that are not boolean.
// clang-format off: each mistake stands on one line with what the compiler says about it

#include "model.hpp"

using namespace relata;

void mistakes(bool flag) {
    (void)from<record>().where(col<&record::id>);             // must fail: where() needs a condition; this expression is not boolean [RL-C03]
    (void)from<record>().where(true);                         // must fail: where() needs a condition made of columns, such as col<&T::member> == value [RL-C03]
    (void)from<singer>().where("name = 'x'");                 // must fail: where() needs a condition made of columns
    (void)(col<&record::sold> && col<&record::id>);           // must fail: && and || combine conditions; one side is not boolean [RL-C03]
    (void)!col<&record::title>;                               // must fail: ! negates a condition; this expression is not boolean [RL-C03]
    (void)from<record>().join<singer>(col<&singer::id>);      // must fail: join() needs a condition; this expression is not boolean [RL-C03]
    (void)from<record>().having(col<&record::price>);         // must fail: having() needs a condition; this expression is not boolean [RL-C03]
    (void)when(col<&record::year>, 1);                        // must fail: when() takes a condition first [RL-C03]
    (void)when(flag, col<&record::singer_id>);                // must fail: when(flag, …) takes a condition [RL-C03]
    (void)delete_from<record>().where(col<&record::weight>);  // must fail: where() needs a condition; this expression is not boolean [RL-C03]
}
