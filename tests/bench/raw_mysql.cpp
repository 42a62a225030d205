// SPDX-License-Identifier: BSL-1.0
//
// The works on the MariaDB C API, written as by somebody who knows it: prepared statements, bound
// buffers, results read as they come, array binding for many rows.

#include "civil_time.hpp"
#include "variants.hpp"

#include <mysql.h>

#include <cstdlib>
#include <cstring>
#include <stdexcept>

namespace bench {
namespace {

relata::timestamp time_of(MYSQL_TIME const& t) {
    return from_micros(micros_of(
        civil{int(t.year), t.month, t.day, t.hour, t.minute, t.second, unsigned(t.second_part)}));
}
void set_time(MYSQL_TIME& to, relata::timestamp time) {
    civil const c = civil_of(micros_of(time));
    to = MYSQL_TIME{};
    to.year = unsigned(c.year), to.month = c.month, to.day = c.day;
    to.hour = c.hour, to.minute = c.minute, to.second = c.second, to.second_part = c.micro;
    to.time_type = MYSQL_TIMESTAMP_DATETIME;
}

template <class T> void bind(MYSQL_BIND& b, enum_field_types type, T* at) {
    b = MYSQL_BIND{};
    b.buffer_type = type;
    b.buffer = at;
    b.buffer_length = sizeof(T);
}

class statement {
public:
    statement(MYSQL* connection, char const* sql) : handle(mysql_stmt_init(connection)) {
        check(mysql_stmt_prepare(handle, sql, static_cast<unsigned long>(std::strlen(sql))));
    }
    statement(statement const&) = delete;
    statement& operator=(statement const&) = delete;
    ~statement() { mysql_stmt_close(handle); }

    void check(int failed) const {
        if (failed) throw std::runtime_error(mysql_stmt_error(handle));
    }
    bool fetch() const {
        int const code = mysql_stmt_fetch(handle);
        if (code == 0) return true;
        if (code == MYSQL_NO_DATA) return false;
        throw std::runtime_error(code == MYSQL_DATA_TRUNCATED ? "a text is too long for its buffer"
                                                              : mysql_stmt_error(handle));
    }

    MYSQL_STMT* handle;
};

// The bound buffers of a result of six columns.
struct row_buffers {
    std::int64_t id;
    char name[256], note[256];
    unsigned long name_size, note_size;
    double price;
    std::int32_t qty;
    MYSQL_TIME created;
    my_bool no_note;
    MYSQL_BIND columns[6];

    void attach(statement const& s) {
        bind(columns[0], MYSQL_TYPE_LONGLONG, &id);
        bind(columns[1], MYSQL_TYPE_STRING, &name);
        columns[1].length = &name_size;
        bind(columns[2], MYSQL_TYPE_DOUBLE, &price);
        bind(columns[3], MYSQL_TYPE_LONG, &qty);
        bind(columns[4], MYSQL_TYPE_DATETIME, &created);
        bind(columns[5], MYSQL_TYPE_STRING, &note);
        columns[5].length = &note_size;
        columns[5].is_null = &no_note;
        s.check(mysql_stmt_bind_result(s.handle, columns));
    }
    template <class Item> void read(Item& to) const {
        to.id = id;
        to.name.assign(name, name_size);
        to.price = price;
        to.qty = qty;
        to.created = time_of(created);
        if (no_note) to.note.reset();
        else to.note.emplace(note, note_size);
    }
};

constexpr char const* insert_text = "INSERT INTO item_copy (id, name, price, qty, created, note) "
                                    "VALUES (?, ?, ?, ?, ?, ?)";

// Columns of many rows for one execution.
class array {
public:
    static constexpr std::size_t most = 4096;

    explicit array(statement const& s) : statement_(s) {
        for (std::size_t i = 0; i < most; ++i) time_pointers_[i] = &times_[i];
        bind(columns_[0], MYSQL_TYPE_LONGLONG, ids_);
        bind(columns_[1], MYSQL_TYPE_STRING, names_);
        columns_[1].length = name_sizes_;
        bind(columns_[2], MYSQL_TYPE_DOUBLE, prices_);
        bind(columns_[3], MYSQL_TYPE_LONG, qtys_);
        bind(columns_[4], MYSQL_TYPE_DATETIME, time_pointers_);
        bind(columns_[5], MYSQL_TYPE_STRING, notes_);
        columns_[5].length = note_sizes_;
        columns_[5].u.indicator = note_indicators_;
    }
    void send(item_copy const* rows, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            item_copy const& row = rows[i];
            ids_[i] = row.id;
            names_[i] = row.name.data();
            name_sizes_[i] = static_cast<unsigned long>(row.name.size());
            prices_[i] = row.price;
            qtys_[i] = row.qty;
            set_time(times_[i], row.created);
            notes_[i] = row.note ? row.note->data() : nullptr;
            note_sizes_[i] = row.note ? static_cast<unsigned long>(row.note->size()) : 0;
            note_indicators_[i] = row.note ? STMT_INDICATOR_NONE : STMT_INDICATOR_NULL;
        }
        unsigned const size = unsigned(count);
        statement_.check(mysql_stmt_attr_set(statement_.handle, STMT_ATTR_ARRAY_SIZE, &size));
        statement_.check(mysql_stmt_bind_param(statement_.handle, columns_));
        statement_.check(mysql_stmt_execute(statement_.handle));
    }

private:
    statement const& statement_;
    std::int64_t ids_[most];
    char const* names_[most];
    unsigned long name_sizes_[most];
    double prices_[most];
    std::int32_t qtys_[most];
    MYSQL_TIME times_[most];
    MYSQL_TIME* time_pointers_[most];
    char const* notes_[most];
    unsigned long note_sizes_[most];
    char note_indicators_[most];
    MYSQL_BIND columns_[6];
};

class raw_mysql final : public subject {
public:
    explicit raw_mysql(target const& where) : connection_(mysql_init(nullptr)) {
        unsigned const port = unsigned(std::strtoul(where.port.c_str(), nullptr, 10));
        if (!mysql_real_connect(connection_, where.host.c_str(), where.user.c_str(), "",
                                where.database.c_str(), port, nullptr, 0))
            throw std::runtime_error(mysql_error(connection_));
        command("SET NAMES utf8mb4");
        select_ = std::make_unique<statement>(
            connection_, "SELECT id, name, price, qty, created, note FROM item WHERE id = ?");
        insert_ = std::make_unique<statement>(connection_, insert_text);
    }
    ~raw_mysql() override {
        select_.reset();
        insert_.reset();
        mysql_close(connection_);
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
        std::int64_t key = 0;
        MYSQL_BIND parameter;
        bind(parameter, MYSQL_TYPE_LONGLONG, &key);
        select_->check(mysql_stmt_bind_param(select_->handle, &parameter));
        row_buffers buffers;
        buffers.attach(*select_);
        std::int64_t sum = 0;
        for (std::int64_t const each : wanted) {
            key = each;
            select_->check(mysql_stmt_execute(select_->handle));
            item found;
            if (select_->fetch()) {
                buffers.read(found);
                sum += weight(found);
            }
            mysql_stmt_free_result(select_->handle);
        }
        return sum;
    }
    void insert(copies const& rows) override {
        std::int64_t id = 0;
        double price = 0;
        std::int32_t qty = 0;
        MYSQL_TIME created{};
        my_bool no_note = 0;
        MYSQL_BIND parameters[6];
        bind(parameters[0], MYSQL_TYPE_LONGLONG, &id);
        bind(parameters[2], MYSQL_TYPE_DOUBLE, &price);
        bind(parameters[3], MYSQL_TYPE_LONG, &qty);
        bind(parameters[4], MYSQL_TYPE_DATETIME, &created);
        bind_text(parameters[5], std::string());
        command("START TRANSACTION");
        for (auto const& row : rows) {
            id = row.id, price = row.price, qty = row.qty;
            set_time(created, row.created);
            bind_text(parameters[1], row.name);
            no_note = !row.note;
            if (row.note) bind_text(parameters[5], *row.note);
            parameters[5].is_null = &no_note;
            parameters[5].buffer_type = MYSQL_TYPE_STRING;
            insert_->check(mysql_stmt_bind_param(insert_->handle, parameters));
            insert_->check(mysql_stmt_execute(insert_->handle));
        }
        command("COMMIT");
    }
    void bulk(copies const& rows) override {
        command("START TRANSACTION");
        statement const s(connection_, insert_text);
        auto const chunk = std::make_unique<array>(s);
        for (std::size_t i = 0; i < rows.size(); i += array::most)
            chunk->send(rows.data() + i,
                        rows.size() - i < array::most ? rows.size() - i : array::most);
        command("COMMIT");
    }
    std::vector<group_row> report(std::int64_t last) override {
        statement const s(connection_,
                          "SELECT s.label, count(*), sum(i.price), max(i.created) FROM item i "
                          "JOIN shelf s ON i.qty = s.id WHERE i.id <= ? GROUP BY s.label "
                          "ORDER BY s.label");
        MYSQL_BIND parameter;
        bind(parameter, MYSQL_TYPE_LONGLONG, &last);
        s.check(mysql_stmt_bind_param(s.handle, &parameter));
        s.check(mysql_stmt_execute(s.handle));
        char label[256];
        unsigned long label_size = 0;
        std::int64_t count = 0;
        double value = 0;
        MYSQL_TIME newest{};
        MYSQL_BIND columns[4];
        bind(columns[0], MYSQL_TYPE_STRING, &label);
        columns[0].length = &label_size;
        bind(columns[1], MYSQL_TYPE_LONGLONG, &count);
        bind(columns[2], MYSQL_TYPE_DOUBLE, &value);
        bind(columns[3], MYSQL_TYPE_DATETIME, &newest);
        s.check(mysql_stmt_bind_result(s.handle, columns));
        std::vector<group_row> rows;
        while (s.fetch())
            rows.push_back({std::string(label, label_size), count, value, time_of(newest)});
        return rows;
    }
    std::int64_t stream() override {
        statement const s(connection_,
                          "SELECT id, name, price, qty, created, note FROM item CROSS JOIN digit");
        s.check(mysql_stmt_execute(s.handle));
        row_buffers buffers;
        buffers.attach(s);
        item row;
        std::int64_t sum = 0;
        while (s.fetch()) {
            buffers.read(row);
            sum += weight(row);
        }
        return sum;
    }
    void clear() override { command("TRUNCATE item_copy"); }

private:
    static void bind_text(MYSQL_BIND& b, std::string const& text) {
        b = MYSQL_BIND{};
        b.buffer_type = MYSQL_TYPE_STRING;
        b.buffer = const_cast<char*>(text.data());
        b.buffer_length = static_cast<unsigned long>(text.size());
    }
    void command(char const* sql) {
        if (mysql_query(connection_, sql)) throw std::runtime_error(mysql_error(connection_));
    }
    template <class Item> std::vector<Item> read_all(char const* query) {
        statement const s(connection_, query);
        s.check(mysql_stmt_execute(s.handle));
        row_buffers buffers;
        buffers.attach(s);
        std::vector<Item> rows;
        while (s.fetch()) buffers.read(rows.emplace_back());
        return rows;
    }

    MYSQL* connection_;
    std::unique_ptr<statement> select_, insert_;
};

}  // namespace

std::unique_ptr<subject> make_raw(target const& where) {
    return std::make_unique<raw_mysql>(where);
}

}  // namespace bench
