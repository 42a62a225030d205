// SPDX-License-Identifier: BSL-1.0
//
// An open result that is read row by row.

#include <relata/engine/run.hpp>

#include "engine/hold.hpp"
#include "engine/lease.hpp"

#include <optional>
#include <utility>

namespace relata::engine {

// The values are copied: a stream may outlive what they were bound from, and a driver may read them
// while it reads rows.
struct cursor {
    std::optional<sql::owned_values> values;
    std::optional<sql::query_lock> query;
    hold session;
    run running;

    cursor(source& from, sql::query_info& type, param const* given, unsigned count)
        : session(from), running(*session, type, values.emplace(given, count).data(), count,
                                 driver::read_mode::stream) {}
    cursor(source& from, sql::query_data const& stored)
        : query(std::in_place, stored), session(from),
          running(*session, stored, driver::read_mode::stream) {}
    ~cursor() {
        if (running.open()) running.cached().statement->expect(driver::read_mode::all);
    }
};

cursor* open_cursor(source& from, sql::query_info& query, param const* values, unsigned count) {
    return new cursor(from, query, values, count);
}
cursor* open_cursor(source& from, sql::query_data const& query) { return new cursor(from, query); }

bool next_row(cursor& c, void* row) {
    bool found = false;
    c.running.guard([&](driver::statement& s, cached_statement const& plan) {
        found = s.fetch(plan.plan.data(), unsigned(plan.plan.size()), row, plan.stride, 1) == 1;
        c.running.rows += found;
    });
    return found;
}

void close_cursor(cursor* c) noexcept { delete c; }

}  // namespace relata::engine
