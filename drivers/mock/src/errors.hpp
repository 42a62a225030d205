// SPDX-License-Identifier: BSL-1.0
/// \file
/// Errors as a real database would report them.
#pragma once

#include <relata/core/error.hpp>

namespace relata::mock::detail {

/// All facts that errors of this kind usually have.
error_info usual(error_kind kind);

}  // namespace relata::mock::detail
