// SPDX-License-Identifier: BSL-1.0
//
// An open result that is read row by row.

#include <relata/engine/run.hpp>

#include "engine/lease.hpp"

namespace relata::engine {

struct cursor {
    lease session;
    run running;

    cursor(source& from, sql::query_info& query, param const* values, unsigned count)
        : session(from), running(*session, query, values, count, driver::read_mode::stream) {}
    ~cursor() {
        if (running.open()) running.cached().statement->expect(driver::read_mode::all);
    }
};

cursor* open_cursor(source& from, sql::query_info& query, param const* values, unsigned count) {
    return new cursor(from, query, values, count);
}

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
