// SPDX-License-Identifier: BSL-1.0
/// \file
/// A table's description as constant data: what `describe<T>(…)` collects, without the type T.
#pragma once

#include <relata/types/param.hpp>

namespace relata::sql {
struct node;
}

namespace relata {

/// What happens to a row when the row that it references is deleted or gets another key.
enum class on_delete : std::uint8_t { no_action, restrict, cascade, set_null };
enum class on_update : std::uint8_t { no_action, restrict, cascade, set_null };

}  // namespace relata

namespace relata::schema {

struct table_data;

/// Finds a table's description. A function, so that tables may reference each other in circles.
using table_ref = table_data const& (*)();

/// A path of members to a column: member 0 of the struct is 1 in the lowest byte, an embedded
/// struct's member follows in the next byte.
using column_path = std::uint32_t;

enum class item_kind : std::uint8_t {
    key,  ///< primary key; `generated` when the database makes the value
    unique,
    index,
    reference,      ///< foreign key to `columns` of another table
    check,          ///< condition: `tree` with `params`
    rename,         ///< column is called `name`
    ignore,         ///< member is not a column
    default_value,  ///< params[0] is the default
    default_now,    ///< default is the current time
    collation,      ///< text column compares without regard to ASCII case
    renamed_from,   ///< the column, without one the table, was called `name`; for migrations only
};

inline constexpr unsigned max_item_columns = 6;

/// One fact of a table's description.
struct item {
    item_kind kind;
    bool generated = false;
    bool named = false;  ///< `name` is the whole name, not a part of it
    relata::on_delete deleted = relata::on_delete::no_action;
    relata::on_update updated = relata::on_update::no_action;
    std::uint8_t column_count = 0;
    std::uint8_t param_count = 0;
    std::uint16_t first_param = 0;  ///< in table_data::params
    column_path columns[max_item_columns] = {};
    char const* name =
        nullptr;  ///< given name of the constraint, index or column; nullptr: generated
    table_ref other = nullptr;  ///< reference: the other table, and its columns
    column_path other_columns[max_item_columns] = {};
    sql::node const* tree = nullptr;  ///< check
    std::uint64_t other_id = 0;       ///< reference: tells the other table while compiling
};

/// A table: its name, the members of its struct and the facts about them.
struct table_data {
    char const* name;
    object_info const* object;
    item const* items;
    std::uint32_t item_count;
    param const* params;
    bool verbatim = false;  ///< names are taken as they are, not checked to be lower_snake
};

}  // namespace relata::schema
