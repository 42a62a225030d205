// SPDX-License-Identifier: BSL-1.0
//
// Errors that the SQL of only some databases can make: triggers, codes of one's own, constraints that
// wait for the commit or that exclude.

#include "conformance/case.hpp"
#include "conformance/native_sql.hpp"
#include "conformance/network.hpp"

#include <fmt/format.h>

namespace relata::conformance {
namespace {

void unharmed(subject& s, error_info const& info, schema::table const& table, std::int64_t rows,
              std::string const& what) {
    s.equal(outcome::rejected, info.outcome, what + ": the outcome");
    s.check(info.connection_usable, what + ": the connection stays usable");
    s.check(info.native_code != 0 || !info.sqlstate.empty(), what + ": the code is there");
    s.equal(rows, count(s.connection(), table), what + ": rows afterwards");
}

void exclusion(subject& s) {
    auto& c = s.connection();
    schema::table table;
    table.name = s.fresh_name();
    s.drop_later(table.name);
    auto const name = quoted(c, table.name);
    auto const rule = table.name + "_x";
    s.needs(first_taken(s, c,
                        {{fmt::format("CREATE TABLE {} (id BIGINT PRIMARY KEY, span int4range, "
                                      "CONSTRAINT {} EXCLUDE USING gist (span WITH &&))",
                                      name, quoted(c, rule))}})
                .has_value(),
            "exclusion constraints in the SQL of the database");
    execute(c, fmt::format("INSERT INTO {} VALUES (1, '[1,5)'), (2, '[5,9)')", name));
    auto const info = s.throws(
        error_kind::constraint_violation,
        [&] { execute(c, fmt::format("INSERT INTO {} VALUES (3, '[4,6)')", name)); },
        "a span that overlaps");
    unharmed(s, info, table, 2, "a span that overlaps");
    if (s.can().constraint_names) s.equal(rule, info.constraint, "the constraint's name");
}

// What a trigger says, with all that could spoil a message.
constexpr char const* awkward_words = "kit: \"no\", 100% {} \n not here";

void trigger(subject& s) {
    auto& c = s.connection();
    auto const& table = s.create(table_of({column<std::int64_t>("id")}));
    auto const name = quoted(c, table.name);
    auto const made = quoted(c, table.name + "_g");
    auto const taken = first_taken(
        s, c,
        {{fmt::format("CREATE TRIGGER {} BEFORE INSERT ON {} BEGIN SELECT RAISE(ABORT, '{}'); END",
                      made, name, awkward_words)},
         {fmt::format("CREATE TRIGGER {} BEFORE INSERT ON {} FOR EACH ROW "
                      "SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '{}'",
                      made, name, awkward_words)},
         {fmt::format("CREATE FUNCTION {}() RETURNS trigger LANGUAGE plpgsql AS "
                      "$kit$ BEGIN RAISE EXCEPTION '%', '{}'; END $kit$",
                      made, awkward_words),
          fmt::format("CREATE TRIGGER {} BEFORE INSERT ON {} FOR EACH ROW EXECUTE PROCEDURE {}()",
                      made, name, made)}});
    s.needs(taken.has_value(), "triggers in the SQL of the database");
    std::optional<undo> function;
    if (taken == 2) function.emplace(s, spelling{fmt::format("DROP FUNCTION {}() CASCADE", made)});
    for (auto const way : {path::ad_hoc, path::prepared, path::object}) {
        auto const what = fmt::format("a trigger, {}", name_of(way));
        auto const info = s.throws(
            {error_kind::constraint_violation, error_kind::unknown},
            [&] { store(c, table, {{value(1L)}}, way); }, what);
        s.check(info.native_message.find(awkward_words) != std::string::npos,
                what + ": its words come through whole");
        unharmed(s, info, table, 0, what);
    }
}

void deferred(subject& s) {
    auto& c = s.connection();
    schema::table parent, child;
    parent.name = s.fresh_name("p");
    child.name = s.fresh_name("c");
    s.drop_later(parent.name);
    s.drop_later(child.name);
    auto const rule = child.name + "_r";
    c.script(
        fmt::format("CREATE TABLE {} (id BIGINT NOT NULL PRIMARY KEY)", quoted(c, parent.name)));
    s.needs(
        first_taken(s, c,
                    {{fmt::format("CREATE TABLE {} (id BIGINT NOT NULL PRIMARY KEY, p BIGINT, "
                                  "CONSTRAINT {} FOREIGN KEY (p) REFERENCES {} (id) "
                                  "DEFERRABLE INITIALLY DEFERRED)",
                                  quoted(c, child.name), quoted(c, rule), quoted(c, parent.name))}})
            .has_value(),
        "deferrable constraints in the SQL of the database");
    auto const orphan = fmt::format("INSERT INTO {} VALUES (1, 7)", quoted(c, child.name));
    c.begin(isolation::read_committed, false);
    execute(c, orphan);
    auto const info =
        s.throws(error_kind::foreign_key_violation, [&] { c.commit(); }, "a commit with an orphan");
    s.check(info.transaction == c.transaction() ||
                info.transaction == transaction_state::rolled_back,
            "the state that the error tells");
    if (c.transaction() != transaction_state::none) c.rollback();
    s.equal(transaction_state::none, c.transaction(), "the state after the rollback");
    s.equal(0, count(c, child), "rows after a commit that was refused");
    c.begin(isolation::read_committed, false);
    execute(c, orphan);
    execute(c, fmt::format("INSERT INTO {} VALUES (7)", quoted(c, parent.name)));
    c.commit();
    s.equal(1, count(c, child), "rows after the parent came in time");
}

// A code that a statement gives to its own error.
void own_code(subject& s) {
    auto& c = s.connection();
    bool known = false;
    for (std::string const sql :
         {"SIGNAL SQLSTATE 'ZZ123' SET MESSAGE_TEXT = 'kit'",
          "DO $kit$ BEGIN RAISE EXCEPTION 'kit' USING ERRCODE = 'ZZ123'; END $kit$"}) {
        try {
            c.script(sql);
            s.check(false, "an error that a statement raises is thrown");
        } catch (error const& e) {
            if (e.kind() == error_kind::syntax) continue;
            known = true;
            s.equal(error_kind::unknown, e.kind(), "the kind of a code that nobody knows");
            s.equal(std::string("ZZ123"), e.info().sqlstate, "the code comes through");
            s.check(e.info().connection_usable, "the connection stays usable");
        }
    }
    s.equal(1, read_column<std::int64_t>(c, "SELECT 1").at(0), "the next answer");
    if (!s.can().server_process) s.needs(known, "statements that raise an error");
}

// The server's answer to a wrong statement, one of its bytes inverted.
// Whether an error came of it.
bool garbled(subject& s, network& net, std::uint64_t at) {
    auto const what = fmt::format("byte {} of the error is wrong", at);
    bool const limited = has_option(s, "read_timeout");
    auto const c = net.connect(limited ? url_options{{"read_timeout", "1"}} : url_options{});
    net.proxy.when(after_bytes(way::to_client, at), fault::corrupt);
    bool usable = true, thrown = false;
    s.step(what);
    try {
        c->script("SELEKT 1");
    } catch (error const& e) {
        thrown = true;
        usable = e.info().connection_usable;
        s.check(std::string_view(e.what()).find('\n') == std::string_view::npos,
                what + ": what() is one line");
        s.check(usable || !c->alive(false), what + ": what is not usable is dead");
    }
    net.proxy.clear();
    if (!usable) return thrown;
    try {
        s.equal(1, read_column<std::int64_t>(*c, "SELECT 1").at(0), what + ": the next answer");
    } catch (error const& e) {
        // a wrong length leaves bytes that nobody expects
        s.check(!e.info().connection_usable, what + ": what gives no answer is dead");
    }
    return thrown;
}

void unknown_codes(subject& s) {
    own_code(s);
    if (!s.can().server_process) return;
    network net(s);
    net.needs_messages();
    // the first bytes tell a length: with them wrong, only a time limit ends the wait
    std::uint64_t const first = has_option(s, "read_timeout") ? 0 : 5;
    unsigned errors = 0;
    for (std::uint64_t at = first; at < 32; ++at) errors += garbled(s, net, at);
    // the byte that makes an error of an answer may be the one that is wrong
    s.check(errors + 1 >= 32 - first, "an error that was garbled is an error");
}

constexpr case_entry error_native_table[] = {
    {"ERR-06", "A violated exclusion constraint is a constraint_violation that names it.",
     &exclusion},
    {"ERR-16",
     "An error with a code that nobody knows is unknown and keeps the code; one that was garbled "
     "on "
     "the way is an error all the same, and the connection is either right or dead.",
     &unknown_codes, nullptr, 60, true},
    {"ERR-18", "An error that a trigger raises comes through with its words, whatever is in them.",
     &trigger},
    {"TXN-08",
     "A deferred constraint that fails at the commit is told as that constraint, and nothing of "
     "the "
     "transaction stays.",
     &deferred},
};

}  // namespace

std::span<case_entry const> error_native_cases() { return error_native_table; }

}  // namespace relata::conformance
