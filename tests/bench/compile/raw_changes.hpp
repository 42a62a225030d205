// SPDX-License-Identifier: BSL-1.0
/// \file
/// Eight updates, seven inserts and five deletes, by hand.
#pragma once

#include "raw_support.hpp"

namespace raw {

std::int64_t move_customer(sqlite3* db, std::string const& city, std::string const& country,
                           std::int64_t id) {
    static sqlite3_stmt* const s =
        prepare(db, "UPDATE customers SET city = ?, country = ? WHERE id = ?");
    bind_text(s, 1, city);
    bind_text(s, 2, country);
    sqlite3_bind_int64(s, 3, id);
    step(db, s);
    sqlite3_reset(s);
    return sqlite3_changes64(db);
}

std::int64_t pay_in(sqlite3* db, double amount, std::int64_t id) {
    static sqlite3_stmt* const s =
        prepare(db, "UPDATE customers SET balance = balance + ? WHERE id = ?");
    sqlite3_bind_double(s, 1, amount);
    sqlite3_bind_int64(s, 2, id);
    step(db, s);
    sqlite3_reset(s);
    return sqlite3_changes64(db);
}

std::int64_t retire(sqlite3* db, std::int64_t before) {
    static sqlite3_stmt* const s = prepare(db, "UPDATE customers SET active = 0 WHERE joined < ?");
    bind_time(s, 1, before);
    step(db, s);
    sqlite3_reset(s);
    return sqlite3_changes64(db);
}

std::int64_t raise_prices(sqlite3* db, double factor, std::string const& category) {
    static sqlite3_stmt* const s =
        prepare(db, "UPDATE products SET price = price * ? WHERE category = ?");
    sqlite3_bind_double(s, 1, factor);
    bind_text(s, 2, category);
    step(db, s);
    sqlite3_reset(s);
    return sqlite3_changes64(db);
}

std::int64_t take_from_stock(sqlite3* db, std::int32_t count, std::int64_t id) {
    static sqlite3_stmt* const s = prepare(db, "UPDATE products SET stock = stock - ?1 "
                                               "WHERE id = ?2 AND stock >= ?1");
    sqlite3_bind_int(s, 1, count);
    sqlite3_bind_int64(s, 2, id);
    step(db, s);
    sqlite3_reset(s);
    return sqlite3_changes64(db);
}

std::int64_t describe_product(sqlite3* db, std::optional<std::string> const& words, bool listed,
                              std::int64_t id) {
    static sqlite3_stmt* const s =
        prepare(db, "UPDATE products SET description = ?, listed = ? WHERE id = ?");
    bind_optional(s, 1, words);
    sqlite3_bind_int(s, 2, listed);
    sqlite3_bind_int64(s, 3, id);
    step(db, s);
    sqlite3_reset(s);
    return sqlite3_changes64(db);
}

std::int64_t set_status(sqlite3* db, std::string const& status, bool paid, std::int64_t id) {
    static sqlite3_stmt* const s =
        prepare(db, "UPDATE purchases SET status = ?, paid = ? WHERE id = ?");
    bind_text(s, 1, status);
    sqlite3_bind_int(s, 2, paid);
    sqlite3_bind_int64(s, 3, id);
    step(db, s);
    sqlite3_reset(s);
    return sqlite3_changes64(db);
}

std::int64_t hurry(sqlite3* db, std::int32_t priority, std::optional<std::string> const& note,
                   std::vector<std::int64_t> const& ids) {
    std::string sql = "UPDATE purchases SET priority = ?, note = ? WHERE id IN ";
    append_list(sql, ids.size());
    sqlite3_stmt* const s = prepare(db, sql.c_str());
    int at = 0;
    sqlite3_bind_int(s, ++at, priority);
    bind_optional(s, ++at, note);
    for (auto const& each : ids) sqlite3_bind_int64(s, ++at, each);
    step(db, s);
    sqlite3_finalize(s);
    return sqlite3_changes64(db);
}

customer add_customer(sqlite3* db, customer object) {
    static sqlite3_stmt* const s = prepare(db, "INSERT INTO customers (name, email, "
                                               "city, country, age, active, balance, "
                                               "phone, joined) VALUES (?, ?, ?, ?, ?, ?, "
                                               "?, ?, ?)");
    bind_text(s, 1, object.name);
    bind_text(s, 2, object.email);
    bind_text(s, 3, object.city);
    bind_text(s, 4, object.country);
    sqlite3_bind_int(s, 5, object.age);
    sqlite3_bind_int(s, 6, object.active);
    sqlite3_bind_double(s, 7, object.balance);
    bind_optional(s, 8, object.phone);
    bind_time(s, 9, object.joined);
    step(db, s);
    sqlite3_reset(s);
    object.id = sqlite3_last_insert_rowid(db);
    return object;
}

product add_product(sqlite3* db, product object) {
    static sqlite3_stmt* const s = prepare(db, "INSERT INTO products (name, category, "
                                               "brand, price, stock, weight, "
                                               "description, listed, added) VALUES (?, "
                                               "?, ?, ?, ?, ?, ?, ?, ?)");
    bind_text(s, 1, object.name);
    bind_text(s, 2, object.category);
    bind_text(s, 3, object.brand);
    sqlite3_bind_double(s, 4, object.price);
    sqlite3_bind_int(s, 5, object.stock);
    sqlite3_bind_double(s, 6, object.weight);
    bind_optional(s, 7, object.description);
    sqlite3_bind_int(s, 8, object.listed);
    bind_time(s, 9, object.added);
    step(db, s);
    sqlite3_reset(s);
    object.id = sqlite3_last_insert_rowid(db);
    return object;
}

purchase add_purchase(sqlite3* db, purchase object) {
    static sqlite3_stmt* const s = prepare(db, "INSERT INTO purchases (customer_id, "
                                               "product_id, quantity, total, status, "
                                               "note, paid, priority, placed) VALUES (?, "
                                               "?, ?, ?, ?, ?, ?, ?, ?)");
    sqlite3_bind_int64(s, 1, object.customer_id);
    sqlite3_bind_int64(s, 2, object.product_id);
    sqlite3_bind_int(s, 3, object.quantity);
    sqlite3_bind_double(s, 4, object.total);
    bind_text(s, 5, object.status);
    bind_optional(s, 6, object.note);
    sqlite3_bind_int(s, 7, object.paid);
    sqlite3_bind_int(s, 8, object.priority);
    bind_time(s, 9, object.placed);
    step(db, s);
    sqlite3_reset(s);
    object.id = sqlite3_last_insert_rowid(db);
    return object;
}

std::int64_t register_customer(sqlite3* db, std::string const& name, std::string const& email,
                               std::string const& city, std::string const& country,
                               std::int32_t age, std::int64_t joined) {
    static sqlite3_stmt* const s = prepare(db, "INSERT INTO customers (name, email, "
                                               "city, country, age, active, balance, "
                                               "joined) VALUES (?, ?, ?, ?, ?, 1, 0, ?)");
    bind_text(s, 1, name);
    bind_text(s, 2, email);
    bind_text(s, 3, city);
    bind_text(s, 4, country);
    sqlite3_bind_int(s, 5, age);
    bind_time(s, 6, joined);
    step(db, s);
    sqlite3_reset(s);
    return sqlite3_changes64(db);
}

std::int64_t list_product(sqlite3* db, std::string const& name, std::string const& category,
                          std::string const& brand, double price, double weight,
                          std::int64_t added) {
    static sqlite3_stmt* const s = prepare(db, "INSERT INTO products (name, category, "
                                               "brand, price, stock, weight, listed, "
                                               "added) VALUES (?, ?, ?, ?, 0, ?, 1, ?)");
    bind_text(s, 1, name);
    bind_text(s, 2, category);
    bind_text(s, 3, brand);
    sqlite3_bind_double(s, 4, price);
    sqlite3_bind_double(s, 5, weight);
    bind_time(s, 6, added);
    step(db, s);
    sqlite3_reset(s);
    return sqlite3_changes64(db);
}

std::int64_t buy(sqlite3* db, std::int64_t customer, std::int64_t product, std::int32_t quantity,
                 double total, std::string const& status, std::int64_t placed) {
    static sqlite3_stmt* const s = prepare(db, "INSERT INTO purchases (customer_id, "
                                               "product_id, quantity, total, status, "
                                               "paid, priority, placed) VALUES (?, ?, ?, "
                                               "?, ?, 0, 0, ?)");
    sqlite3_bind_int64(s, 1, customer);
    sqlite3_bind_int64(s, 2, product);
    sqlite3_bind_int(s, 3, quantity);
    sqlite3_bind_double(s, 4, total);
    bind_text(s, 5, status);
    bind_time(s, 6, placed);
    step(db, s);
    sqlite3_reset(s);
    return sqlite3_changes64(db);
}

std::int64_t comment_purchase(sqlite3* db, std::int64_t customer, std::int64_t product,
                              std::int32_t quantity, double total, std::string const& status,
                              std::optional<std::string> const& note, bool paid,
                              std::int32_t priority, std::int64_t placed) {
    static sqlite3_stmt* const s = prepare(db, "INSERT INTO purchases (customer_id, "
                                               "product_id, quantity, total, status, "
                                               "note, paid, priority, placed) VALUES (?, "
                                               "?, ?, ?, ?, ?, ?, ?, ?)");
    sqlite3_bind_int64(s, 1, customer);
    sqlite3_bind_int64(s, 2, product);
    sqlite3_bind_int(s, 3, quantity);
    sqlite3_bind_double(s, 4, total);
    bind_text(s, 5, status);
    bind_optional(s, 6, note);
    sqlite3_bind_int(s, 7, paid);
    sqlite3_bind_int(s, 8, priority);
    bind_time(s, 9, placed);
    step(db, s);
    sqlite3_reset(s);
    return sqlite3_changes64(db);
}

std::int64_t drop_customer(sqlite3* db, std::int64_t id) {
    static sqlite3_stmt* const s = prepare(db, "DELETE FROM customers WHERE id = ?");
    sqlite3_bind_int64(s, 1, id);
    step(db, s);
    sqlite3_reset(s);
    return sqlite3_changes64(db);
}

std::int64_t drop_idle_customers(sqlite3* db, double most) {
    static sqlite3_stmt* const s =
        prepare(db, "DELETE FROM customers WHERE NOT active AND balance <= ?");
    sqlite3_bind_double(s, 1, most);
    step(db, s);
    sqlite3_reset(s);
    return sqlite3_changes64(db);
}

std::int64_t drop_sold_out(sqlite3* db) {
    static sqlite3_stmt* const s =
        prepare(db, "DELETE FROM products WHERE stock = 0 AND NOT listed");
    step(db, s);
    sqlite3_reset(s);
    return sqlite3_changes64(db);
}

std::int64_t drop_old_purchases(sqlite3* db, std::string const& status, std::int64_t before) {
    static sqlite3_stmt* const s =
        prepare(db, "DELETE FROM purchases WHERE status = ? AND placed < ?");
    bind_text(s, 1, status);
    bind_time(s, 2, before);
    step(db, s);
    sqlite3_reset(s);
    return sqlite3_changes64(db);
}

std::int64_t drop_purchases(sqlite3* db, std::vector<std::int64_t> const& ids) {
    std::string sql = "DELETE FROM purchases WHERE id IN ";
    append_list(sql, ids.size());
    sqlite3_stmt* const s = prepare(db, sql.c_str());
    int at = 0;
    for (auto const& each : ids) sqlite3_bind_int64(s, ++at, each);
    step(db, s);
    sqlite3_finalize(s);
    return sqlite3_changes64(db);
}

}  // namespace raw
