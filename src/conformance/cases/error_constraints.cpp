// SPDX-License-Identifier: BSL-1.0
//
// Errors of constraints: their kind, the names in them, and what they leave behind.

#include "conformance/case.hpp"
#include "conformance/storage.hpp"
#include "conformance/subject.hpp"

#include <algorithm>

namespace relata::conformance {
namespace {

// A parent and a child with one constraint of each sort, all named; `p` is the parent's name.
struct family {
    std::string parent, child, unique, check, reference;
};

family make_family(subject& s) {
    auto& c = s.connection();
    family f{s.fresh_name("p"), s.fresh_name("c"), {}, {}, {}};
    f.unique = f.child + "_u";
    f.check = f.child + "_k";
    f.reference = f.child + "_r";
    s.drop_later(f.parent);
    s.drop_later(f.child);
    run_script(c, "CREATE TABLE " + quoted(c, f.parent) + " (id BIGINT NOT NULL PRIMARY KEY)");
    run_script(c,
               "CREATE TABLE " + quoted(c, f.child) +
                   " (id BIGINT NOT NULL PRIMARY KEY, parent BIGINT, a BIGINT NOT NULL, b BIGINT, "
                   "CONSTRAINT " +
                   quoted(c, f.unique) + " UNIQUE (a, b), CONSTRAINT " + quoted(c, f.check) +
                   " CHECK (a >= 0), CONSTRAINT " + quoted(c, f.reference) +
                   " FOREIGN KEY (parent) REFERENCES " + quoted(c, f.parent) + " (id))");
    execute(c, "INSERT INTO " + quoted(c, f.parent) + " VALUES (1)");
    execute(c, "INSERT INTO " + quoted(c, f.child) + " VALUES (1, 1, 5, 6)");
    return f;
}

std::int64_t rows_of(driver::connection& c, std::string const& table) {
    return read_column<std::int64_t>(c, "SELECT count(*) FROM " + quoted(c, table)).at(0);
}

void insert_child(driver::connection& c, family const& f, std::string const& values) {
    execute(c, "INSERT INTO " + quoted(c, f.child) + " VALUES (" + values + ")");
}

// What every refused statement leaves: a usable connection, no transaction, the rows as they were.
void unharmed(subject& s, family const& f, error_info const& error, std::string_view what) {
    auto& c = s.connection();
    std::string const name(what);
    s.equal(outcome::rejected, error.outcome, "the outcome, " + name);
    s.check(error.connection_usable, "the connection stays usable, " + name);
    s.equal(transaction_state::none, error.transaction, "no transaction was harmed, " + name);
    s.equal(retry_advice::no, error.retry, "the same again would fail again, " + name);
    s.check(error.native_code != 0 || !error.sqlstate.empty(), "the native code is there, " + name);
    s.check(!error.native_message.empty(), "the database's own words are there, " + name);
    s.equal(1, rows_of(c, f.child), "rows afterwards, " + name);
}

void named(subject& s, std::string const& wanted, error_info const& error, std::string_view what) {
    if (!s.can().constraint_names) return;
    s.equal(wanted, error.constraint, std::string("the constraint's name, ") + std::string(what));
}

bool has_column(error_info const& error, std::string_view column) {
    return std::find(error.columns.begin(), error.columns.end(), column) != error.columns.end();
}

void unique(subject& s) {
    auto& c = s.connection();
    auto const f = make_family(s);
    auto const e = s.throws(
        error_kind::unique_violation, [&] { insert_child(c, f, "2, 1, 5, 6"); },
        "a pair that is there");
    unharmed(s, f, e, "unique");
    named(s, f.unique, e, "unique");
    s.check(e.columns.empty() || (has_column(e, "a") && has_column(e, "b")),
            "columns that are named are those of the constraint");
    insert_child(c, f, "2, 1, 5, NULL");
    if (s.can().nulls_apart) {
        insert_child(c, f, "3, 1, 5, NULL");
        s.equal(3, rows_of(c, f.child), "rows with NULL in a unique pair: NULL is no duplicate");
    } else {
        s.throws(
            error_kind::unique_violation, [&] { insert_child(c, f, "3, 1, 5, NULL"); },
            "a pair with NULL that is there");
        insert_child(c, f, "3, 1, 7, NULL");
        s.equal(3, rows_of(c, f.child), "rows with NULL in a unique pair");
    }
}

void primary_key(subject& s) {
    auto& c = s.connection();
    auto const f = make_family(s);
    auto const e = s.throws(
        error_kind::unique_violation, [&] { insert_child(c, f, "1, 1, 7, 7"); },
        "a key that is there");
    unharmed(s, f, e, "primary key");
    s.check(e.constraint != f.unique, "the other constraint is not named");
}

void foreign_key(subject& s) {
    auto& c = s.connection();
    auto const f = make_family(s);
    auto const parent = quoted(c, f.parent);
    auto e = s.throws(
        error_kind::foreign_key_violation, [&] { insert_child(c, f, "2, 9, 7, 7"); },
        "a child without its parent");
    unharmed(s, f, e, "foreign key, insert");
    named(s, f.reference, e, "foreign key, insert");
    e = s.throws(
        error_kind::foreign_key_violation,
        [&] { execute(c, "UPDATE " + quoted(c, f.child) + " SET parent = 9"); },
        "a child that is moved to no parent");
    unharmed(s, f, e, "foreign key, update");
    e = s.throws(
        error_kind::foreign_key_violation, [&] { execute(c, "DELETE FROM " + parent); },
        "a parent that has children");
    unharmed(s, f, e, "foreign key, delete");
    s.equal(1, rows_of(c, f.parent), "parents afterwards");
    insert_child(c, f, "2, NULL, 7, 7");
    s.equal(2, rows_of(c, f.child), "a reference that is NULL refers to nothing");
}

void check(subject& s) {
    auto& c = s.connection();
    auto const f = make_family(s);
    auto e = s.throws(
        error_kind::check_violation, [&] { insert_child(c, f, "2, 1, -1, 7"); },
        "a value that the check forbids");
    unharmed(s, f, e, "check, insert");
    named(s, f.check, e, "check, insert");
    e = s.throws(
        error_kind::check_violation,
        [&] { execute(c, "UPDATE " + quoted(c, f.child) + " SET a = -5"); },
        "an update that the check forbids");
    unharmed(s, f, e, "check, update");
}

void not_null(subject& s) {
    auto& c = s.connection();
    auto const f = make_family(s);
    auto e = s.throws(
        error_kind::not_null_violation, [&] { insert_child(c, f, "2, 1, NULL, 7"); },
        "NULL in a column that does not allow it");
    unharmed(s, f, e, "not null");
    s.check(has_column(e, "a"), "the column is named");
    e = s.throws(
        error_kind::not_null_violation,
        [&] { execute(c, "INSERT INTO " + quoted(c, f.child) + " (id, parent) VALUES (2, 1)"); },
        "a column that is left out and has no default");
    unharmed(s, f, e, "left out");
    s.check(has_column(e, "a"), "the column that is left out is named");
}

void values_stay_hidden(subject& s) {
    auto& c = s.connection();
    auto const& table =
        s.create(table_of({column<std::int64_t>("id"), column<relata::text<40>>("word")}));
    std::string const secret = "opensesame";
    row_values const row{value(7700123L), value(relata::text<40>(secret))};
    store(c, table, {row}, path::prepared);
    for (auto const way : {path::ad_hoc, path::prepared, path::object, path::batch})
        s.throws(error_kind::unique_violation, [&] { store(c, table, {row}, way); },
                 std::string("a duplicate, ") + std::string(name_of(way)), {secret, "7700123"});
}

void errors_outlive_their_connection(subject& s) {
    std::optional<error> kept;
    auto const f = make_family(s);
    {
        auto const other = s.connect();
        try {
            insert_child(*other, f, "1, 1, 5, 6");
        } catch (error const& e) {
            kept = e;
        }
    }
    s.demand(kept.has_value(), "a duplicate is refused");
    error const copy = *kept;
    kept.reset();
    s.equal(error_kind::unique_violation, copy.kind(), "the kind after the connection has gone");
    s.check(!copy.info().native_message.empty(), "the database's words are still there");
    s.check(std::string_view(copy.what()).find('\n') == std::string_view::npos,
            "what() is one line");
}

constexpr case_entry error_constraints_table[] = {
    {"ERR-01",
     "A duplicate is a unique_violation that names the constraint and its columns; NULLs are no "
     "duplicates.",
     &unique},
    {"ERR-02", "A duplicate primary key is a unique_violation and no other constraint is named.",
     &primary_key},
    {"ERR-03",
     "A broken reference is a foreign_key_violation that names it: on insert and update of the "
     "child and on delete of the parent.",
     &foreign_key},
    {"ERR-04", "A value that a check forbids is a check_violation with the name of the check.",
     &check},
    {"ERR-05",
     "NULL, or a column left out, where none is allowed is a not_null_violation that names the "
     "column.",
     &not_null},
    {"ERR-14",
     "An error can be copied and read after its connection has gone, with the database's own code "
     "and words.",
     &errors_outlive_their_connection},
    {"ERR-15", "No bound value is in what() of an error, by whichever way it was sent.",
     &values_stay_hidden},
};

}  // namespace

std::span<case_entry const> error_constraints_cases() { return error_constraints_table; }

}  // namespace relata::conformance
