// SPDX-License-Identifier: BSL-1.0
//
// Values and expressions of types that do not go together.
// clang-format off: each mistake stands on one line with what the compiler says about it

#include "model.hpp"

using namespace relata;

void mistakes(std::optional<std::int64_t> maybe) {
    (void)(col<&record::id> == "7");                          // must fail: compares two types that SQL cannot compare (text with a number?) [RL-C02]
    (void)(col<&record::title> == 7);                         // must fail: compares two types that SQL cannot compare (text with a number?) [RL-C02]
    (void)(col<&record::title> == col<&record::id>);          // must fail: compares two columns whose types SQL cannot compare [RL-C02]
    (void)(col<&record::price> == 1.5);                       // must fail: [RL-C02]
    (void)(col<&record::notes> == json("{}"));                // must fail: [RL-C02]
    (void)(col<&record::id> == maybe);                        // must fail: compares with a value that may be missing; use is_null(), or is_not_distinct_from() [RL-C02]
    (void)(col<&record::year> == std::nullopt);               // must fail: compares with a value that may be missing
    (void)col<&record::id>.contains("x");                     // must fail: contains, starts_with, ends_with and like are for text columns [RL-C02]
    (void)lower(col<&record::id>);                            // must fail: lower, upper and trim are for text [RL-C02]
    (void)length(col<&record::price>);                        // must fail: length is for text [RL-C02]
    (void)sum(col<&record::title>);                           // must fail: sum is for numbers [RL-C02]
    (void)avg(col<&record::sold>);                            // must fail: avg is for numbers [RL-C02]
    (void)abs(col<&singer::name>);                            // must fail: abs is for numbers [RL-C02]
    (void)round<1>(col<&record::weight>);                     // must fail: round is for decimals [RL-C02]
    (void)year(col<&record::singer_id>);                      // must fail: year, month and day are for dates, timestamps and instants [RL-C02]
    (void)(col<&record::price> / col<&record::price>);        // must fail: this arithmetic is not the same on every back end
    (void)(col<&record::price> * col<&record::weight>);       // must fail: this arithmetic is not the same on every back end
    (void)cast<date>(col<&record::id>);                       // must fail: cast is for numbers to numbers or to text [RL-C02]
    (void)coalesce(col<&singer::country>, col<&record::id>);  // must fail: coalesce takes two expressions of one type [RL-C02]
    (void)coalesce(col<&record::year>, "none");               // must fail: a value of another type than the expression it stands beside
    (void)col<&record::id>.in(std::vector<std::string>{});    // must fail: in() compares with values of another type [RL-C02]
    (void)col<&record::id>.in(from<singer>().select(col<&singer::name>));  // must fail: in() compares with a query of another type [RL-C02]
    (void)case_(when(col<&record::sold>, 1), when(col<&record::sold>, "b"));  // must fail: all branches of case_ have the same type [RL-C02]
    (void)(col<&record::title> = 5);                          // must fail: assigns a value of another type than the column's [RL-C02]
    (void)(col<&record::title> = col<&record::singer_id>);    // must fail: assigns an expression of another type [RL-C02]
}
