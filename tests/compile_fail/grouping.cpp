// SPDX-License-Identifier: BSL-1.0
//
// Columns beside aggregates that are not grouped.
// clang-format off: each mistake stands on one line with what the compiler says about it

#include "model.hpp"

using namespace relata;

void mistakes(database const& db) {
    (void)db.all(from<record>().select(col<&record::title>, count()));  // must fail: a column beside an aggregate must be in group_by() [RL-C05]
    (void)db.all(from<record>().group_by(col<&record::singer_id>).select(col<&record::title>, sum(col<&record::price>)));  // must fail: [RL-C05]
    (void)db.all(from<record>().group_by(col<&record::singer_id>).order_by(col<&record::title>).select(count()));  // must fail: [RL-C05]
    (void)db.all(from<record>().group_by(col<&record::title>).having(col<&record::year> > 5).select(count()));  // must fail: [RL-C05]
}
