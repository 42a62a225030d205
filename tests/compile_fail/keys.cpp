// SPDX-License-Identifier: BSL-1.0
//
// Verbs that go by the primary key.
// clang-format off: each mistake stands on one line with what the compiler says about it

#include "model.hpp"

using namespace relata;

void mistakes(database const& db) {
    (void)db.find<singer>();          // must fail: find<T>() takes one value for each column of the primary key [RL-C11]
    (void)db.find<record>(1, 2);      // must fail: find<T>() takes one value for each column of the primary key [RL-C11]
    (void)db.find<duet>(1);           // must fail: find<T>() takes one value for each column of the primary key [RL-C11]
    (void)db.find<loose>(1);          // must fail: [RL-C11]
    (void)db.find<singer>("seven");   // must fail: find<T>() takes values of the types of the primary key [RL-C11]
    (void)db.update(loose{1});        // must fail: update(object) and remove(object) need a primary key; describe it with key<…>() [RL-C11]
}
