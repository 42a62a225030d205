// SPDX-License-Identifier: BSL-1.0
//
// Scripts, and DDL for tables that the program describes.

#include <relata/engine/run.hpp>

#include "engine/lease.hpp"
#include "engine/own_transaction.hpp"

namespace relata::engine {
namespace {

std::vector<schema::table const*> models(schema::table_ref const* tables, unsigned count) {
    std::vector<schema::table const*> out;
    for (unsigned i = 0; i < count; ++i) out.push_back(&schema::model_of(tables[i]()));
    return out;
}

void run_text(session& s, std::string_view text) {
    s.check_usable();
    s.set_touched();
    try {
        s.connection().script(text);
    } catch (error const& e) {
        s.raise(e, nullptr, nullptr);
    }
}

// All statements or none, where the database can.
void run_ddl(session& s, std::vector<std::string> const& statements) {
    s.check_usable();
    auto const run = [&] {
        for (auto const& statement : statements) run_text(s, statement);
        return true;
    };
    if (s.connection().can().transactional_ddl && !s.in_transaction()) in_own_transaction(s, run);
    else run();
}

}  // namespace

void run_script(source& from, std::string_view statements) {
    lease l(from);
    run_text(*l, statements);
}

void create_tables(source& from, schema::table_ref const* tables, unsigned count) {
    lease l(from);
    run_ddl(*l, dialect::create_tables(models(tables, count), l->connection().spelling()));
}

void drop_tables(source& from, schema::table_ref const* tables, unsigned count) {
    lease l(from);
    run_ddl(*l, dialect::drop_tables(models(tables, count), l->connection().spelling()));
}

}  // namespace relata::engine
