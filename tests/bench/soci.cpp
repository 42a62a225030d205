// SPDX-License-Identifier: BSL-1.0
//
// The works as SOCI's manual writes them, with one courtesy: statements that can be prepared once are.

#include "civil_time.hpp"
#include "variants.hpp"

#include <soci/soci.h>

#include <ctime>

namespace bench {
namespace {

std::string connect_text(target const& where) {
    if (is_file(where)) return "sqlite3://db=" + where.database;
    bool const mysql = where.scheme != "postgresql";
    std::string text = mysql ? "mysql://db=" : "postgresql://dbname=";
    text += where.database + " host=" + where.host + " user=" + where.user;
    if (!where.port.empty()) text += " port=" + where.port;
    return text;
}

std::int64_t micros_of_tm(std::tm const& t) {
    return micros_of(civil{t.tm_year + 1900, unsigned(t.tm_mon) + 1, unsigned(t.tm_mday),
                           unsigned(t.tm_hour), unsigned(t.tm_min), unsigned(t.tm_sec), 0});
}
std::tm tm_of(relata::timestamp time) {
    civil const c = civil_of(micros_of(time));
    std::tm t{};
    t.tm_year = c.year - 1900, t.tm_mon = int(c.month) - 1, t.tm_mday = int(c.day);
    t.tm_hour = int(c.hour), t.tm_min = int(c.minute), t.tm_sec = int(c.second);
    t.tm_isdst = -1;
    return t;
}

// A row as SOCI exchanges it. It writes no fraction of a second, and a file keeps the text that it is
// given: there the time goes as text.
struct buffer {
    long long id = 0;
    std::string name, note, time_text;
    double price = 0;
    int qty = 0;
    std::tm time{};
    soci::indicator has_note = soci::i_null;

    template <class Item> void store(Item& to, bool as_text) const {
        to.id = id, to.name = name, to.price = price, to.qty = qty;
        to.created = from_micros(as_text ? micros_of(time_text.c_str()) : micros_of_tm(time));
        if (has_note == soci::i_ok) to.note = note;
        else to.note.reset();
    }
    void load(item_copy const& from, bool as_text) {
        id = from.id, name = from.name, price = from.price, qty = from.qty;
        if (as_text) {
            time_text.resize(time_text_size);
            write_time(time_text.data(), micros_of(from.created));
        } else {
            time = tm_of(from.created);
        }
        has_note = from.note ? soci::i_ok : soci::i_null;
        note = from.note.value_or(std::string());
    }
};

class soci_subject final : public subject {
public:
    explicit soci_subject(target const& where) : text_(is_file(where)), sql_(connect_text(where)) {
        if (text_) {
            sql_ << "PRAGMA locking_mode = exclusive";
            sql_ << "PRAGMA journal_mode = memory";
            sql_ << "PRAGMA synchronous = off";
        } else if (where.scheme == "postgresql") {
            sql_ << "SET TIME ZONE 'UTC'";
        }
    }

    char const* name() const override { return "SOCI"; }

    items scan() override {
        return read_all<item>("SELECT id, name, price, qty, created, note FROM item");
    }
    std::uint64_t written() override {
        return checksum(read_all<item_copy>(
            "SELECT id, name, price, qty, created, note FROM item_copy ORDER BY id"));
    }
    std::int64_t select_adhoc(keys const& wanted) override {
        std::int64_t sum = 0;
        buffer b;
        for (long long const key : wanted) {
            item found;
            if (text_)
                sql_ << select, soci::use(key, "id"), soci::into(b.id), soci::into(b.name),
                    soci::into(b.price), soci::into(b.qty), soci::into(b.time_text),
                    soci::into(b.note, b.has_note);
            else
                sql_ << select, soci::use(key, "id"), soci::into(b.id), soci::into(b.name),
                    soci::into(b.price), soci::into(b.qty), soci::into(b.time),
                    soci::into(b.note, b.has_note);
            if (sql_.got_data()) {
                b.store(found, text_);
                sum += weight(found);
            }
        }
        return sum;
    }
    std::int64_t select_prepared(keys const& wanted) override {
        long long key = 0;
        buffer b;
        soci::statement s(sql_);
        s.exchange(soci::use(key, "id"));
        bind_result(s, b);
        s.alloc();
        s.prepare(select);
        s.define_and_bind();
        std::int64_t sum = 0;
        for (long long const wanted_key : wanted) {
            key = wanted_key;
            item found;
            if (s.execute(true)) {
                b.store(found, text_);
                sum += weight(found);
            }
        }
        return sum;
    }
    void insert(copies const& rows) override {
        soci::transaction t(sql_);
        buffer b;
        soci::statement s(sql_);
        s.exchange(soci::use(b.id, "id")), s.exchange(soci::use(b.name, "name"));
        s.exchange(soci::use(b.price, "price")), s.exchange(soci::use(b.qty, "qty"));
        if (text_) s.exchange(soci::use(b.time_text, "created"));
        else s.exchange(soci::use(b.time, "created"));
        s.exchange(soci::use(b.note, b.has_note, "note"));
        s.alloc();
        s.prepare(insert_text);
        s.define_and_bind();
        for (auto const& row : rows) {
            b.load(row, text_);
            s.execute(true);
        }
        t.commit();
    }
    void bulk(copies const& rows) override {
        soci::transaction t(sql_);
        constexpr std::size_t most = 1000;
        for (std::size_t i = 0; i < rows.size(); i += most)
            insert_chunk(rows.data() + i, rows.size() - i < most ? rows.size() - i : most);
        t.commit();
    }
    std::vector<group_row> report(std::int64_t last) override {
        group_row row;
        long long count = 0;
        double value = 0;
        std::tm newest{};
        std::string newest_text;
        soci::statement s(sql_);
        long long const up_to = last;
        s.exchange(soci::use(up_to, "last"));
        s.exchange(soci::into(row.label)), s.exchange(soci::into(count)),
            s.exchange(soci::into(value));
        if (text_) s.exchange(soci::into(newest_text));
        else s.exchange(soci::into(newest));
        s.alloc();
        s.prepare("SELECT s.label, count(*), sum(i.price), max(i.created) FROM item i JOIN shelf s "
                  "ON i.qty = s.id WHERE i.id <= :last GROUP BY s.label ORDER BY s.label");
        s.define_and_bind();
        s.execute();
        std::vector<group_row> rows;
        while (s.fetch()) {
            row.items = count;
            row.value = value;
            row.newest = from_micros(text_ ? micros_of(newest_text.c_str()) : micros_of_tm(newest));
            rows.push_back(row);
        }
        return rows;
    }
    std::int64_t stream() override {
        buffer b;
        soci::statement s(sql_);
        bind_result(s, b);
        s.alloc();
        s.prepare("SELECT id, name, price, qty, created, note FROM item CROSS JOIN digit");
        s.define_and_bind();
        s.execute();
        item row;
        std::int64_t sum = 0;
        while (s.fetch()) {
            b.store(row, text_);
            sum += weight(row);
        }
        return sum;
    }
    bool offers(work w) const override {
        // It reads whole results from servers.
        return w != work::stream || text_;
    }
    void clear() override { sql_ << "DELETE FROM item_copy"; }

private:
    static constexpr char const* select =
        "SELECT id, name, price, qty, created, note FROM item WHERE id = :id";
    static constexpr char const* insert_text =
        "INSERT INTO item_copy (id, name, price, qty, created, note) "
        "VALUES (:id, :name, :price, :qty, :created, :note)";

    void bind_result(soci::statement& s, buffer& b) const {
        s.exchange(soci::into(b.id)), s.exchange(soci::into(b.name)),
            s.exchange(soci::into(b.price));
        s.exchange(soci::into(b.qty));
        if (text_) s.exchange(soci::into(b.time_text));
        else s.exchange(soci::into(b.time));
        s.exchange(soci::into(b.note, b.has_note));
    }
    template <class Item> std::vector<Item> read_all(char const* query) {
        buffer b;
        soci::statement s(sql_);
        bind_result(s, b);
        s.alloc();
        s.prepare(query);
        s.define_and_bind();
        s.execute();
        std::vector<Item> rows;
        while (s.fetch()) b.store(rows.emplace_back(), text_);
        return rows;
    }
    // A statement for each chunk: one that is used again sends the first chunk again.
    void insert_chunk(item_copy const* rows, std::size_t count) {
        std::vector<long long> id(count);
        std::vector<std::string> name(count), note(count), time_text(count);
        std::vector<double> price(count);
        std::vector<int> qty(count);
        std::vector<std::tm> time(count);
        std::vector<soci::indicator> has_note(count);
        for (std::size_t i = 0; i < count; ++i) {
            buffer b;
            b.load(rows[i], text_);
            id[i] = b.id, name[i] = b.name, price[i] = b.price, qty[i] = b.qty;
            time[i] = b.time, time_text[i] = b.time_text, note[i] = b.note,
            has_note[i] = b.has_note;
        }
        if (text_)
            sql_ << insert_text, soci::use(id, "id"), soci::use(name, "name"),
                soci::use(price, "price"), soci::use(qty, "qty"), soci::use(time_text, "created"),
                soci::use(note, has_note, "note");
        else
            sql_ << insert_text, soci::use(id, "id"), soci::use(name, "name"),
                soci::use(price, "price"), soci::use(qty, "qty"), soci::use(time, "created"),
                soci::use(note, has_note, "note");
    }

    bool text_;
    soci::session sql_;
};

}  // namespace

std::unique_ptr<subject> make_soci(target const& where) {
    return std::make_unique<soci_subject>(where);
}

}  // namespace bench
