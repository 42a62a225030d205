// SPDX-License-Identifier: BSL-1.0
/// \file
/// How the hand-written queries prepare, bind and read, and their three tables.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace raw {

// Between text in the database and microseconds; compiled elsewhere.
std::int64_t parse_time(char const* text, int size);
void format_time(char* to26, std::int64_t microseconds);

static sqlite3_stmt* prepare(sqlite3* db, char const* sql) {
    sqlite3_stmt* s = nullptr;
    if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &s, nullptr) != SQLITE_OK)
        throw std::runtime_error(sqlite3_errmsg(db));
    return s;
}
static bool step(sqlite3* db, sqlite3_stmt* s) {
    int const code = sqlite3_step(s);
    if (code != SQLITE_ROW && code != SQLITE_DONE) throw std::runtime_error(sqlite3_errmsg(db));
    return code == SQLITE_ROW;
}
static std::string text(sqlite3_stmt* s, int column) {
    auto const* chars = reinterpret_cast<char const*>(sqlite3_column_text(s, column));
    return std::string(chars, std::size_t(sqlite3_column_bytes(s, column)));
}
static std::optional<std::string> optional_text(sqlite3_stmt* s, int column) {
    if (sqlite3_column_type(s, column) == SQLITE_NULL) return std::nullopt;
    return text(s, column);
}
static std::optional<std::int64_t> optional_integer(sqlite3_stmt* s, int column) {
    if (sqlite3_column_type(s, column) == SQLITE_NULL) return std::nullopt;
    return sqlite3_column_int64(s, column);
}
static std::optional<std::int32_t> optional_int(sqlite3_stmt* s, int column) {
    if (sqlite3_column_type(s, column) == SQLITE_NULL) return std::nullopt;
    return sqlite3_column_int(s, column);
}
static std::optional<double> optional_real(sqlite3_stmt* s, int column) {
    if (sqlite3_column_type(s, column) == SQLITE_NULL) return std::nullopt;
    return sqlite3_column_double(s, column);
}
static std::int64_t time_at(sqlite3_stmt* s, int column) {
    auto const* chars = reinterpret_cast<char const*>(sqlite3_column_text(s, column));
    return parse_time(chars, sqlite3_column_bytes(s, column));
}
static void bind_text(sqlite3_stmt* s, int at, std::string const& value) {
    sqlite3_bind_text(s, at, value.data(), int(value.size()), SQLITE_STATIC);
}
static void bind_optional(sqlite3_stmt* s, int at, std::optional<std::string> const& value) {
    if (value) bind_text(s, at, *value);
    else sqlite3_bind_null(s, at);
}
static void bind_time(sqlite3_stmt* s, int at, std::int64_t value) {
    char chars[26];
    format_time(chars, value);
    sqlite3_bind_text(s, at, chars, 26, SQLITE_TRANSIENT);
}
static void append_list(std::string& sql, std::size_t count) {
    sql += '(';
    for (std::size_t i = 0; i < count; ++i) sql += i ? ", ?" : "?";
    sql += ')';
}

struct customer {
    std::int64_t id{};
    std::string name;
    std::string email;
    std::string city;
    std::string country;
    std::int32_t age{};
    bool active{};
    double balance{};
    std::optional<std::string> phone;
    std::int64_t joined{};
};

struct product {
    std::int64_t id{};
    std::string name;
    std::string category;
    std::string brand;
    double price{};
    std::int32_t stock{};
    double weight{};
    std::optional<std::string> description;
    bool listed{};
    std::int64_t added{};
};

struct purchase {
    std::int64_t id{};
    std::int64_t customer_id{};
    std::int64_t product_id{};
    std::int32_t quantity{};
    double total{};
    std::string status;
    std::optional<std::string> note;
    bool paid{};
    std::int32_t priority{};
    std::int64_t placed{};
};

}  // namespace raw
