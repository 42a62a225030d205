// SPDX-License-Identifier: BSL-1.0
/// \file
/// The capabilities of a driver by name: what cases may be skipped for.
#pragma once

#include <relata/driver/capabilities.hpp>

#include <span>
#include <string>
#include <string_view>

namespace relata::conformance {

/// One yes-or-no capability.
struct capability {
    std::string_view name;  ///< as in `driver::capabilities`
    std::string_view text;  ///< what it means, for reports
    bool driver::capabilities::* member;
};

[[nodiscard]] std::span<capability const> all_capabilities();

/// The name of a member. Each member of type bool is in the list.
[[nodiscard]] std::string_view name_of(bool driver::capabilities::* member);

/// "isolation_levels.snapshot"
[[nodiscard]] std::string name_of(isolation level);

}  // namespace relata::conformance
