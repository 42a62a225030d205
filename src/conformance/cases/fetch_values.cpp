// SPDX-License-Identifier: BSL-1.0
//
// Fetch: every value of every type comes back as it was stored, by every path.

#include "conformance/case.hpp"
#include "conformance/samples.hpp"
#include "conformance/storage.hpp"
#include "conformance/subject.hpp"

namespace relata::conformance {
namespace {

// id, the value, the value in a column that can be NULL, and NULL.
std::vector<row_values> rows_of(std::vector<value> const& values) {
    std::vector<row_values> rows;
    for (auto const& each : values)
        rows.push_back({value(std::int64_t(rows.size())), each, each.optional(), each.null()});
    return rows;
}

void round_trip(subject& s, type_samples const& samples, path way) {
    auto& c = s.connection();
    auto const rows = rows_of(samples.values);
    auto const ops = ops_of_row(rows.front());
    auto const& table =
        s.create(table_of({column<std::int64_t>("id"), column_of("plain", *ops[1]),
                           column_of("filled", *ops[2]), column_of("empty", *ops[3])}));
    store(c, table, rows, way);
    auto const got = read_table(c, table, ops);
    auto const what = std::string(samples.name) + ", " + std::string(name_of(way));
    if (!s.equal(rows.size(), got.size(), what + ": rows")) return;
    for (std::size_t r = 0; r < rows.size(); ++r)
        for (std::size_t column = 1; column < rows[r].size(); ++column)
            s.equal(rows[r][column], got[r][column], what);
}

void all_values(subject& s) {
    for (auto const way : all_paths)
        for (auto const& samples : samples_for(s.can(), way)) round_trip(s, samples, way);
}

constexpr case_entry fetch_values_table[] = {
    {"FET-01",
     "Every value comes back equal, in its own type and as an optional, and NULL comes back as "
     "NULL: "
     "for each type at its edges, and for each way into the table (ad hoc, prepared, from an "
     "object, "
     "in a batch, as a literal).",
     &all_values, nullptr, 60},
};

}  // namespace

std::span<case_entry const> fetch_values_cases() { return fetch_values_table; }

}  // namespace relata::conformance
