// SPDX-License-Identifier: BSL-1.0
/// \file
/// How Firebird stores values. See column_types.hpp.
#pragma once

#include <relata/schema/model.hpp>

#include <string>
#include <string_view>

namespace relata::dialect {

/// The type of a column that stores values of type `t`. Throws not_supported where there is none.
[[nodiscard]] std::string firebird_type(schema::column const& c, type_info const& t);

/// A condition that keeps out what the type lets in and values of `t` never are; empty for none.
[[nodiscard]] std::string firebird_condition(schema::column const& c, type_info const& t,
                                             std::string const& name);

}  // namespace relata::dialect
