// SPDX-License-Identifier: BSL-1.0
//
// The works as the manual of libpqxx writes them; PostgreSQL only.

#include "civil_time.hpp"
#include "variants.hpp"

#include <pqxx/pqxx>

namespace bench {
namespace {

// `YYYY-MM-DD HH:MM:SS`, the fraction only where there is one: here there is none.
std::int64_t read_time(char const* text) {
    char padded[time_text_size + 1] = "0000-00-00 00:00:00.000000";
    for (int i = 0; text[i] != '\0' && i < time_text_size; ++i) padded[i] = text[i];
    return micros_of(padded);
}
std::string spell_time(relata::timestamp time) {
    std::string text(time_text_size, ' ');
    write_time(text.data(), micros_of(time));
    return text;
}

template <class Row, class Item> void read(Row const& row, Item& to) {
    to.id = row[0].template as<std::int64_t>();
    to.name = row[1].template as<std::string>();
    to.price = row[2].template as<double>();
    to.qty = row[3].template as<int>();
    to.created = from_micros(read_time(row[4].c_str()));
    if (row[5].is_null()) to.note.reset();
    else to.note = row[5].template as<std::string>();
}

class pqxx_subject final : public subject {
public:
    explicit pqxx_subject(target const& where) : connection_(where.url) {
        connection_.prepare("select",
                            "SELECT id, name, price, qty, created, note FROM item WHERE id = $1");
        connection_.prepare("insert", "INSERT INTO item_copy (id, name, price, qty, created, note) "
                                      "VALUES ($1, $2, $3, $4, $5, $6)");
    }

    char const* name() const override { return "libpqxx"; }
    bool offers(work w) const override { return w != work::stream; }  // COPY of whole tables only

    items scan() override {
        return read_all<item>("SELECT id, name, price, qty, created, note FROM item");
    }
    std::uint64_t written() override {
        return checksum(read_all<item_copy>(
            "SELECT id, name, price, qty, created, note FROM item_copy ORDER BY id"));
    }
    std::int64_t select_adhoc(keys const& wanted) override {
        pqxx::nontransaction tx(connection_);
        std::int64_t sum = 0;
        for (std::int64_t const key : wanted)
            sum += weigh(tx.exec_params(
                "SELECT id, name, price, qty, created, note FROM item WHERE id = $1", key));
        return sum;
    }
    std::int64_t select_prepared(keys const& wanted) override {
        pqxx::nontransaction tx(connection_);
        std::int64_t sum = 0;
        for (std::int64_t const key : wanted) sum += weigh(tx.exec_prepared("select", key));
        return sum;
    }
    void insert(copies const& rows) override {
        pqxx::work tx(connection_);
        for (auto const& row : rows)
            tx.exec_prepared0("insert", row.id, row.name, row.price, row.qty,
                              spell_time(row.created), row.note ? row.note->c_str() : nullptr);
        tx.commit();
    }
    void bulk(copies const& rows) override {
        pqxx::work tx(connection_);
        pqxx::stream_to to(
            tx, "item_copy",
            std::vector<std::string>{"id", "name", "price", "qty", "created", "note"});
        for (auto const& row : rows)
            to << std::make_tuple(row.id, row.name, row.price, row.qty, spell_time(row.created),
                                  row.note ? row.note->c_str() : static_cast<char const*>(nullptr));
        to.complete();
        tx.commit();
    }
    std::vector<group_row> report(std::int64_t last) override {
        pqxx::nontransaction tx(connection_);
        auto const found = tx.exec_params(
            "SELECT s.label, count(*), sum(i.price), max(i.created) FROM item i JOIN shelf s "
            "ON i.qty = s.id WHERE i.id <= $1 GROUP BY s.label ORDER BY s.label COLLATE \"C\"",
            last);
        std::vector<group_row> rows;
        rows.reserve(found.size());
        for (auto const& row : found)
            rows.push_back({row[0].as<std::string>(), row[1].as<std::int64_t>(),
                            row[2].as<double>(), from_micros(read_time(row[3].c_str()))});
        return rows;
    }
    std::int64_t stream() override { return 0; }
    void clear() override {
        pqxx::nontransaction tx(connection_);
        tx.exec0("TRUNCATE item_copy");
    }

private:
    static std::int64_t weigh(pqxx::result const& found) {
        item row;
        if (found.empty()) return 0;
        read(found[0], row);
        return weight(row);
    }
    template <class Item> std::vector<Item> read_all(char const* query) {
        pqxx::nontransaction tx(connection_);
        auto const found = tx.exec(query);
        std::vector<Item> rows;
        rows.reserve(found.size());
        for (auto const& row : found) read(row, rows.emplace_back());
        return rows;
    }

    pqxx::connection connection_;
};

}  // namespace

std::unique_ptr<subject> make_pqxx(target const& where) {
    return std::make_unique<pqxx_subject>(where);
}

}  // namespace bench
