// SPDX-License-Identifier: BSL-1.0
//
// Text where columns are wanted.
// clang-format off: each mistake stands on one line with what the compiler says about it

#include "model.hpp"

using namespace relata;

void mistakes(std::string const& by) {
    (void)from<record>().order_by(by);                     // must fail: order_by() takes columns, never text; choose among columns with if [RL-C08]
    (void)from<record>().order_by("title desc");           // must fail: order_by() takes columns, never text
    (void)from<singer>().order_by(col<&singer::id>, by);   // must fail: [RL-C08]
}
