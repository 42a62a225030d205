// SPDX-License-Identifier: BSL-1.0

#include "migrate/mysql/catalogue.hpp"
#include "migrate/mysql/words.hpp"

namespace relata::migrate::mysql {

namespace {
struct sequence_row {
    std::string name;
    std::int64_t start;
    std::int64_t increment;
    std::int64_t minimum;
    std::int64_t maximum;
    std::int64_t cache;
    std::int64_t cycle;
};
}  // namespace

// A sequence of MariaDB is a table with one row: all of them in one query.
void read_sequences(reading& r) {
    if (r.found.sequences.empty()) return;
    std::string sql;
    for (auto const& s : r.found.sequences) {
        sql += sql.empty() ? "select " : " union all select ";
        sql +=
            text_literal(s.name.name) +
            ", start_value, increment, minimum_value, maximum_value, cast(cache_size as signed), "
            "cycle_option from " +
            quote_name(s.name);
    }
    for (sequence_row const& found : r.from.all(sql_query<sequence_row>(unsafe_sql(sql)))) {
        auto const at = std::ranges::find(r.found.sequences, found.name,
                                          [](auto const& s) { return s.name.name; });
        if (at == r.found.sequences.end()) continue;
        at->options = {{"cache", std::to_string(found.cache)},
                       {"increment", std::to_string(found.increment)},
                       {"maximum", std::to_string(found.maximum)},
                       {"minimum", std::to_string(found.minimum)},
                       {"start", std::to_string(found.start)}};
        if (found.cycle != 0) at->options.insert(at->options.begin() + 1, {"cycle", ""});
    }
}

}  // namespace relata::migrate::mysql
