// SPDX-License-Identifier: BSL-1.0
//
// NULL: in comparisons and in the order of rows, as the builder spells them.

#include "conformance/case.hpp"
#include "conformance/spelled.hpp"
#include "conformance/storage.hpp"

#include <string>

namespace relata::conformance {
namespace {

using maybe_number = std::optional<std::int64_t>;

// ids 1 to 6 with n = 2, NULL, 1, NULL, 3, 2
schema::table const& filled(subject& s) {
    auto const& table = create_words(s);
    maybe_number const numbers[] = {2, {}, 1, {}, 3, 2};
    std::vector<row_values> rows;
    for (std::int64_t id = 1; id <= 6; ++id)
        rows.push_back({value(id), value("t" + std::to_string(id)), value(numbers[id - 1])});
    store(s.connection(), table, rows, path::batch);
    return table;
}

void comparisons(subject& s) {
    auto const& table = filled(s);
    auto const n = col<&entry_row::n>;
    using ids = std::vector<std::int64_t>;
    auto const found = [&](auto const& condition) {
        return answer<std::int64_t>(s.connection(), table,
                                    from<entry_row>()
                                        .where(condition)
                                        .order_by(col<&entry_row::id>)
                                        .select(col<&entry_row::id>));
    };
    maybe_number const null;
    s.equal(ids{2, 4}, found(n.is_null()), "is NULL");
    s.equal(ids{1, 3, 5, 6}, found(n.is_not_null()), "is not NULL");
    s.equal(ids{2, 4}, found(n.is_not_distinct_from(null)), "the same as NULL");
    s.equal(ids{1, 3, 5, 6}, found(n.is_distinct_from(null)), "other than NULL");
    s.equal(ids{1, 6}, found(n.is_not_distinct_from(maybe_number(2))), "the same as 2");
    s.equal(ids{2, 3, 4, 5}, found(n.is_distinct_from(maybe_number(2))), "other than 2");
    s.equal(ids{1, 6}, found(n == 2), "equal to 2");
    s.equal(ids{3, 5}, found(n != 2), "not equal to 2: NULL is neither");
    s.equal(ids{3}, found(n < 2), "less than 2");
    s.equal(ids{5}, found(!(n <= 2)), "not at most 2");
    s.equal(ids{1, 2, 4, 6}, found(n == 2 || n.is_null()), "2 or NULL");
    s.equal(ids{3, 5}, found(n.not_in({2})), "NOT IN: NULL is neither");
    s.equal(ids{1, 2, 3, 4, 5, 6}, found(n.is_not_distinct_from(n)), "NULL is the same as itself");
    s.equal(ids{1, 3, 5, 6}, found(n == n), "and not equal to itself");
}

void order(subject& s) {
    auto const& table = filled(s);
    auto const n = col<&entry_row::n>;
    using ids = std::vector<std::int64_t>;
    auto const sorted = [&](auto const& by) {
        return answer<std::int64_t>(
            s.connection(), table,
            from<entry_row>().order_by(by, col<&entry_row::id>).select(col<&entry_row::id>));
    };
    s.equal(ids{3, 1, 6, 5, 2, 4}, sorted(n), "without a word: NULL last");
    s.equal(ids{3, 1, 6, 5, 2, 4}, sorted(n.asc()), "ascending: NULL last");
    s.equal(ids{2, 4, 5, 1, 6, 3}, sorted(n.desc()), "descending: NULL first");
    s.equal(ids{2, 4, 3, 1, 6, 5}, sorted(n.asc().nulls_first()), "ascending, NULL first");
    s.equal(ids{3, 1, 6, 5, 2, 4}, sorted(n.asc().nulls_last()), "ascending, NULL last");
    s.equal(ids{2, 4, 5, 1, 6, 3}, sorted(n.desc().nulls_first()), "descending, NULL first");
    s.equal(ids{5, 1, 6, 3, 2, 4}, sorted(n.desc().nulls_last()), "descending, NULL last");
}

constexpr case_entry null_queries_table[] = {
    {"NUL-04",
     "NULL is neither equal nor unequal to anything, itself included, and is in no list and "
     "outside "
     "of none; is_null, is_distinct_from and is_not_distinct_from find it.",
     &comparisons},
    {"NUL-05",
     "NULL comes last in ascending and first in descending order, or where nulls_first and "
     "nulls_last put it.",
     &order},
};

}  // namespace

std::span<case_entry const> null_queries_cases() { return null_queries_table; }

}  // namespace relata::conformance
