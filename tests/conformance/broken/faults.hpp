// SPDX-License-Identifier: BSL-1.0
/// \file
/// Mistakes that a driver could make, each with the cases of the kit that must find it.
#pragma once

#include <relata/types/field.hpp>
#include <relata/types/param.hpp>

#include <cstdint>
#include <span>
#include <string_view>

namespace broken {

/// One mistake, as hooks into a driver that is right otherwise. A hook that is nullptr does nothing.
struct fault {
    std::string_view name;
    char const* found_by;   ///< pattern of the cases that are run on it; one of them must fail
    std::string_view said;  ///< what the report says of it
    /// Before each call of the interface, by its name: may throw, crash, hang.
    void (*call)(std::string_view name) = nullptr;
    /// Which call is made in place of this one, "" for none.
    std::string_view (*instead)(std::string_view name) = nullptr;
    /// Changes a value that was fetched.
    void (*fetched)(relata::field const& f, void* at) = nullptr;
    /// Changes a value that is bound.
    void (*bound)(relata::param& p) = nullptr;
    /// Changes the number of affected rows.
    std::int64_t (*affected)(std::int64_t rows) = nullptr;
};

[[nodiscard]] std::span<fault const> all_faults();

}  // namespace broken
