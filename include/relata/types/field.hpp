// SPDX-License-Identifier: BSL-1.0
/// \file
/// One step of a destination or source plan: which column goes to which place of a struct.
#pragma once

#include <relata/types/type_info.hpp>

namespace relata {

/// A column of a result (or a parameter of an insert) and the place of its C++ object.
///
/// Rows move by plans: an array of fields, a base address and a stride, as ODBC binds row-wise.
struct field {
    /// the kind, plus `nullable` when the object is a std::optional
    std::uint8_t code;
    /// decimal: digits after the point; optional object: how many of the fields that follow are its
    /// own (their offsets count from the object)
    std::uint8_t scale;
    std::uint16_t column;  ///< from 0; optional object: the column that is NULL when it is absent
    std::uint32_t offset;  ///< bytes from the start of the row
    type_info const* type;

    static constexpr std::uint8_t nullable = 0x20;  // above all kinds, and near: one dense switch
};
static_assert(sizeof(field) == 16);

/// The code of a field of this type, to be compared with in a switch.
constexpr std::uint8_t code_of(kind k, bool nullable = false) {
    return std::uint8_t(unsigned(k) | (nullable ? unsigned(field::nullable) : 0u));
}

/// Makes the field for a column of a type at an offset.
constexpr field make_field(type_info const& type, std::uint16_t column, std::uint32_t offset) {
    return {code_of(type.kind, type.nullable), type.scale, column, offset, &type};
}

}  // namespace relata
