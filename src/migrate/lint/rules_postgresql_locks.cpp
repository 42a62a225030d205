// SPDX-License-Identifier: BSL-1.0
// RL-P: indexes, keys and locks of PostgreSQL.

#include "migrate/lint/rule.hpp"
#include "migrate/postgresql/writing.hpp"

#include <algorithm>

namespace relata::migrate::lints {

namespace {

char const* const outside = "-- relata:outside\n";

std::string made(subject const& at, schema::catalog::object_name const& on,
                 schema::catalog::index const& index) {
    using postgresql::index_manner;
    return outside +
           postgresql::with_default_space(
               postgresql::create_index(on, index, index_manner::concurrently),
               at.changes.after.by_search_path) +
           ";\n";
}

bool made_concurrently(subject const& at, std::string const& index) {
    return std::any_of(at.sql.statements.begin(), at.sql.statements.end(), [&](statement const& s) {
        return s.has({"index", "concurrently"}) && s.names(index);
    });
}

void locking_indexes(subject const& at) {
    for (auto const& t : at.changes.altered)
        for (auto const& c : t.indexes) {
            if (!c.after || made_concurrently(at, c.after->name)) continue;
            if (!t.after.partitioning.by.empty() || option_of(c.after->options, "partition of"))
                continue;
            at.report(text_of(t.after),
                      "nobody writes to the table until the index " + c.after->name + " is made",
                      made(at, t.before.name, *c.after));
        }
}

void locking_drops(subject const& at) {
    for (auto const& t : at.changes.altered)
        for (auto const& c : t.indexes) {
            if (!c.before || c.after || made_concurrently(at, c.before->name)) continue;
            auto name = t.before.name;
            name.name = c.before->name;
            at.report(text_of(t.after),
                      "nobody uses the table while the index " + name.name + " goes",
                      std::string(outside) + "DROP INDEX CONCURRENTLY " + at.quoted(name) + ";\n");
        }
}

void concurrently_inside(subject const& at) {
    for (auto const& s : at.sql.statements)
        if (s.in_transaction && s.has({"concurrently"}) &&
            (s.begins({"create"}) || s.begins({"drop"}) || s.begins({"reindex"}))) {
            at.report(s, s.table(), "PostgreSQL refuses CONCURRENTLY inside of a transaction",
                      outside + std::string(s.text()) + ";\n");
        }
}

void locking_keys(subject const& at) {
    for (auto const& t : at.changes.altered) {
        auto const look = [&](change<catalog::key> const& c, char const* kind) {
            if (!c.after || (c.before && c.before->parts == c.after->parts)) return;
            if (at.find(t.after, {{"using", "index"}})) return;
            catalog::index index;
            index.name = c.after->name;
            index.unique = true;
            index.parts = c.after->parts;
            at.report(text_of(t.after),
                      "nobody uses the table while the key " + index.name + " is made",
                      made(at, t.before.name, index) + at.alter(t.before) + " ADD CONSTRAINT " +
                          at.quoted(index.name) + ' ' + kind + " USING INDEX " +
                          at.quoted(index.name) + ";\n");
        };
        if (t.primary) look(*t.primary, "PRIMARY KEY");
        for (auto const& c : t.uniques) look(c, "UNIQUE");
    }
}

bool locks_hard(statement const& s) {
    if (s.has({"concurrently"}) || s.has({"validate", "constraint"})) return false;
    return s.begins({"alter", "table"}) || s.begins({"drop", "table"}) ||
           s.begins({"drop", "index"}) || s.begins({"truncate"}) ||
           (s.begins({"create"}) && s.has({"index"}) && s.has({"on"}));
}

void waiting_without_end(subject const& at) {
    for (auto const& s : at.sql.statements) {
        if (s.begins({"set"}) && s.names("lock_timeout")) return;
        auto const table = s.table();
        if (!locks_hard(s) || at.is_new(table)) continue;
        at.report(s, table,
                  "waits for its lock as long as a transaction uses the table, and all others wait "
                  "behind it",
                  "SET lock_timeout = '3s';\n");
        return;
    }
}

char const* const users_with_email =
    "CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL);\n";

}  // namespace

void add_postgresql_lock_rules(std::vector<rule>& to) {
    using enum severity;
    std::string const plain = "CREATE INDEX users_email ON users (email);\n";
    std::string const online = "CREATE INDEX CONCURRENTLY users_email ON users (email);\n";
    to.push_back(
        {{"RL-P01",
          warning,
          on_postgresql,
          false,
          "an index is made without CONCURRENTLY",
          "Nobody can write to the table until the index is made. CONCURRENTLY takes longer and "
          "lets all go on; when it fails it leaves an invalid index, which must be dropped before "
          "the next attempt.",
          {{on_postgresql, users_with_email, plain, outside + online}}},
         locking_indexes});
    to.push_back(
        {{"RL-P02",
          error,
          on_postgresql,
          true,
          "CONCURRENTLY inside of a transaction",
          "PostgreSQL refuses it. Let the statement run outside of the migration's transaction.",
          {{on_postgresql, users_with_email, online, outside + online}}},
         concurrently_inside});
    to.push_back({{"RL-P03",
                   warning,
                   on_postgresql,
                   false,
                   "an index is dropped without CONCURRENTLY",
                   "DROP INDEX waits for all who use the table, and all others wait behind it.",
                   {{on_postgresql, users_with_email + plain, "DROP INDEX users_email;\n",
                     std::string(outside) + "DROP INDEX CONCURRENTLY users_email;\n"}}},
                  locking_drops});
    to.push_back(
        {{"RL-P04",
          warning,
          on_postgresql,
          false,
          "a key builds its index under a lock",
          "ADD PRIMARY KEY and ADD UNIQUE let nobody read or write while they build the index. "
          "Make a unique index first, with CONCURRENTLY, and let the key use it.",
          {{on_postgresql, users_with_email,
            "ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE (email);\n",
            std::string(outside) +
                "CREATE UNIQUE INDEX CONCURRENTLY users_email_key ON users (email);\n"
                "ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE USING INDEX "
                "users_email_key;\n"}}},
         locking_keys});
    std::string const add = "ALTER TABLE users ADD COLUMN login TEXT;\n";
    to.push_back(
        {{"RL-P05",
          warning,
          on_postgresql,
          false,
          "no lock_timeout",
          "A change that waits for one long transaction makes all that come after it wait too: the "
          "table stands still. With a lock_timeout the change fails instead, and can be tried "
          "again.",
          {{on_postgresql, users_with_email, add, "SET lock_timeout = '3s';\n" + add}}},
         waiting_without_end});
}

}  // namespace relata::migrate::lints
