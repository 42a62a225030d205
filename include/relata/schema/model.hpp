// SPDX-License-Identifier: BSL-1.0
/// \file
/// Tables, columns and constraints as plain data at run time, names and all.
#pragma once

#include <relata/schema/table_data.hpp>
#include <relata/types/field.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace relata::schema {

/// A column. Embedded structs are already flattened: `address.city` is the column `address_city`.
struct column {
    std::string name;
    type_info const* type;  ///< C++ type; nullable when the column can be NULL
    column_path path;
    std::uint32_t offset;    ///< bytes from the start of the mapped struct
    bool generated = false;  ///< the database makes the value
    bool ascii_ci = false;   ///< compares without regard to the case of ASCII letters
    bool in_key = false;     ///< part of a key, unique constraint or index: text is bounded
    bool default_now = false;
    param const* default_value = nullptr;

    /// The type as it is stored: that of the codec for custom types.
    [[nodiscard]] type_info const& stored() const {
        return type->kind == kind::custom ? *type->codec->stored : *type;
    }
    /// Most code points of a text column, 0 = no bound. Text in a key without a bound of its own gets
    /// 255, on every back end alike, because MySQL cannot index more.
    [[nodiscard]] std::uint32_t text_bound() const;
};

/// A primary key, unique constraint or index: names of columns in order.
struct key {
    std::string name;
    std::vector<unsigned> columns;  ///< positions in table::columns
};

struct reference {
    std::string name;
    std::vector<unsigned> columns;
    table_ref other;
    std::vector<column_path> other_columns;
    on_delete deleted;
    on_update updated;
};

struct check {
    std::string name;
    sql::node const* tree;
    param const* params;
    unsigned param_count;
};

/// A table as the program describes it.
struct table {
    std::string name;
    table_data const* data = nullptr;
    std::vector<column> columns;
    key primary;  ///< no columns: the table has no primary key
    std::vector<key> uniques;
    std::vector<key> indexes;
    std::vector<reference> references;
    std::vector<check> checks;

    /// The column at a path of members. Throws invalid_schema for an ignored member.
    [[nodiscard]] column const& at(column_path path) const;
    /// Position of that column, or -1.
    [[nodiscard]] int find(column_path path) const noexcept;
    /// The generated key column's position, or -1.
    [[nodiscard]] int generated_key() const noexcept;
};

/// The run-time model of a described table: built once for each table, then kept under its address,
/// so `data` lives as long as the program.
/// Names are checked: lower_snake, at most 63 bytes, unique. Throws invalid_schema. Thread-safe.
[[nodiscard]] RELATA_EXPORT table const& model_of(table_data const& data);

/// A source or destination plan for all columns, in order; column numbers start at `first_column`,
/// offsets at `base`. Generated columns are left out when `without_generated`.
[[nodiscard]] RELATA_EXPORT std::vector<field>
plan_of(table const& table, std::uint16_t first_column, std::uint32_t base, bool without_generated);

}  // namespace relata::schema
