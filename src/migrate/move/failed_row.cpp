// SPDX-License-Identifier: BSL-1.0
//
// Which row and column an error is about: rows are tried once more, one by one.

#include "migrate/move/copy.hpp"

#include <algorithm>
#include <utility>

namespace relata::migrate::moving {

namespace {

using relata::kind;

bool is_about_value(error_kind k) {
    return k >= error_kind::type_mismatch && k <= error_kind::value_invalid;
}
bool is_about_row(error_kind k) {
    return is_about_value(k) ||
           (k >= error_kind::unique_violation && k <= error_kind::constraint_violation);
}

std::size_t code_points(std::string_view text) {
    return std::size_t(
        std::count_if(text.begin(), text.end(), [](char c) { return (c & '\xC0') != '\x80'; }));
}

}  // namespace

std::string failed_row::query(std::vector<param>& values,
                              std::vector<std::size_t> const& only) const {
    auto text = select_text(from_, route_, true, only);
    if (!last_.values().empty()) text += behind_text(from_, route_, true, last_.values(), values);
    return text + order_text(from_, route_, true);
}

// How many rows behind the last key can be read; -1: all.
std::int64_t failed_row::readable(std::vector<std::size_t> const& only) {
    std::vector<column_route> columns;
    for (std::size_t i = 0; i < route_.columns.size(); ++i)
        if (only.empty() || std::find(only.begin(), only.end(), i) != only.end())
            columns.push_back(route_.columns[i]);
    row_layout layout(columns);
    row to(layout);
    std::int64_t count = 0;
    try {
        std::vector<param> values;
        auto const text = query(values, only);
        row_cursor rows(from_, layout, text, values);
        while (rows.next(to)) ++count;
    } catch (error const& e) {
        if (is_about_value(e.kind())) return count;
        throw;
    }
    return -1;
}

std::string failed_row::key_of(std::int64_t number) {
    auto const place = "number " + std::to_string(number + 1) + " in the order of the database";
    if (route_.key.empty()) return place;
    auto key = route_.key;
    std::sort(key.begin(), key.end());
    std::vector<column_route> columns;
    for (auto const i : key) columns.push_back(route_.columns[i]);
    row_layout layout(columns);
    row to(layout);
    std::vector<param> values;
    auto const text = query(values, key);
    row_cursor rows(from_, layout, text, values);
    while (rows.next(to) && number > 0) --number;
    std::vector<param> shown;
    for (auto const i : route_.key)
        shown.push_back(layout.value(
            to.data(), std::size_t(std::find(key.begin(), key.end(), i) - key.begin())));
    return "with the key " + shown_key(shown);
}

void failed_row::raise_reading(error const& e) {
    if (!is_about_value(e.kind())) throw e;
    auto const number = readable({});
    if (number < 0) throw e;
    std::string column;
    bool in_key = false;
    for (std::size_t i = 0; i < route_.columns.size() && column.empty(); ++i)
        if (readable({i}) == number) {
            column = route_.columns[i].name;
            in_key = route_.columns[i].in_key;
        }
    auto const key = in_key ? "number " + std::to_string(number + 1) + " behind the last one moved"
                            : key_of(number);
    raise(e, "cannot be read", column, key);
}

void failed_row::raise_writing(error const& e, relata::engine::row_target const& target) {
    if (!is_about_row(e.kind())) throw e;
    std::vector<param> values;
    auto const text = query(values, {});
    row_cursor rows(from_, layout_, text, values);
    row one(layout_);
    auto writing = to_.begin();
    for (std::int64_t number = 0; rows.next(one); ++number) {
        void const* object = one.data();
        auto const once = [](void* at) {
            return std::exchange(*static_cast<void const**>(at), nullptr);
        };
        try {
            relata::engine::insert_rows(relata::engine::source_of::handle_source(writing), target,
                                        {once, &object});
        } catch (error const& of_row) {
            auto const column =
                of_row.columns().size() == 1 ? of_row.columns().front() : unfit_column(one);
            rows.close();
            writing.rollback();
            raise(of_row, "is not taken by the target", column, key_of(number));
        }
    }
    throw e;
}

// Servers do not always name the column; the usual reasons can be seen.
std::string failed_row::unfit_column(row const& r) const {
    for (std::size_t i = 0; i < route_.columns.size(); ++i) {
        auto const value = layout_.value(r.data(), i);
        if (value.kind != kind::text) continue;
        auto const bound = route_.columns[i].type.length;
        std::string_view const text(value.chars.data, value.chars.size);
        if (text.find('\0') != text.npos || (bound > 0 && code_points(text) > bound))
            return route_.columns[i].name;
    }
    return {};
}

void failed_row::raise(error const& e, std::string const& what, std::string const& column,
                       std::string const& key) const {
    auto info = e.info();
    info.table = route_.name;
    if (!column.empty()) info.columns = {column};
    info.transaction = transaction_state::none;
    info.message = "the row of table " + route_.name + " " + key +
                   (column.empty() ? "" : ", column " + column) + ", " + what + ": " +
                   info.message +
                   "; rows before it are moved: mend it in the source and move again";
    throw error(std::move(info));
}

}  // namespace relata::migrate::moving
