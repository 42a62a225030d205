// SPDX-License-Identifier: BSL-1.0

#include "migrate/move/journal.hpp"

#include <relata/core/error.hpp>

namespace relata::migrate::moving {

std::optional<journal_row> journal::find(std::string const& name) const {
    try {
        return on_.find<journal_row>(name);
    } catch (error const& e) {
        if (e.kind() == error_kind::table_not_found) return std::nullopt;
        throw;
    }
}

void journal::begin(std::string const& hash) const {
    on_.create_tables<journal_row>();
    on_.insert(journal_row{{}, text<64>(hash), {}, 0, false});
}

void journal::write(transaction& in, journal_row const& row) {
    if (!in.update(row)) in.insert(row);
}

void journal::end() const { on_.drop_tables<journal_row>(); }

}  // namespace relata::migrate::moving
