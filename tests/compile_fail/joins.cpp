// SPDX-License-Identifier: BSL-1.0
//
// Joins without a condition where no single reference gives one.
// clang-format off: each mistake stands on one line with what the compiler says about it

#include "model.hpp"

using namespace relata;

void mistakes() {
    (void)from<record>().join<loose>();       // must fail: no declared reference, or more than one, between this table and those of the query; give the condition: join<T>(…) [RL-C07]
    (void)from<duet>().left_join<singer>();   // must fail: no declared reference, or more than one
    (void)from<record>().right_join<duet>();  // must fail: [RL-C07]
}
