// SPDX-License-Identifier: BSL-1.0
/// \file
/// Mistakes that a driver could make, each with the cases of the kit that must find it.
#pragma once

#include <relata/core/error.hpp>
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
    /// Is told the SQL of statements and scripts.
    void (*reads)(std::string_view sql) = nullptr;
    /// Changes what an error tells that came out of a call.
    void (*raised)(std::string_view call, relata::error_info& info) = nullptr;
    /// Another execution on the connection ends a statement's result.
    bool one_result = false;
    /// The back end that is right otherwise: its scheme is behind "broken+".
    std::string_view back_end = "sqlite";
};

/// Those of values, statements and transactions, and those of what the server decides on.
[[nodiscard]] std::span<fault const> all_faults();
[[nodiscard]] std::span<fault const> server_faults();

}  // namespace broken
