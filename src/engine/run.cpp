// SPDX-License-Identifier: BSL-1.0
//
// The verbs, erased: borrow a session, find the statement, bind, execute, fetch.
//
// Path of a query, step 3 of 5. Before: relata/engine/handle.hpp. Next: src/engine/session.cpp.

#include <relata/engine/run.hpp>

#include "engine/lease.hpp"

#include <algorithm>

namespace relata::engine {

namespace {

// A query is a type with its values, or a value of its own: what `run` is made from.
template <class... Query> void all(source& from, void* rows, grow_function grow, Query&... query) {
    lease l(from);
    run r(*l, query...);
    r.guard([&](driver::statement& s, cached_statement const& c) {
        std::size_t have = 0, size = 0;
        auto const fields = unsigned(c.plan.size());
        while (s.ready()) {
            // One row at first, so that a short result allocates once; then by 64, or by all that wait.
            size =
                have < 64 ? (have ? 2 * have : 1) : have + std::max<std::size_t>(64, s.arrived());
            char* const base = static_cast<char*>(grow(rows, size));
            have += s.fetch(c.plan.data(), fields, base + have * c.stride, c.stride, size - have);
        }
        if (have != size) grow(rows, have);
        r.rows = std::int64_t(have);
    });
}

template <class... Query> bool first(source& from, void* row, Query&... query) {
    lease l(from);
    run r(*l, query...);
    bool found = false;
    r.guard([&](driver::statement& s, cached_statement const& c) {
        found = s.fetch(c.plan.data(), unsigned(c.plan.size()), row, c.stride, 1) == 1;
        r.rows = found;
    });
    return found;
}

template <class... Query> void one(source& from, void* row, Query&... query) {
    lease l(from);
    run r(*l, query...);
    r.guard([&](driver::statement& s, cached_statement const& c) {
        if (s.fetch(c.plan.data(), unsigned(c.plan.size()), row, c.stride, 1) != 1)
            wrong_count(error_kind::not_found);
        if (s.ready()) wrong_count(error_kind::too_many_rows);
        r.rows = 1;
    });
}

template <class... Query> std::int64_t execute(source& from, Query&... query) {
    lease l(from);
    run r(*l, query...);
    r.guard([&](driver::statement& s, cached_statement const&) { r.rows = s.affected(); });
    return r.rows;
}

}  // namespace

void run_all(source& from, sql::query_info& query, param const* values, unsigned count, void* rows,
             grow_function grow) {
    all(from, rows, grow, query, values, count);
}
void run_all(source& from, sql::query_data const& query, void* rows, grow_function grow) {
    all(from, rows, grow, query);
}

bool run_first(source& from, sql::query_info& query, param const* values, unsigned count,
               void* row) {
    return first(from, row, query, values, count);
}
bool run_first(source& from, sql::query_data const& query, void* row) {
    return first(from, row, query);
}

void run_one(source& from, sql::query_info& query, param const* values, unsigned count, void* row) {
    one(from, row, query, values, count);
}
void run_one(source& from, sql::query_data const& query, void* row) { one(from, row, query); }

std::int64_t run_execute(source& from, sql::query_info& query, param const* values,
                         unsigned count) {
    return execute(from, query, values, count);
}
std::int64_t run_execute(source& from, sql::query_data const& query) {
    return execute(from, query);
}

void insert_object(source& from, sql::query_info& query, void* object) {
    lease l(from);
    run r(*l, query, object);
    r.guard([&](driver::statement& s, cached_statement const& c) {
        r.rows = 1;
        if (!c.key_type) [[likely]]
            return;
        if (c.returns_key) {
            field const key = make_field(*c.key_type, 0, c.key_offset);
            if (s.fetch(&key, 1, object, c.stride, 1) != 1) wrong_count(error_kind::not_found);
        } else {
            store_key(*c.key_type, static_cast<char*>(object) + c.key_offset, s.last_id());
        }
    });
}

std::int64_t change_object(source& from, sql::query_info& query, void const* object) {
    lease l(from);
    run r(*l, query, object);
    r.guard([&](driver::statement& s, cached_statement const&) { r.rows = s.affected(); });
    return r.rows;
}

void prepare_query(source& from, sql::query_info& query, param const* values, unsigned count) {
    lease l(from);
    l->check_usable();
    if (query.dynamic) return;  // its text is known at each run only
    l->statement(query, values, count).busy = false;
}

}  // namespace relata::engine
