// SPDX-License-Identifier: BSL-1.0
//
// Rows that do not fit their struct or their place.
// clang-format off: each mistake stands on one line with what the compiler says about it

#include "model.hpp"

using namespace relata;

struct two_texts {
    std::string a, b;
};
struct one_number {
    std::int64_t n{};
};

void mistakes() {
    (void)from<record>().select_as<two_texts>(col<&record::title>);  // must fail: select_as<Struct>(…) needs one member for each column, of its type [RL-C06]
    (void)from<record>().select_as<two_texts>(col<&record::title>, col<&record::id>);  // must fail: select_as<Struct>(…) needs one member for each column, of its type [RL-C06]
    (void)from<record>().select_as<one_number>(col<&record::title>);  // must fail: [RL-C06]
    (void)from<record>().select_as<std::pair<std::string, std::string>>(col<&record::title>);  // must fail: select_as<Struct>(…) needs one member for each column, of its type [RL-C06]
    (void)scalar(from<record>().select(col<&record::id>, col<&record::title>));  // must fail: scalar() takes a query that selects one column [RL-C06]
}
