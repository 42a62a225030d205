// SPDX-License-Identifier: BSL-1.0
//
// SQL written by hand: its question marks and the types of its values.
// clang-format off: each mistake stands on one line with what the compiler says about it

#include "model.hpp"

using namespace relata;

struct nothing_known {
    void* pointer{};
};

void mistakes() {
    (void)sql_query<"select id from singers where id = ?", std::int64_t>();  // must fail: hand-written SQL takes one value for each question mark outside of quotes and comments [RL-C13]
    (void)sql_command<"delete from singers where name = '?'">("x");         // must fail: hand-written SQL takes one value for each question mark
    (void)sql_command<"delete from singers where id = ?">(singer{});        // must fail: hand-written SQL is given a value of a type that relata cannot store [RL-C13]
}
