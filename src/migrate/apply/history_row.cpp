// SPDX-License-Identifier: BSL-1.0

#include "migrate/apply/history_row.hpp"

#include <relata/core/error.hpp>
#include <relata/dialect/dialect.hpp>
#include <relata/sql/raw.hpp>
#include <relata/sql/select.hpp>

#include <algorithm>
#include <array>
#include <tuple>

namespace relata::migrate {

namespace {

constexpr std::array<std::string_view, 6> state_names{"pending", "applied", "baseline",
                                                      "running", "failed",  "reverting"};
constexpr std::string_view cursor_mark = "at ";

}  // namespace

std::string_view name_of(migration_state state) noexcept {
    return state_names.at(std::size_t(state));
}

migration_state state_of(history_row const& row) {
    auto const at = std::find(state_names.begin(), state_names.end(), row.state.value());
    if (at == state_names.end())
        fail(error_kind::not_supported, row.id.value() +
                                            " is in a state that this version does not "
                                            "know: " +
                                            row.state.value());
    return migration_state(at - state_names.begin());
}

bool is_done(history_row const& row) {
    auto const state = state_of(row);
    return state == migration_state::applied || state == migration_state::baseline;
}

std::string cursor_of(history_row const& row) {
    bool const is_cursor = row.running != 0 && row.before.starts_with(cursor_mark);
    return is_cursor ? row.before.substr(cursor_mark.size()) : "";
}

void put_cursor(history_row& row, std::string const& cursor) {
    row.running = cursor.empty() ? 0 : row.done + 1;
    row.before = cursor.empty() ? "" : std::string(cursor_mark) + cursor;
    if (cursor.empty()) ++row.done;
}

instant now() {
    return std::chrono::time_point_cast<std::chrono::microseconds>(
        std::chrono::system_clock::now());
}

std::optional<std::vector<history_row>> read_rows(connection const& from) {
    // else it would be found in a schema that several tenants share
    if (from.spelling().id() == dialect::family::postgresql &&
        !from.one(sql_query<"select to_regclass(quote_ident(current_schema()) || "
                            "'.relata_migration') is not null",
                            bool>())
             .m0)
        return std::nullopt;
    try {
        return from.all(relata::from<history_row>());
    } catch (error const& e) {
        if (e.kind() == error_kind::table_not_found) return std::nullopt;
        throw;
    }
}

void sort_rows(std::vector<history_row>& rows, folder const& by) {
    std::sort(rows.begin(), rows.end(), [&](history_row const& a, history_row const& b) {
        auto const place = [&](history_row const& row) {
            return std::make_tuple(by.place_of(row.id.value()), row.started, row.id.value());
        };
        return place(a) < place(b);
    });
}

}  // namespace relata::migrate
