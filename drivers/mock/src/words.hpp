// SPDX-License-Identifier: BSL-1.0
/// \file
/// What is wrong with a value, in words.
#pragma once

#include <relata/mock/rule.hpp>

namespace relata::mock::detail {

/// What is wrong with a value that a program wants to send.
std::string_view words(error_kind kind);

/// "text", "an integer", "NULL": what a cell of this kind holds, or a program of this kind reads.
std::string_view name_of(relata::kind kind);

/// The enumerator's name.
std::string_view name_of(step s);

}  // namespace relata::mock::detail
