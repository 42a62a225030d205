// SPDX-License-Identifier: BSL-1.0
//
// NULL where the program has no place for it.
// clang-format off: each mistake stands on one line with what the compiler says about it

#include "model.hpp"

using namespace relata;

struct country_only {
    std::string country;
};
struct name_only {
    std::string name;
};

void mistakes(database const& db, std::optional<std::string> maybe) {
    (void)from<singer>().select_as<country_only>(col<&singer::country>);  // must fail: this column can be NULL, the member that receives it cannot; make the member std::optional, or use coalesce() [RL-C04]
    (void)from<singer>().select_as<std::pair<std::string, std::string>>(col<&singer::name>, col<&singer::country>);  // must fail: this column can be NULL
    (void)from<record>().left_join<singer>().select_as<name_only>(col<&singer::name>);  // must fail: this column can be NULL
    (void)(col<&singer::name> = std::nullopt);                // must fail: assigns a value that may be missing to a column that cannot be NULL [RL-C04]
    (void)(col<&record::title> = maybe);                      // must fail: assigns a value that may be missing to a column that cannot be NULL [RL-C04]
    (void)(col<&singer::name> = col<&singer::country>);       // must fail: assigns an expression that can be NULL to a column that cannot; use coalesce() [RL-C04]
    (void)db.all(from<record>().right_join<singer>());        // must fail: after a right or full join the first table's object may be missing
}
