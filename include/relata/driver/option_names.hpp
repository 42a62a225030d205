// SPDX-License-Identifier: BSL-1.0
/// \file
/// Which URL options a driver with several schemes takes for which of them.
#pragma once

#include <relata/driver/driver.hpp>

#include <string_view>
#include <vector>

namespace relata::driver {

/// The options that URLs of this scheme take, of those in `entry::options`.
[[nodiscard]] inline std::vector<std::string_view> options_of(entry const& driver,
                                                              std::string_view scheme) {
    std::vector<std::string_view> out;
    for (auto const* each = driver.options; *each; ++each) {
        std::string_view const name = *each;
        auto const colon = name.find(':');
        if (colon == name.npos) out.push_back(name);
        else if (name.substr(0, colon) == scheme) out.push_back(name.substr(colon + 1));
    }
    return out;
}

}  // namespace relata::driver
