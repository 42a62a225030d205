// SPDX-License-Identifier: BSL-1.0

#include "conformance/native_sql.hpp"

#include "conformance/storage.hpp"

#include <fmt/format.h>

namespace relata::conformance {
namespace {

bool says_unknown(subject& s, error const& e) {
    switch (e.kind()) {
    case error_kind::permission_denied:
        s.note(fmt::format("the user may not do this: {}", e.info().native_message));
        return true;
    case error_kind::syntax:
    case error_kind::invalid_argument:  // a setting that is not there
    case error_kind::not_supported:
    case error_kind::table_not_found:
    case error_kind::column_not_found:
    case error_kind::unknown: return true;
    default: return false;
    }
}

}  // namespace

std::optional<std::size_t> first_taken(subject& s, driver::connection& on,
                                       std::vector<spelling> const& spellings) {
    for (std::size_t i = 0; i < spellings.size(); ++i) {
        auto const& statements = spellings[i];
        try {
            on.script(statements.front());
        } catch (error const& e) {
            if (!says_unknown(s, e)) throw;
            continue;
        }
        for (std::size_t k = 1; k < statements.size(); ++k) on.script(statements[k]);
        return i;
    }
    return std::nullopt;
}

undo::undo(subject& s, std::vector<std::string> statements)
    : subject_(s), statements_(std::move(statements)) {}

// On a connection of its own: that of the case may be in any state.
undo::~undo() {
    try {
        auto const fresh = subject_.connect();
        for (auto const& each : statements_) fresh->script(each);
    } catch (error const& e) {
        subject_.note(fmt::format("something was left behind: {}", e.what()));
    }
}

}  // namespace relata::conformance
