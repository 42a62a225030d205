// SPDX-License-Identifier: BSL-1.0
//
// Many objects at once, by the fastest means of the database, all of them or none.

#include <relata/engine/run.hpp>

#include "engine/lease.hpp"
#include "engine/own_transaction.hpp"
#include "engine/plan.hpp"
#include "engine/rows.hpp"

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

// Half of the rows is never left behind.
std::int64_t insert(session& s, bulk const& b, sql::node const* tree, object_source objects) {
    auto const rows = [&] { return insert_rows(s, b, tree, objects); };
    return s.in_transaction() ? rows() : in_own_transaction(s, rows);
}

bulk make_bulk(session& s, row_target const& target) {
    bulk b;
    auto const& spelling = s.connection().spelling();
    spelling.append_identifier(b.table, target.table);
    b.plan = target.plan;
    std::string names, places;
    for (unsigned i = 0; i < target.columns.size(); ++i) {
        auto& name = b.target.columns.emplace_back();
        spelling.append_identifier(name, target.columns[i]);
        b.target.types.push_back(b.plan[i].type);
        names += (i > 0 ? ", " : "") + name;
        if (i > 0) places += ", ";
        spelling.append_placeholder(places, i, *b.plan[i].type, true);
    }
    b.insert = "INSERT INTO " + b.table + " (" + names + ") VALUES (" + places + ")";
    return b;
}

std::int64_t run_bulk(session& s, bulk& b, sql::node const* tree, object_source objects) {
    auto const began = s.options().log ? clock_now() : 0;
    // points into b, which has its final place now
    b.target.table = b.table;
    b.target.insert = b.insert;
    auto const report = [&](std::int64_t rows, error const* failure) {
        auto const& options = s.options();
        if (options.log)
            options.log(options.log_context, {b.insert, clock_now() - began, rows, failure});
    };
    try {
        auto const rows = insert(s, b, tree, objects);
        report(rows, nullptr);
        return rows;
    } catch (error const& e) {
        report(0, &e);
        throw;
    }
}

}  // namespace

std::int64_t insert_objects(source& from, sql::query_info& query, object_source objects) {
    lease l(from);
    l->check_usable();
    auto b = make_bulk(*l, query);
    return run_bulk(*l, b, query.tree, objects);
}

std::int64_t insert_rows(source& into, row_target const& target, object_source rows) {
    lease l(into);
    l->check_usable();
    auto b = make_bulk(*l, target);
    return run_bulk(*l, b, nullptr, rows);
}

}  // namespace relata::engine
