// SPDX-License-Identifier: BSL-1.0
/// \file
/// Fifteen queries of one table, by hand.
#pragma once

#include "raw_support.hpp"

namespace raw {

std::vector<customer> customer_by_id(sqlite3* db, std::int64_t id) {
    static sqlite3_stmt* const s = prepare(db, "SELECT id, name, email, city, country, "
                                               "age, active, balance, phone, joined FROM "
                                               "customers WHERE id = ?");
    sqlite3_bind_int64(s, 1, id);
    std::vector<customer> rows;
    while (step(db, s)) {
        customer& r = rows.emplace_back();
        r.id = sqlite3_column_int64(s, 0);
        r.name = text(s, 1);
        r.email = text(s, 2);
        r.city = text(s, 3);
        r.country = text(s, 4);
        r.age = sqlite3_column_int(s, 5);
        r.active = sqlite3_column_int(s, 6) != 0;
        r.balance = sqlite3_column_double(s, 7);
        r.phone = optional_text(s, 8);
        r.joined = time_at(s, 9);
    }
    sqlite3_reset(s);
    return rows;
}

std::vector<customer> customers_of_city(sqlite3* db, std::string const& city) {
    static sqlite3_stmt* const s = prepare(db, "SELECT id, name, email, city, country, "
                                               "age, active, balance, phone, joined FROM "
                                               "customers WHERE city = ? ORDER BY name");
    bind_text(s, 1, city);
    std::vector<customer> rows;
    while (step(db, s)) {
        customer& r = rows.emplace_back();
        r.id = sqlite3_column_int64(s, 0);
        r.name = text(s, 1);
        r.email = text(s, 2);
        r.city = text(s, 3);
        r.country = text(s, 4);
        r.age = sqlite3_column_int(s, 5);
        r.active = sqlite3_column_int(s, 6) != 0;
        r.balance = sqlite3_column_double(s, 7);
        r.phone = optional_text(s, 8);
        r.joined = time_at(s, 9);
    }
    sqlite3_reset(s);
    return rows;
}

struct contact {
    std::int64_t id{};
    std::string name;
    std::string email;
};

std::vector<contact> active_customers(sqlite3* db, std::string const& country) {
    static sqlite3_stmt* const s = prepare(db, "SELECT id, name, email FROM customers "
                                               "WHERE country = ? AND active");
    bind_text(s, 1, country);
    std::vector<contact> rows;
    while (step(db, s)) {
        contact& r = rows.emplace_back();
        r.id = sqlite3_column_int64(s, 0);
        r.name = text(s, 1);
        r.email = text(s, 2);
    }
    sqlite3_reset(s);
    return rows;
}

struct wealth {
    std::string name;
    double balance{};
};

std::vector<wealth> rich_customers(sqlite3* db, double least, std::int64_t most) {
    static sqlite3_stmt* const s = prepare(db, "SELECT name, balance FROM customers "
                                               "WHERE balance > ? ORDER BY balance DESC "
                                               "LIMIT ?");
    sqlite3_bind_double(s, 1, least);
    sqlite3_bind_int64(s, 2, most);
    std::vector<wealth> rows;
    while (step(db, s)) {
        wealth& r = rows.emplace_back();
        r.name = text(s, 0);
        r.balance = sqlite3_column_double(s, 1);
    }
    sqlite3_reset(s);
    return rows;
}

struct found_customer {
    std::int64_t id{};
    std::string name;
    std::string city;
};

std::vector<found_customer> search_customers(sqlite3* db, bool by_city, std::string const& city,
                                             bool by_age, std::int32_t age) {
    std::string sql = "SELECT id, name, city FROM customers WHERE 1";
    if (by_city) sql += " AND city = ?";
    if (by_age) sql += " AND age >= ?";
    sql += " ORDER BY id";
    sqlite3_stmt* const s = prepare(db, sql.c_str());
    int at = 0;
    if (by_city) bind_text(s, ++at, city);
    if (by_age) sqlite3_bind_int(s, ++at, age);
    std::vector<found_customer> rows;
    while (step(db, s)) {
        found_customer& r = rows.emplace_back();
        r.id = sqlite3_column_int64(s, 0);
        r.name = text(s, 1);
        r.city = text(s, 2);
    }
    sqlite3_finalize(s);
    return rows;
}

struct phone_entry {
    std::int64_t id{};
    std::string name;
    std::optional<std::string> phone;
};

std::vector<phone_entry> customers_by_ids(sqlite3* db, std::vector<std::int64_t> const& ids) {
    std::string sql = "SELECT id, name, phone FROM customers WHERE id IN ";
    append_list(sql, ids.size());
    sqlite3_stmt* const s = prepare(db, sql.c_str());
    int at = 0;
    for (auto const& each : ids) sqlite3_bind_int64(s, ++at, each);
    std::vector<phone_entry> rows;
    while (step(db, s)) {
        phone_entry& r = rows.emplace_back();
        r.id = sqlite3_column_int64(s, 0);
        r.name = text(s, 1);
        r.phone = optional_text(s, 2);
    }
    sqlite3_finalize(s);
    return rows;
}

struct phone_line {
    std::string name;
    std::optional<std::string> phone;
};

std::vector<phone_line> phone_book(sqlite3* db, std::string const& start) {
    static sqlite3_stmt* const s = prepare(db, "SELECT name, phone FROM customers WHERE "
                                               "phone IS NOT NULL AND substr(name, 1, "
                                               "length(?1)) = ?1 ORDER BY name");
    bind_text(s, 1, start);
    std::vector<phone_line> rows;
    while (step(db, s)) {
        phone_line& r = rows.emplace_back();
        r.name = text(s, 0);
        r.phone = optional_text(s, 1);
    }
    sqlite3_reset(s);
    return rows;
}

std::vector<product> cheap_products(sqlite3* db, std::string const& category, double most) {
    static sqlite3_stmt* const s = prepare(db, "SELECT id, name, category, brand, price, "
                                               "stock, weight, description, listed, "
                                               "added FROM products WHERE category = ? "
                                               "AND price < ? ORDER BY price");
    bind_text(s, 1, category);
    sqlite3_bind_double(s, 2, most);
    std::vector<product> rows;
    while (step(db, s)) {
        product& r = rows.emplace_back();
        r.id = sqlite3_column_int64(s, 0);
        r.name = text(s, 1);
        r.category = text(s, 2);
        r.brand = text(s, 3);
        r.price = sqlite3_column_double(s, 4);
        r.stock = sqlite3_column_int(s, 5);
        r.weight = sqlite3_column_double(s, 6);
        r.description = optional_text(s, 7);
        r.listed = sqlite3_column_int(s, 8) != 0;
        r.added = time_at(s, 9);
    }
    sqlite3_reset(s);
    return rows;
}

struct priced {
    std::int64_t id{};
    std::string name;
    double price{};
};

std::vector<priced> products_between(sqlite3* db, double low, double high) {
    static sqlite3_stmt* const s = prepare(db, "SELECT id, name, price FROM products "
                                               "WHERE price BETWEEN ? AND ?");
    sqlite3_bind_double(s, 1, low);
    sqlite3_bind_double(s, 2, high);
    std::vector<priced> rows;
    while (step(db, s)) {
        priced& r = rows.emplace_back();
        r.id = sqlite3_column_int64(s, 0);
        r.name = text(s, 1);
        r.price = sqlite3_column_double(s, 2);
    }
    sqlite3_reset(s);
    return rows;
}

struct brand_of_category {
    std::string brand;
    std::string category;
};

std::vector<brand_of_category> brands(sqlite3* db) {
    static sqlite3_stmt* const s =
        prepare(db, "SELECT DISTINCT brand, category FROM products WHERE listed");
    std::vector<brand_of_category> rows;
    while (step(db, s)) {
        brand_of_category& r = rows.emplace_back();
        r.brand = text(s, 0);
        r.category = text(s, 1);
    }
    sqlite3_reset(s);
    return rows;
}

struct stocked {
    std::string name;
    std::int32_t stock{};
    double weight{};
};

std::vector<stocked> stock_report(sqlite3* db, std::int32_t stock, double weight) {
    static sqlite3_stmt* const s = prepare(db, "SELECT name, stock, weight FROM products "
                                               "WHERE stock <= ? OR weight > ?");
    sqlite3_bind_int(s, 1, stock);
    sqlite3_bind_double(s, 2, weight);
    std::vector<stocked> rows;
    while (step(db, s)) {
        stocked& r = rows.emplace_back();
        r.name = text(s, 0);
        r.stock = sqlite3_column_int(s, 1);
        r.weight = sqlite3_column_double(s, 2);
    }
    sqlite3_reset(s);
    return rows;
}

struct description_of {
    std::int64_t id{};
    std::string name;
    std::optional<std::string> description;
};

std::vector<description_of> described(sqlite3* db, std::string const& word) {
    static sqlite3_stmt* const s = prepare(db, "SELECT id, name, description FROM "
                                               "products WHERE instr(name, ?) > 0");
    bind_text(s, 1, word);
    std::vector<description_of> rows;
    while (step(db, s)) {
        description_of& r = rows.emplace_back();
        r.id = sqlite3_column_int64(s, 0);
        r.name = text(s, 1);
        r.description = optional_text(s, 2);
    }
    sqlite3_reset(s);
    return rows;
}

std::vector<purchase> purchases_of(sqlite3* db, std::int64_t customer, std::int64_t most) {
    static sqlite3_stmt* const s = prepare(db, "SELECT id, customer_id, product_id, "
                                               "quantity, total, status, note, paid, "
                                               "priority, placed FROM purchases WHERE "
                                               "customer_id = ? ORDER BY placed DESC "
                                               "LIMIT ?");
    sqlite3_bind_int64(s, 1, customer);
    sqlite3_bind_int64(s, 2, most);
    std::vector<purchase> rows;
    while (step(db, s)) {
        purchase& r = rows.emplace_back();
        r.id = sqlite3_column_int64(s, 0);
        r.customer_id = sqlite3_column_int64(s, 1);
        r.product_id = sqlite3_column_int64(s, 2);
        r.quantity = sqlite3_column_int(s, 3);
        r.total = sqlite3_column_double(s, 4);
        r.status = text(s, 5);
        r.note = optional_text(s, 6);
        r.paid = sqlite3_column_int(s, 7) != 0;
        r.priority = sqlite3_column_int(s, 8);
        r.placed = time_at(s, 9);
    }
    sqlite3_reset(s);
    return rows;
}

struct status_line {
    std::int64_t id{};
    double total{};
    std::string status;
};

std::vector<status_line> purchases_by_status(sqlite3* db, std::int64_t since,
                                             std::vector<std::string> const& states) {
    std::string sql = "SELECT id, total, status FROM purchases WHERE placed >= ? AND status IN ";
    append_list(sql, states.size());
    sqlite3_stmt* const s = prepare(db, sql.c_str());
    int at = 0;
    bind_time(s, ++at, since);
    for (auto const& each : states) bind_text(s, ++at, each);
    std::vector<status_line> rows;
    while (step(db, s)) {
        status_line& r = rows.emplace_back();
        r.id = sqlite3_column_int64(s, 0);
        r.total = sqlite3_column_double(s, 1);
        r.status = text(s, 2);
    }
    sqlite3_finalize(s);
    return rows;
}

struct reminder {
    std::int64_t id{};
    std::int32_t quantity{};
    std::int32_t priority{};
    std::optional<std::string> note;
};

std::vector<reminder> unpaid(sqlite3* db, bool urgent, std::int32_t priority) {
    std::string sql = "SELECT id, quantity, priority, note FROM purchases WHERE NOT paid";
    if (urgent) sql += " AND priority > ?";
    sqlite3_stmt* const s = prepare(db, sql.c_str());
    int at = 0;
    if (urgent) sqlite3_bind_int(s, ++at, priority);
    std::vector<reminder> rows;
    while (step(db, s)) {
        reminder& r = rows.emplace_back();
        r.id = sqlite3_column_int64(s, 0);
        r.quantity = sqlite3_column_int(s, 1);
        r.priority = sqlite3_column_int(s, 2);
        r.note = optional_text(s, 3);
    }
    sqlite3_finalize(s);
    return rows;
}

}  // namespace raw
