// SPDX-License-Identifier: BSL-1.0
//
// Generated keys: the key that an insert reports is that of its row.

#include "conformance/case.hpp"
#include "conformance/native_sql.hpp"
#include "conformance/storage.hpp"
#include "conformance/subject.hpp"

#include <relata/schema/table.hpp>
#include <relata/sql/change.hpp>
#include <relata/sql/select.hpp>

#include <algorithm>
#include <limits>

namespace relata::conformance {

struct keyed_note {
    std::int64_t id{};
    std::string word;
    std::int32_t weight{};
};
struct keyed_copy {
    std::int64_t id{};
    std::string word;
};
struct named_note {
    std::string name;
    std::int32_t part{};
    std::string word;
};

}  // namespace relata::conformance

template <>
inline constexpr auto relata::table<relata::conformance::keyed_note> =
    relata::describe<relata::conformance::keyed_note>("relata_kit_notes")
        .key<&relata::conformance::keyed_note::id>(relata::generated)
        .unique<&relata::conformance::keyed_note::word>();
template <>
inline constexpr auto relata::table<relata::conformance::keyed_copy> =
    relata::describe<relata::conformance::keyed_copy>("relata_kit_copies")
        .key<&relata::conformance::keyed_copy::id>(relata::generated);
template <>
inline constexpr auto relata::table<relata::conformance::named_note> =
    relata::describe<relata::conformance::named_note>("relata_kit_names")
        .key<&relata::conformance::named_note::name, &relata::conformance::named_note::part>();

namespace relata::conformance {
namespace {

database with_tables(subject& s) {
    for (auto const* name : {"relata_kit_notes", "relata_kit_copies", "relata_kit_names"})
        s.drop_later(name);
    auto const db = s.open("pool_size=2");
    db.drop_tables<keyed_note, keyed_copy, named_note>();
    db.create_tables<keyed_note, keyed_copy, named_note>();
    return db;
}

std::string word(std::int64_t i) { return "word " + std::to_string(i); }

void single_inserts(subject& s) {
    auto const db = with_tables(s);
    std::int64_t before = 0;
    for (std::int64_t i = 0; i < 50; ++i) {
        auto const note = db.insert(keyed_note{0, word(i), 1});
        s.check(note.id > before, "a key is greater than the one before");
        before = note.id;
        auto const found = db.find<keyed_note>(note.id);
        s.check(found && found->word == note.word, "the key finds the row that was inserted");
    }
}

void returned_rows(subject& s) {
    s.needs(&driver::capabilities::returning);
    auto const db = with_tables(s);
    for (std::int64_t i = 0; i < 10; ++i) {
        auto const rows =
            db.all(insert_into<keyed_note>()
                       .set(col<&keyed_note::word> = word(i), col<&keyed_note::weight> = 7)
                       .returning(col<&keyed_note::id>, col<&keyed_note::weight>));
        s.demand(rows.size() == 1, "an insert of one row returns one");
        s.equal(7, rows[0].m1, "a value that the insert returns");
        auto const found = db.find<keyed_note>(rows[0].m0);
        s.check(found && found->word == word(i), "the returned key finds its row");
    }
}

void no_stale_key(subject& s) {
    auto const db = with_tables(s);
    auto const first = db.insert(keyed_note{0, "one", 1});
    s.throws(
        error_kind::unique_violation, [&] { (void)db.insert(keyed_note{0, "one", 2}); },
        "a duplicate");
    auto const third = db.insert(keyed_note{0, "three", 3});
    s.check(third.id > first.id, "the next key is a new one");
    s.equal(2, db.all(from<keyed_note>()).size(), "rows");
}

void other_tables_do_not_matter(subject& s) {
    auto const db = with_tables(s);
    for (int i = 0; i < 5; ++i) (void)db.insert(keyed_copy{0, word(i)});
    auto const note = db.insert(keyed_note{0, "note", 1});
    auto const copy = db.insert(keyed_copy{0, "after"});
    s.check(db.find<keyed_note>(note.id).has_value(), "the key belongs to its table");
    auto const found = db.find<keyed_copy>(copy.id);
    s.check(found && found->word == "after", "and the other key to the other table");
    auto const held = db.connect();
    auto const a = held.insert(keyed_note{0, "a", 1});
    auto const b = db.insert(keyed_note{0, "b", 1});
    s.check(a.id != b.id && held.find<keyed_note>(a.id)->word == "a" &&
                held.find<keyed_note>(b.id)->word == "b",
            "keys of two connections do not mix");
}

void keys_that_the_program_gives(subject& s) {
    auto const db = with_tables(s);
    named_note const given{"größe", -3, "x"};
    db.insert(given);
    auto const found = db.find<named_note>(std::string("größe"), -3);
    s.check(found && found->word == "x", "a key of two columns finds its row");
    s.check(!db.find<named_note>(std::string("größe"), 3), "another key finds nothing");
    s.throws(error_kind::unique_violation, [&] { db.insert(given); }, "the same key again");
    s.equal(1, db.remove(given), "rows removed by the key");
    s.check(!db.find<named_note>(std::string("größe"), -3), "the row has gone");
}

void keys_in_a_rolled_back_transaction(subject& s) {
    auto const db = with_tables(s);
    std::int64_t lost = 0;
    {
        auto tx = db.begin();
        lost = tx.insert(keyed_note{0, "lost", 1}).id;
    }
    s.check(lost > 0, "a key inside a transaction");
    s.check(!db.find<keyed_note>(lost), "the row has gone with its transaction");
    (void)db.insert(keyed_note{0, "kept", 1});
    s.equal(std::string("kept"), db.one(from<keyed_note>()).word, "the only row");
}

void keys_of_several_rows(subject& s) {
    s.needs(&driver::capabilities::returning);
    s.needs(&driver::capabilities::row_lists);
    auto const db = with_tables(s);
    auto& c = s.connection();
    auto const sql = "INSERT INTO " + quoted(c, "relata_kit_copies") + " (" + quoted(c, "word") +
                     ") VALUES (?), (?), (?), (?), (?) RETURNING " + quoted(c, "id") + ", " +
                     quoted(c, "word");
    std::int64_t last = 0;
    for (std::int64_t round = 0; round < 10; ++round) {
        row_values words;
        for (std::int64_t i = 0; i < 5; ++i) words.emplace_back(word(round * 5 + i));
        auto const rows = read(c, sql, {&ops_of<std::int64_t>, &ops_of<std::string>}, words);
        s.equal(5, rows.size(), "rows that an insert of five returns");
        std::int64_t const before = last;
        for (auto const& row : rows) {
            auto const id = row[0].as<std::int64_t>();
            s.check(id > before, "a key is greater than those of the statement before");
            last = std::max(last, id);
            auto const found = db.find<keyed_copy>(id);
            s.check(found && found->word == row[1].as<std::string>(), "a key finds its row");
        }
    }
    s.equal(50, db.all(from<keyed_copy>()).size(), "rows");
}

void the_last_key(subject& s) {
    auto const db = with_tables(s);
    auto& c = s.connection();
    constexpr std::int64_t last = std::numeric_limits<std::int64_t>::max();
    auto const name = quoted(c, "relata_kit_copies"), id = quoted(c, "id");
    execute(c,
            "INSERT INTO " + name + " (" + id + ", " + quoted(c, "word") + ") VALUES (?, 'last')",
            {value(last)});
    s.equal(std::vector<std::int64_t>{last},
            read_column<std::int64_t>(c, "SELECT " + id + " FROM " + name), "the greatest key");
    // a sequence that does not look at its table is told where it stands
    (void)first_taken(s, c,
                      {{"SELECT setval(pg_get_serial_sequence('relata_kit_copies', 'id'), "
                        "9223372036854775807)"}});
    for (std::size_t rows = 1; rows < 4; ++rows) {
        try {
            auto const made = db.insert(keyed_copy{0, "next"});
            s.check(made.id != last, "a key is not given twice");
            auto const found = db.find<keyed_copy>(made.id);
            s.check(found && found->word == "next", "a free key finds its row");
            s.equal(rows + 1, db.all(from<keyed_copy>()).size(), "rows after a free key was found");
        } catch (error const& e) {
            s.check(e.info().connection_usable && e.info().outcome == outcome::rejected,
                    std::string("a sequence at its end: ") + e.what());
            s.equal(1, db.all(from<keyed_copy>()).size(), "rows after the sequence ended");
            return;
        }
    }
}

constexpr case_entry generated_keys_table[] = {
    {"GEN-01", "The key that an insert of one object reports finds the row that was inserted.",
     &single_inserts},
    {"GEN-02",
     "Where RETURNING is declared, an insert of several rows gives each of them its key, and the "
     "next key is a new one.",
     &keys_of_several_rows},
    {"GEN-03", "An insert that fails reports no key, least of all an old one.", &no_stale_key},
    {"GEN-04", "Inserts into other tables and by other connections do not change the key.",
     &other_tables_do_not_matter},
    {"GEN-05", "Keys that the program gives, of text and of several columns, find their rows.",
     &keys_that_the_program_gives},
    {"GEN-06", "Where RETURNING is declared an insert returns its key and its columns.",
     &returned_rows},
    {"GEN-07",
     "A key of 2^63-1 comes back exact, and a sequence that has come to its end is an error or "
     "finds a free key, but gives none twice.",
     &the_last_key},
    {"GEN-08", "A key that was given inside a transaction goes with its rollback.",
     &keys_in_a_rolled_back_transaction},
};

}  // namespace

std::span<case_entry const> generated_keys_cases() { return generated_keys_table; }

}  // namespace relata::conformance
