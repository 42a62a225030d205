// SPDX-License-Identifier: BSL-1.0

#include "migrate/apply/history_row.hpp"

#include <relata/core/error.hpp>
#include <relata/sql/select.hpp>

#include <algorithm>
#include <array>
#include <tuple>

namespace relata::migrate {

namespace {

constexpr std::array<std::string_view, 6> names{"pending", "applied", "baseline",
                                                "running", "failed",  "reverting"};

}  // namespace

std::string_view name_of(migration_state state) noexcept { return names.at(std::size_t(state)); }

migration_state state_of(history_row const& row) {
    auto const at = std::find(names.begin(), names.end(), row.state.value());
    if (at == names.end())
        fail(error_kind::not_supported, row.id.value() +
                                            " is in a state that this version does not "
                                            "know: " +
                                            row.state.value());
    return migration_state(at - names.begin());
}

bool is_done(history_row const& row) {
    auto const state = state_of(row);
    return state == migration_state::applied || state == migration_state::baseline;
}

instant now() {
    return std::chrono::time_point_cast<std::chrono::microseconds>(
        std::chrono::system_clock::now());
}

std::optional<std::vector<history_row>> read_rows(handle const& from) {
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
