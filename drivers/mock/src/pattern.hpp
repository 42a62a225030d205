// SPDX-License-Identifier: BSL-1.0
/// \file
/// Texts of statements that are compared with patterns.
#pragma once

#include <string>
#include <string_view>

namespace relata::mock::detail {

/// What remains of a statement when all that does not matter is gone: one space between words, small
/// letters, no quotes around names, `?` for each placeholder. Text literals stay as they are.
std::string plain(std::string_view sql);

/// Whether a plain text matches a plain pattern, in which `*` stands for any text.
bool matches(std::string_view pattern, std::string_view text) noexcept;

}  // namespace relata::mock::detail
