// SPDX-License-Identifier: BSL-1.0
//
// Inserts that leave out a column.
// clang-format off: each mistake stands on one line with what the compiler says about it

#include "model.hpp"

using namespace relata;

void mistakes() {
    (void)insert_into<singer>().set(col<&singer::country> = "DE");  // must fail: this insert leaves out a column that is neither optional nor defaulted nor generated [RL-C09]
    (void)insert_into<duet>().set(col<&duet::first_id> = 1);        // must fail: this insert leaves out a column
}
