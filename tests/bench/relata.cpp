// SPDX-License-Identifier: BSL-1.0
//
// The works as a user of relata writes them; the same text for every engine.

#include "variants.hpp"

#include <relata/relata.hpp>

namespace bench {
namespace {

using namespace relata;

// Like the hand-written program: one connection, and a file that nobody else uses.
std::string tuned(target const& where) {
    if (!is_file(where))
        return where.url + (where.url.find('?') == std::string::npos ? "?" : "&") + "pool_size=1";
    return "sqlite:" + where.database +
           "?pool_size=1&journal_mode=memory&synchronous=off&locking_mode=exclusive";
}

auto by_key(std::int64_t key) { return from<item>().where(col<&item::id> == key); }

class relata_subject final : public subject {
public:
    explicit relata_subject(target const& where) : db_(open(tuned(where))) {}

    char const* name() const override { return "relata"; }

    items scan() override { return db_.all(from<item>()); }
    std::uint64_t written() override {
        return checksum(db_.all(from<item_copy>().order_by(col<&item_copy::id>)));
    }
    std::int64_t select_adhoc(keys const& wanted) override {
        std::int64_t sum = 0;
        for (std::int64_t const key : wanted)
            if (auto const found = db_.first(by_key(key))) sum += weight(*found);
        return sum;
    }
    std::int64_t find(keys const& wanted) override {
        std::int64_t sum = 0;
        for (std::int64_t const key : wanted)
            if (auto const found = db_.find<item>(key)) sum += weight(*found);
        return sum;
    }
    std::int64_t select_prepared(keys const& wanted) override {
        // as the hand-written program: one statement of one connection
        connection const c = db_.connect();
        auto const by_id =
            c.prepare(from<item>().where(col<&item::id> == placeholder<"id", std::int64_t>));
        std::int64_t sum = 0;
        for (std::int64_t const key : wanted)
            if (auto const found = by_id.first(key)) sum += weight(*found);
        return sum;
    }
    void insert(copies const& rows) override {
        db_.transaction([&](transaction& tx) {
            for (auto const& row : rows) tx.insert(row);
        });
    }
    void bulk(copies const& rows) override { db_.insert_all(rows); }
    std::vector<group_row> report(std::int64_t last) override {
        return db_.all(from<item>()
                           .join<shelf>(col<&item::qty> == col<&shelf::id>)
                           .where(col<&item::id> <= last)
                           .group_by(col<&shelf::label>)
                           .order_by(col<&shelf::label>)
                           .select_as<group_row>(col<&shelf::label>, count(),
                                                 sum(col<&item::price>), max(col<&item::created>)));
    }
    std::int64_t stream() override {
        std::int64_t sum = 0;
        for (item const& row : db_.stream(from<item>().cross_join<digit>())) sum += weight(row);
        return sum;
    }
    void clear() override { db_.execute(delete_from<item_copy>().all_rows()); }

private:
    database db_;
};

constexpr char const plain_copy[] =
    "DROP TABLE item_copy;"
    "CREATE TABLE item_copy (id INTEGER PRIMARY KEY, name TEXT NOT NULL, price REAL NOT NULL,"
    " qty INTEGER NOT NULL, created TEXT NOT NULL, note TEXT) STRICT";

}  // namespace

std::unique_ptr<subject> make_relata(target const& where) {
    return std::make_unique<relata_subject>(where);
}

void load(target const& where, std::int64_t rows, bool plain) {
    auto const db = open(tuned(where));
    db.drop_tables<item, item_copy, shelf, digit>();
    db.create_tables<item, item_copy, shelf, digit>();
    if (plain) db.script(plain_copy);
    std::vector<shelf> shelves;
    for (std::int32_t i = 0; i < shelf_count; ++i)
        shelves.push_back({i, "shelf " + std::to_string(i)});
    db.insert_all(shelves);
    std::vector<digit> digits;
    for (std::int32_t i = 0; i < 10; ++i) digits.push_back({i});
    db.insert_all(digits);
    std::vector<item> all;
    for (auto& row : make_copies(rows))
        all.push_back(
            {row.id, std::move(row.name), row.price, row.qty, row.created, std::move(row.note)});
    db.insert_all(all);
}

}  // namespace bench
