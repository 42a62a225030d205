// SPDX-License-Identifier: BSL-1.0
// Turns a broken rule of a value type into the library's one exception.

#include <relata/types/detail/raise.hpp>

#include <relata/core/error.hpp>

namespace relata::detail {

void raise_out_of_range(char const* message) { fail(error_kind::out_of_range, message); }
void raise_value_invalid(char const* message) { fail(error_kind::value_invalid, message); }
void raise_value_too_long(char const* message) { fail(error_kind::value_too_long, message); }
void raise_text_invalid(char const* message) { fail(error_kind::text_invalid, message); }

}  // namespace relata::detail
