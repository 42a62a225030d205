// SPDX-License-Identifier: BSL-1.0
//
// The works on libpq, written as by somebody who knows it: prepared statements, values and results in
// binary format, COPY in binary format, single-row mode for what must not fit into memory.

#include "civil_time.hpp"
#include "variants.hpp"

#include <libpq-fe.h>

#include <bit>
#include <cstring>
#include <stdexcept>

namespace bench {
namespace {

constexpr std::int64_t postgresql_epoch =
    946'684'800'000'000;  // 2000-01-01 in microseconds of 1970

template <class T> T swapped(T value) {
    if constexpr (sizeof(T) == 2) return T(__builtin_bswap16(std::uint16_t(value)));
    else if constexpr (sizeof(T) == 4) return T(__builtin_bswap32(std::uint32_t(value)));
    else return T(__builtin_bswap64(std::uint64_t(value)));
}
template <class T> T load(char const* from) {
    T value;
    std::memcpy(&value, from, sizeof value);
    return swapped(value);
}
template <class T> void store(char* to, T value) {
    value = swapped(value);
    std::memcpy(to, &value, sizeof value);
}
double load_real(char const* from) { return std::bit_cast<double>(load<std::int64_t>(from)); }
relata::timestamp load_time(char const* from) {
    return from_micros(load<std::int64_t>(from) + postgresql_epoch);
}

class result {
public:
    result(PGconn* connection, PGresult* from) : handle(from) {
        auto const status = PQresultStatus(handle);
        if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK || status == PGRES_COPY_IN ||
            status == PGRES_SINGLE_TUPLE)
            return;
        PQclear(handle);
        throw std::runtime_error(PQerrorMessage(connection));
    }
    result(result const&) = delete;
    result& operator=(result const&) = delete;
    ~result() { PQclear(handle); }

    PGresult* handle;
};

template <class Item> void read(PGresult* r, int row, Item& to) {
    to.id = load<std::int64_t>(PQgetvalue(r, row, 0));
    to.name.assign(PQgetvalue(r, row, 1), std::size_t(PQgetlength(r, row, 1)));
    to.price = load_real(PQgetvalue(r, row, 2));
    to.qty = load<std::int32_t>(PQgetvalue(r, row, 3));
    to.created = load_time(PQgetvalue(r, row, 4));
    if (PQgetisnull(r, row, 5)) to.note.reset();
    else to.note.emplace(PQgetvalue(r, row, 5), std::size_t(PQgetlength(r, row, 5)));
}

constexpr Oid oid_int8 = 20, oid_int4 = 23, oid_text = 25, oid_float8 = 701, oid_timestamp = 1114;

// Rows in the format of a binary COPY, sent in pieces of 64 KiB.
class copy_writer {
public:
    explicit copy_writer(PGconn* connection) : connection_(connection) {
        put("PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19);
    }
    void add(item_copy const& row) {
        if (used_ + 100 + row.name.size() + (row.note ? row.note->size() : 0) > sizeof buffer_)
            send();
        number(std::int16_t(6));
        cell(row.id);
        text(row.name);
        cell(std::bit_cast<std::int64_t>(row.price));
        cell(row.qty);
        cell(micros_of(row.created) - postgresql_epoch);
        if (row.note) text(*row.note);
        else number(std::int32_t(-1));
    }
    void end() {
        number(std::int16_t(-1));
        send();
    }

private:
    void put(char const* data, std::size_t size) {
        std::memcpy(buffer_ + used_, data, size);
        used_ += size;
    }
    template <class T> void number(T value) {
        store(buffer_ + used_, value);
        used_ += sizeof value;
    }
    template <class T> void cell(T value) {
        number(std::int32_t(sizeof value));
        number(value);
    }
    void text(std::string const& value) {
        number(std::int32_t(value.size()));
        put(value.data(), value.size());
    }
    void send() {
        if (PQputCopyData(connection_, buffer_, int(used_)) != 1)
            throw std::runtime_error(PQerrorMessage(connection_));
        used_ = 0;
    }

    PGconn* connection_;
    std::size_t used_ = 0;
    char buffer_[65536];
};

class raw_postgresql final : public subject {
public:
    explicit raw_postgresql(target const& where) : connection_(PQconnectdb(where.url.c_str())) {
        if (PQstatus(connection_) != CONNECTION_OK)
            throw std::runtime_error(PQerrorMessage(connection_));
        prepare("scan", "SELECT id, name, price, qty, created, note FROM item", {});
        prepare("select", "SELECT id, name, price, qty, created, note FROM item WHERE id = $1",
                {oid_int8});
        prepare("insert",
                "INSERT INTO item_copy (id, name, price, qty, created, note) VALUES ($1, $2, $3, "
                "$4, $5, $6)",
                {oid_int8, oid_text, oid_float8, oid_int4, oid_timestamp, oid_text});
        prepare("report",
                "SELECT s.label, count(*), sum(i.price), max(i.created) FROM item i JOIN shelf s "
                "ON i.qty = s.id WHERE i.id <= $1 GROUP BY s.label ORDER BY s.label COLLATE \"C\"",
                {oid_int8});
        prepare("stream", "SELECT id, name, price, qty, created, note FROM item CROSS JOIN digit",
                {});
    }
    ~raw_postgresql() override { PQfinish(connection_); }

    char const* name() const override { return "raw"; }

    items scan() override {
        result const r = run("scan", nullptr, nullptr, 0);
        return read_all<item>(r.handle);
    }
    std::uint64_t written() override {
        result const r(connection_,
                       PQexecParams(connection_,
                                    "SELECT id, name, price, qty, created, note FROM item_copy "
                                    "ORDER BY id",
                                    0, nullptr, nullptr, nullptr, nullptr, 1));
        return checksum(read_all<item_copy>(r.handle));
    }
    std::int64_t select_adhoc(keys const& wanted) override { return select_prepared(wanted); }
    std::int64_t select_prepared(keys const& wanted) override {
        std::int64_t sum = 0;
        for (std::int64_t const key : wanted) {
            result const r = run("select", key);
            item found;
            if (PQntuples(r.handle) == 1) {
                read(r.handle, 0, found);
                sum += weight(found);
            }
        }
        return sum;
    }
    void insert(copies const& rows) override {
        command("BEGIN");
        for (auto const& row : rows) insert(row);
        command("COMMIT");
    }
    void bulk(copies const& rows) override {
        command("COPY item_copy (id, name, price, qty, created, note) FROM STDIN (FORMAT binary)");
        copy_writer writer(connection_);
        for (auto const& row : rows) writer.add(row);
        writer.end();
        if (PQputCopyEnd(connection_, nullptr) != 1)
            throw std::runtime_error(PQerrorMessage(connection_));
        { result const done(connection_, PQgetResult(connection_)); }
        while (PGresult* rest = PQgetResult(connection_)) PQclear(rest);
    }
    std::vector<group_row> report(std::int64_t last) override {
        result const r = run("report", last);
        int const count = PQntuples(r.handle);
        std::vector<group_row> rows;
        rows.reserve(std::size_t(count));
        for (int i = 0; i < count; ++i) {
            group_row& row = rows.emplace_back();
            row.label.assign(PQgetvalue(r.handle, i, 0), std::size_t(PQgetlength(r.handle, i, 0)));
            row.items = load<std::int64_t>(PQgetvalue(r.handle, i, 1));
            row.value = load_real(PQgetvalue(r.handle, i, 2));
            row.newest = load_time(PQgetvalue(r.handle, i, 3));
        }
        return rows;
    }
    std::int64_t stream() override {
        if (!PQsendQueryPrepared(connection_, "stream", 0, nullptr, nullptr, nullptr, 1) ||
            !PQsetSingleRowMode(connection_))
            throw std::runtime_error(PQerrorMessage(connection_));
        std::int64_t sum = 0;
        item row;
        while (PGresult* next = PQgetResult(connection_)) {
            result const r(connection_, next);
            for (int i = 0, count = PQntuples(r.handle); i < count; ++i) {
                read(r.handle, i, row);
                sum += weight(row);
            }
        }
        return sum;
    }
    void clear() override { command("TRUNCATE item_copy"); }

private:
    void prepare(char const* name, char const* sql, std::initializer_list<Oid> types) {
        result const r(connection_,
                       PQprepare(connection_, name, sql, int(types.size()), types.begin()));
    }
    void command(char const* sql) { result const r(connection_, PQexec(connection_, sql)); }
    result run(char const* name, char const* const* values, int const* lengths, int count) {
        static constexpr int binary[6] = {1, 1, 1, 1, 1, 1};
        return result(connection_,
                      PQexecPrepared(connection_, name, count, values, lengths, binary, 1));
    }
    result run(char const* name, std::int64_t value) {
        char bytes[8];
        store(bytes, value);
        char const* const values[] = {bytes};
        int const lengths[] = {8};
        return run(name, values, lengths, 1);
    }
    void insert(item_copy const& row) {
        char id[8], price[8], qty[4], created[8];
        store(id, row.id);
        store(price, std::bit_cast<std::int64_t>(row.price));
        store(qty, row.qty);
        store(created, micros_of(row.created) - postgresql_epoch);
        char const* const values[] = {id,  row.name.data(), price,
                                      qty, created,         row.note ? row.note->data() : nullptr};
        int const lengths[] = {
            8, int(row.name.size()), 8, 4, 8, row.note ? int(row.note->size()) : 0};
        result const r = run("insert", values, lengths, 6);
    }
    template <class Item> static std::vector<Item> read_all(PGresult* r) {
        int const count = PQntuples(r);
        std::vector<Item> rows;
        rows.reserve(std::size_t(count));
        for (int i = 0; i < count; ++i) read(r, i, rows.emplace_back());
        return rows;
    }

    PGconn* connection_;
};

}  // namespace

std::unique_ptr<subject> make_raw(target const& where) {
    return std::make_unique<raw_postgresql>(where);
}

}  // namespace bench
