// SPDX-License-Identifier: BSL-1.0
//
// Many objects at once, by the fastest means of the database, all of them or none.

#include <relata/engine/run.hpp>

#include "engine/lease.hpp"
#include "engine/plan.hpp"

namespace relata::engine {
namespace {

struct bulk {
    std::string table;
    std::string insert;
    driver::bulk_target target;
    std::vector<field> plan;
};

bulk make_bulk(session& s, sql::query_info const& query) {
    bulk b;
    auto const& model = schema::model_of(query.row.table());
    auto const& spelling = s.connection().spelling();
    spelling.append_identifier(b.table, model.name);
    b.insert = dialect::render({query.tree, nullptr, 0}, spelling).text;
    b.plan = build_plan(query);
    for (auto const& column : model.columns) {
        if (column.generated) continue;
        spelling.append_identifier(b.target.columns.emplace_back(), column.name);
        b.target.types.push_back(column.type);
    }
    b.target.table = b.table;
    b.target.insert = b.insert;
    return b;
}

std::int64_t insert_rows(session& s, bulk const& b, sql::node const* tree, object_source objects) {
    try {
        return s.connection().bulk_insert(b.target, b.plan.data(), unsigned(b.plan.size()),
                                          {objects.next, objects.context});
    } catch (error const& e) {
        s.raise(e, nullptr, tree);
    }
}

// What the caller sees of a transaction that was not the caller's: there was none.
[[noreturn]] void raise_outside(error const& e) {
    auto info = e.info();
    info.transaction = transaction_state::none;
    if (info.retry == retry_advice::transaction) info.retry = retry_advice::statement;
    throw error(std::move(info));
}

void undo(session& s) noexcept {
    s.set_in_transaction(false);
    s.set_failed(false);
    try {
        if (!s.dead() && s.connection().transaction() != transaction_state::none)
            s.connection().rollback();
    } catch (error const&) {
        s.set_dead();
    }
}

// In a transaction of its own, unless one is open: half of the rows is never left behind.
std::int64_t insert_in_transaction(session& s, bulk const& b, sql::node const* tree,
                                   object_source objects) {
    try {
        s.connection().begin(isolation::read_committed, false);
        s.set_in_transaction(true);
        auto const rows = insert_rows(s, b, tree, objects);
        s.connection().commit();
        s.set_in_transaction(false);
        return rows;
    } catch (error const& e) {
        if (!e.info().connection_usable) s.set_dead();
        undo(s);
        raise_outside(e);
    } catch (...) {
        undo(s);  // the range or a codec of the caller threw
        throw;
    }
}

std::int64_t insert(session& s, bulk const& b, sql::node const* tree, object_source objects) {
    return s.in_transaction() ? insert_rows(s, b, tree, objects)
                              : insert_in_transaction(s, b, tree, objects);
}

}  // namespace

std::int64_t insert_objects(source& from, sql::query_info& query, object_source objects) {
    lease l(from);
    l->check_usable();
    auto const began = l->options().log ? clock_now() : 0;
    auto b = make_bulk(*l, query);
    // points into b, which has its final place now
    b.target.table = b.table;
    b.target.insert = b.insert;
    auto const report = [&](std::int64_t rows, error const* failure) {
        auto const& options = l->options();
        if (options.log)
            options.log(options.log_context, {b.insert, clock_now() - began, rows, failure});
    };
    try {
        auto const rows = insert(*l, b, query.tree, objects);
        report(rows, nullptr);
        return rows;
    } catch (error const& e) {
        report(0, &e);
        throw;
    }
}

}  // namespace relata::engine
