// SPDX-License-Identifier: BSL-1.0
/// \file
/// The one door through which value types refuse a value; out of line, so that headers stay cheap.
#pragma once

#include <relata/core/export.hpp>

namespace relata::detail {

/// Each throws `relata::error` of the kind in its name. `message` names the rule that was broken
/// and never a value. Not constexpr on purpose: reaching one in a constant is a compile error.
[[noreturn]] RELATA_EXPORT void raise_out_of_range(char const* message);
[[noreturn]] RELATA_EXPORT void raise_value_invalid(char const* message);
[[noreturn]] RELATA_EXPORT void raise_value_too_long(char const* message);
[[noreturn]] RELATA_EXPORT void raise_text_invalid(char const* message);

}  // namespace relata::detail
