// SPDX-License-Identifier: BSL-1.0
/// \file
/// Ten joins of two tables and five of three with groups, by hand.
#pragma once

#include "raw_support.hpp"

namespace raw {

struct named_purchase {
    std::int64_t id{};
    double total{};
    std::string name;
};

std::vector<named_purchase> purchases_with_names(sqlite3* db, std::string const& status) {
    static sqlite3_stmt* const s = prepare(db, "SELECT p.id, p.total, c.name FROM "
                                               "purchases p JOIN customers c ON "
                                               "p.customer_id = c.id WHERE p.status = ?");
    bind_text(s, 1, status);
    std::vector<named_purchase> rows;
    while (step(db, s)) {
        named_purchase& r = rows.emplace_back();
        r.id = sqlite3_column_int64(s, 0);
        r.total = sqlite3_column_double(s, 1);
        r.name = text(s, 2);
    }
    sqlite3_reset(s);
    return rows;
}

struct sold {
    std::int64_t id{};
    std::string name;
    std::int32_t quantity{};
};

std::vector<sold> sold_of_category(sqlite3* db, std::string const& category) {
    static sqlite3_stmt* const s = prepare(db, "SELECT p.id, q.name, p.quantity FROM "
                                               "purchases p JOIN products q ON "
                                               "p.product_id = q.id WHERE q.category = ?");
    bind_text(s, 1, category);
    std::vector<sold> rows;
    while (step(db, s)) {
        sold& r = rows.emplace_back();
        r.id = sqlite3_column_int64(s, 0);
        r.name = text(s, 1);
        r.quantity = sqlite3_column_int(s, 2);
    }
    sqlite3_reset(s);
    return rows;
}

struct maybe_bought {
    std::string name;
    std::optional<std::int64_t> id;
    std::optional<double> total;
};

std::vector<maybe_bought> customers_and_purchases(sqlite3* db, std::string const& country) {
    static sqlite3_stmt* const s = prepare(db, "SELECT c.name, p.id, p.total FROM "
                                               "customers c LEFT JOIN purchases p ON "
                                               "p.customer_id = c.id WHERE c.country = ?");
    bind_text(s, 1, country);
    std::vector<maybe_bought> rows;
    while (step(db, s)) {
        maybe_bought& r = rows.emplace_back();
        r.name = text(s, 0);
        r.id = optional_integer(s, 1);
        r.total = optional_real(s, 2);
    }
    sqlite3_reset(s);
    return rows;
}

struct visit {
    std::string name;
    std::string city;
    std::int64_t placed{};
};

std::vector<visit> visits(sqlite3* db, std::int64_t first, std::int64_t last) {
    static sqlite3_stmt* const s = prepare(db, "SELECT c.name, c.city, p.placed FROM "
                                               "purchases p JOIN customers c ON "
                                               "p.customer_id = c.id WHERE p.placed "
                                               "BETWEEN ? AND ? ORDER BY p.placed");
    bind_time(s, 1, first);
    bind_time(s, 2, last);
    std::vector<visit> rows;
    while (step(db, s)) {
        visit& r = rows.emplace_back();
        r.name = text(s, 0);
        r.city = text(s, 1);
        r.placed = time_at(s, 2);
    }
    sqlite3_reset(s);
    return rows;
}

struct maybe_sold {
    std::string name;
    std::optional<std::int32_t> quantity;
};

std::vector<maybe_sold> products_and_purchases(sqlite3* db, std::string const& brand) {
    static sqlite3_stmt* const s = prepare(db, "SELECT q.name, p.quantity FROM products "
                                               "q LEFT JOIN purchases p ON p.product_id "
                                               "= q.id WHERE q.brand = ?");
    bind_text(s, 1, brand);
    std::vector<maybe_sold> rows;
    while (step(db, s)) {
        maybe_sold& r = rows.emplace_back();
        r.name = text(s, 0);
        r.quantity = optional_int(s, 1);
    }
    sqlite3_reset(s);
    return rows;
}

struct debtor {
    std::int64_t id{};
    std::string name;
    std::string email;
};

std::vector<debtor> debtors(sqlite3* db, std::int64_t most) {
    static sqlite3_stmt* const s = prepare(db, "SELECT p.id, c.name, c.email FROM "
                                               "purchases p JOIN customers c ON "
                                               "p.customer_id = c.id WHERE NOT p.paid "
                                               "ORDER BY p.total DESC LIMIT ?");
    sqlite3_bind_int64(s, 1, most);
    std::vector<debtor> rows;
    while (step(db, s)) {
        debtor& r = rows.emplace_back();
        r.id = sqlite3_column_int64(s, 0);
        r.name = text(s, 1);
        r.email = text(s, 2);
    }
    sqlite3_reset(s);
    return rows;
}

struct sale {
    std::string name;
    double price{};
    double total{};
};

std::vector<sale> dear_sales(sqlite3* db, double least) {
    static sqlite3_stmt* const s = prepare(db, "SELECT q.name, q.price, p.total FROM "
                                               "purchases p JOIN products q ON "
                                               "p.product_id = q.id WHERE q.price > ?");
    sqlite3_bind_double(s, 1, least);
    std::vector<sale> rows;
    while (step(db, s)) {
        sale& r = rows.emplace_back();
        r.name = text(s, 0);
        r.price = sqlite3_column_double(s, 1);
        r.total = sqlite3_column_double(s, 2);
    }
    sqlite3_reset(s);
    return rows;
}

struct country_total {
    std::int64_t id{};
    double total{};
    std::string country;
};

std::vector<country_total> search_purchases(sqlite3* db, bool by_country,
                                            std::string const& country, bool by_status,
                                            std::string const& status) {
    std::string sql =
        "SELECT p.id, p.total, c.country FROM purchases p JOIN customers c ON p.customer_id = "
        "c.id WHERE 1";
    if (by_country) sql += " AND c.country = ?";
    if (by_status) sql += " AND p.status = ?";
    sqlite3_stmt* const s = prepare(db, sql.c_str());
    int at = 0;
    if (by_country) bind_text(s, ++at, country);
    if (by_status) bind_text(s, ++at, status);
    std::vector<country_total> rows;
    while (step(db, s)) {
        country_total& r = rows.emplace_back();
        r.id = sqlite3_column_int64(s, 0);
        r.total = sqlite3_column_double(s, 1);
        r.country = text(s, 2);
    }
    sqlite3_finalize(s);
    return rows;
}

struct parcel {
    std::string brand;
    double weight{};
    std::int32_t quantity{};
    std::optional<std::string> note;
};

std::vector<parcel> shipping_list(sqlite3* db, std::vector<std::int64_t> const& ids) {
    std::string sql =
        "SELECT q.brand, q.weight, p.quantity, p.note FROM purchases p JOIN products q ON "
        "p.product_id = q.id WHERE p.id IN ";
    append_list(sql, ids.size());
    sqlite3_stmt* const s = prepare(db, sql.c_str());
    int at = 0;
    for (auto const& each : ids) sqlite3_bind_int64(s, ++at, each);
    std::vector<parcel> rows;
    while (step(db, s)) {
        parcel& r = rows.emplace_back();
        r.brand = text(s, 0);
        r.weight = sqlite3_column_double(s, 1);
        r.quantity = sqlite3_column_int(s, 2);
        r.note = optional_text(s, 3);
    }
    sqlite3_finalize(s);
    return rows;
}

struct spender {
    std::string name;
    std::optional<std::string> phone;
};

std::vector<spender> big_spenders(sqlite3* db, double least) {
    static sqlite3_stmt* const s = prepare(db, "SELECT DISTINCT c.name, c.phone FROM "
                                               "customers c JOIN purchases p ON "
                                               "p.customer_id = c.id WHERE p.total > ?");
    sqlite3_bind_double(s, 1, least);
    std::vector<spender> rows;
    while (step(db, s)) {
        spender& r = rows.emplace_back();
        r.name = text(s, 0);
        r.phone = optional_text(s, 1);
    }
    sqlite3_reset(s);
    return rows;
}

struct country_sales {
    std::string country;
    std::int64_t purchases{};
    std::optional<double> total;
};

std::vector<country_sales> sales_by_country(sqlite3* db) {
    static sqlite3_stmt* const s = prepare(db, "SELECT c.country, count(*), sum(p.total) "
                                               "FROM purchases p JOIN customers c ON "
                                               "p.customer_id = c.id JOIN products q ON "
                                               "p.product_id = q.id WHERE q.listed GROUP "
                                               "BY c.country ORDER BY c.country");
    std::vector<country_sales> rows;
    while (step(db, s)) {
        country_sales& r = rows.emplace_back();
        r.country = text(s, 0);
        r.purchases = sqlite3_column_int64(s, 1);
        r.total = optional_real(s, 2);
    }
    sqlite3_reset(s);
    return rows;
}

struct brand_sales {
    std::string category;
    std::string brand;
    std::int64_t purchases{};
    std::optional<double> price;
};

std::vector<brand_sales> sales_by_brand(sqlite3* db, std::int64_t least) {
    static sqlite3_stmt* const s = prepare(db, "SELECT q.category, q.brand, count(*), "
                                               "avg(q.price) FROM purchases p JOIN "
                                               "customers c ON p.customer_id = c.id JOIN "
                                               "products q ON p.product_id = q.id WHERE "
                                               "c.active GROUP BY q.category, q.brand "
                                               "HAVING count(*) > ?");
    sqlite3_bind_int64(s, 1, least);
    std::vector<brand_sales> rows;
    while (step(db, s)) {
        brand_sales& r = rows.emplace_back();
        r.category = text(s, 0);
        r.brand = text(s, 1);
        r.purchases = sqlite3_column_int64(s, 2);
        r.price = optional_real(s, 3);
    }
    sqlite3_reset(s);
    return rows;
}

struct extreme {
    std::string city;
    std::optional<double> largest;
    std::optional<double> smallest;
};

std::vector<extreme> extremes_by_city(sqlite3* db, std::string const& category) {
    static sqlite3_stmt* const s = prepare(db, "SELECT c.city, max(p.total), "
                                               "min(p.total) FROM purchases p JOIN "
                                               "customers c ON p.customer_id = c.id JOIN "
                                               "products q ON p.product_id = q.id WHERE "
                                               "p.paid AND q.category = ? GROUP BY "
                                               "c.city");
    bind_text(s, 1, category);
    std::vector<extreme> rows;
    while (step(db, s)) {
        extreme& r = rows.emplace_back();
        r.city = text(s, 0);
        r.largest = optional_real(s, 1);
        r.smallest = optional_real(s, 2);
    }
    sqlite3_reset(s);
    return rows;
}

struct quantity_of {
    std::string status;
    std::string category;
    std::optional<std::int64_t> quantity;
};

std::vector<quantity_of> quantities(sqlite3* db, std::string const& country) {
    static sqlite3_stmt* const s = prepare(db, "SELECT p.status, q.category, "
                                               "sum(p.quantity) FROM purchases p JOIN "
                                               "customers c ON p.customer_id = c.id JOIN "
                                               "products q ON p.product_id = q.id WHERE "
                                               "c.country = ? GROUP BY p.status, "
                                               "q.category");
    bind_text(s, 1, country);
    std::vector<quantity_of> rows;
    while (step(db, s)) {
        quantity_of& r = rows.emplace_back();
        r.status = text(s, 0);
        r.category = text(s, 1);
        r.quantity = optional_integer(s, 2);
    }
    sqlite3_reset(s);
    return rows;
}

struct favourite {
    std::string name;
    std::string brand;
    std::int64_t purchases{};
    std::optional<double> total;
};

std::vector<favourite> favourites(sqlite3* db, std::int64_t since, bool by_country,
                                  std::string const& country) {
    std::string sql =
        "SELECT c.name, q.brand, count(*), sum(p.total) FROM purchases p JOIN customers c ON "
        "p.customer_id = c.id JOIN products q ON p.product_id = q.id WHERE p.placed >= ?";
    if (by_country) sql += " AND c.country = ?";
    sql += " GROUP BY c.name, q.brand";
    sqlite3_stmt* const s = prepare(db, sql.c_str());
    int at = 0;
    bind_time(s, ++at, since);
    if (by_country) bind_text(s, ++at, country);
    std::vector<favourite> rows;
    while (step(db, s)) {
        favourite& r = rows.emplace_back();
        r.name = text(s, 0);
        r.brand = text(s, 1);
        r.purchases = sqlite3_column_int64(s, 2);
        r.total = optional_real(s, 3);
    }
    sqlite3_finalize(s);
    return rows;
}

}  // namespace raw
