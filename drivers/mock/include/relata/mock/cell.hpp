// SPDX-License-Identifier: BSL-1.0
/// \file
/// `mock::cell` and `mock::row`: values that a script gives, and values that a program sent.
#pragma once

#include <relata/schema/table.hpp>
#include <relata/types/decimal.hpp>
#include <relata/types/enum.hpp>
#include <relata/types/type_info.hpp>

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relata::mock {

/// Stands for any value in `rule::with`.
struct anything_t {};
inline constexpr anything_t anything{};

/// One value: NULL, or a value of any type that relata can store. Made from a C++ value by the same
/// checks that a driver makes before it sends it (text is UTF-8, numbers fit, enumerators have names),
/// and read by the same code that reads a database's cells.
class RELATA_EXPORT cell {
public:
    /// NULL.
    cell() = default;
    cell(std::nullptr_t) {}
    cell(std::nullopt_t) {}
    cell(anything_t) : any_(true) {}
    cell(char const* text) : cell(std::string_view(text)) {}
    cell(std::string_view text);
    cell(decimal_literal number);
    /// Any type that a column can have, optional or not: `1`, `true`, `"19.90"_dec`, a date, a uuid,
    /// an enumerator, a type with a codec. Throws out_of_range, value_invalid or text_invalid.
    template <class T>
        requires(!std::is_same_v<T, anything_t>) && (!std::is_same_v<T, decimal_literal>) &&
                (kind_of<T> != kind::none && kind_of<T> != kind::object)
    cell(T const& value) : cell(type_of<T>, &value) {}
    /// The value of a type at an address.
    cell(type_info const& type, void const* value);

    /// `none` for NULL; all integers are int64, both real types float64, all decimals decimal_wide,
    /// enumerators text, types with a codec what they are stored as.
    [[nodiscard]] relata::kind kind() const noexcept { return kind_; }
    /// As a test wants to read it: `NULL`, `7`, `19.90`, `'it''s'`, `true`, `2024-05-01`, `x'00ff'`.
    [[nodiscard]] std::string text() const;

    /// Same value: numbers by value (1.5 equals 1.50), all else by kind and value. `anything` equals all.
    friend bool operator==(cell const& a, cell const& b) noexcept { return a.same(b); }

private:
    [[nodiscard]] bool same(cell const& other) const noexcept;

    friend struct cell_sink;
    friend struct cell_reader;

    relata::kind kind_ = kind::none;
    bool any_ = false;
    unsigned char scale_ = 0;            // of a decimal
    relata::detail::int128 number_ = 0;  // all that is a whole number inside
    double real_ = 0;
    std::string chars_;  // text, bytes, json, the 16 bytes of a uuid
};

/// One row: its cells in the order of the columns.
class RELATA_EXPORT row {
public:
    row() = default;
    row(std::initializer_list<cell> cells) : cells_(cells) {}
    explicit row(std::vector<cell> cells) : cells_(static_cast<std::vector<cell>&&>(cells)) {}
    /// All columns of a mapped object.
    template <class T>
        requires(kind_of<T> == kind::object && !relata::detail::is_optional<T>)
    row(T const& object) : row(relata::detail::table_data_of<T>(), &object) {}

    [[nodiscard]] std::size_t size() const noexcept { return cells_.size(); }
    [[nodiscard]] cell const& operator[](std::size_t column) const { return cells_[column]; }
    [[nodiscard]] std::vector<cell> const& cells() const noexcept { return cells_; }
    /// `[1, 'a', NULL]`
    [[nodiscard]] std::string text() const;

    /// The cells of both, one after the other: `row(some_album) + row{"Miles Davis"}`.
    friend row operator+(row left, row const& right) {
        left.cells_.insert(left.cells_.end(), right.cells_.begin(), right.cells_.end());
        return left;
    }
    friend bool operator==(row const& a, row const& b) noexcept { return a.cells_ == b.cells_; }

private:
    row(schema::table_data const& table, void const* object);

    std::vector<cell> cells_;
};

}  // namespace relata::mock
