// SPDX-License-Identifier: BSL-1.0
//
// The works on the C API of SQLite, written as by somebody who knows it: no mutex, statements
// prepared once, values bound in place, columns read by type, times by hand.

#include "civil_time.hpp"
#include "variants.hpp"

#include <sqlite3.h>

#include <stdexcept>

namespace bench {
namespace {

class statement {
public:
    statement(sqlite3* db, char const* sql) {
        if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &handle, nullptr) !=
            SQLITE_OK)
            throw std::runtime_error(sqlite3_errmsg(db));
    }
    statement(statement const&) = delete;
    statement& operator=(statement const&) = delete;
    ~statement() { sqlite3_finalize(handle); }

    bool step() {
        int const code = sqlite3_step(handle);
        if (code == SQLITE_ROW) return true;
        if (code != SQLITE_DONE)
            throw std::runtime_error(sqlite3_errmsg(sqlite3_db_handle(handle)));
        return false;
    }

    sqlite3_stmt* handle = nullptr;
};

std::string text_of(sqlite3_stmt* s, int column) {
    auto const* text = reinterpret_cast<char const*>(sqlite3_column_text(s, column));
    return std::string(text, std::size_t(sqlite3_column_bytes(s, column)));
}
relata::timestamp time_of(sqlite3_stmt* s, int column) {
    auto const* text = reinterpret_cast<char const*>(sqlite3_column_text(s, column));
    if (!text || sqlite3_column_bytes(s, column) != time_text_size)
        throw std::runtime_error("not a time");
    return from_micros(micros_of(text));
}
template <class Item> void read(sqlite3_stmt* s, Item& to) {
    to.id = sqlite3_column_int64(s, 0);
    auto const* name = reinterpret_cast<char const*>(sqlite3_column_text(s, 1));
    to.name.assign(name, std::size_t(sqlite3_column_bytes(s, 1)));
    to.price = sqlite3_column_double(s, 2);
    to.qty = sqlite3_column_int(s, 3);
    to.created = time_of(s, 4);
    if (auto const* note = reinterpret_cast<char const*>(sqlite3_column_text(s, 5)))
        to.note.emplace(note, std::size_t(sqlite3_column_bytes(s, 5)));
    else to.note.reset();
}

class raw_sqlite final : public subject {
public:
    explicit raw_sqlite(std::string const& path) {
        if (sqlite3_open_v2(path.c_str(), &db_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
                            nullptr) != SQLITE_OK)
            throw std::runtime_error(sqlite3_errmsg(db_));
        run("PRAGMA locking_mode = exclusive; PRAGMA journal_mode = memory; PRAGMA synchronous = "
            "off");
    }
    ~raw_sqlite() override {
        select_.reset();
        insert_.reset();
        sqlite3_close(db_);
    }

    char const* name() const override { return "raw"; }

    items scan() override {
        return read_all<item>("SELECT id, name, price, qty, created, note FROM item");
    }
    std::uint64_t written() override {
        return checksum(read_all<item_copy>(
            "SELECT id, name, price, qty, created, note FROM item_copy ORDER BY id"));
    }

    std::int64_t select_adhoc(keys const& wanted) override { return select_prepared(wanted); }
    std::int64_t select_prepared(keys const& wanted) override {
        if (!select_)
            select_ = std::make_unique<statement>(
                db_, "SELECT id, name, price, qty, created, note FROM item WHERE id = ?");
        std::int64_t sum = 0;
        for (std::int64_t const key : wanted) {
            sqlite3_bind_int64(select_->handle, 1, key);
            item found;
            if (select_->step()) {
                read(select_->handle, found);
                sum += weight(found);
            }
            sqlite3_reset(select_->handle);
        }
        return sum;
    }

    void insert(copies const& rows) override { bulk(rows); }
    void bulk(copies const& rows) override {
        if (!insert_)
            insert_ =
                std::make_unique<statement>(db_, "INSERT INTO item_copy (id, name, price, qty, "
                                                 "created, note) VALUES (?, ?, ?, ?, ?, ?)");
        run("BEGIN IMMEDIATE");
        for (auto const& row : rows) insert(row);
        run("COMMIT");
    }

    std::vector<group_row> report(std::int64_t last) override {
        statement s(
            db_, "SELECT s.label, count(*), sum(i.price), max(i.created) FROM item i "
                 "JOIN shelf s ON i.qty = s.id WHERE i.id <= ? GROUP BY s.label ORDER BY s.label");
        sqlite3_bind_int64(s.handle, 1, last);
        std::vector<group_row> rows;
        while (s.step())
            rows.push_back({text_of(s.handle, 0), sqlite3_column_int64(s.handle, 1),
                            sqlite3_column_double(s.handle, 2), time_of(s.handle, 3)});
        return rows;
    }

    std::int64_t stream() override {
        statement s(db_, "SELECT id, name, price, qty, created, note FROM item CROSS JOIN digit");
        item row;
        std::int64_t sum = 0;
        while (s.step()) {
            read(s.handle, row);
            sum += weight(row);
        }
        return sum;
    }

    void clear() override { run("DELETE FROM item_copy"); }

private:
    template <class Item> std::vector<Item> read_all(char const* sql) {
        statement s(db_, sql);
        std::vector<Item> rows;
        while (s.step()) read(s.handle, rows.emplace_back());
        return rows;
    }
    void insert(item_copy const& row) {
        sqlite3_stmt* const s = insert_->handle;
        char time[time_text_size];
        write_time(time, micros_of(row.created));
        int failed = sqlite3_bind_int64(s, 1, row.id);
        failed |= sqlite3_bind_text(s, 2, row.name.data(), int(row.name.size()), SQLITE_STATIC);
        failed |= sqlite3_bind_double(s, 3, row.price);
        failed |= sqlite3_bind_int(s, 4, row.qty);
        failed |= sqlite3_bind_text(s, 5, time, time_text_size, SQLITE_STATIC);
        if (row.note)
            failed |=
                sqlite3_bind_text(s, 6, row.note->data(), int(row.note->size()), SQLITE_STATIC);
        else failed |= sqlite3_bind_null(s, 6);
        if (failed) throw std::runtime_error(sqlite3_errmsg(db_));
        insert_->step();
        sqlite3_reset(s);
    }
    void run(char const* sql) {
        if (sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
            throw std::runtime_error(sqlite3_errmsg(db_));
    }

    sqlite3* db_ = nullptr;
    std::unique_ptr<statement> select_, insert_;
};

}  // namespace

std::unique_ptr<subject> make_raw(target const& where) {
    return std::make_unique<raw_sqlite>(where.database);
}

}  // namespace bench
