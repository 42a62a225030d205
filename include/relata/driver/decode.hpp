// SPDX-License-Identifier: BSL-1.0
/// \file
/// The one place where cells of a result become C++ values: every driver decodes alike.
///
/// Path of a query, step 5 of 5. Before: drivers/<name>/src/statement.cpp.
#pragma once

#include <relata/core/error.hpp>
#include <relata/types/decimal.hpp>
#include <relata/types/enum.hpp>
#include <relata/types/field.hpp>
#include <relata/types/text.hpp>
#include <relata/types/time.hpp>
#include <relata/types/uuid.hpp>

#include <limits>
#include <optional>

namespace relata::driver {

// A driver gives a `Row` with `auto cell = row.at(f)` for a `field const& f`, and these members of the
// cell. Each throws (through row.wrong) when the cell holds NULL or another type: nothing is converted
// silently, nothing is cut.
//
//   bool is_null()
//   std::int64_t integer()              any integer column; a decimal or numeric without fraction
//   std::uint64_t unsigned_integer()
//   bool boolean()
//   double real()                       float columns, integers, decimals (avg may be one)
//   std::string_view text()             valid until the next row
//   std::string_view blob()
//   detail::int128 mantissa()           decimals and integers, exact in scale f.scale
//   std::int32_t days()                 dates, days since 1970-01-01
//   std::int64_t time()                 microseconds since midnight
//   std::int64_t timestamp()            microseconds since 1970-01-01
//   std::int64_t instant()              microseconds since 1970-01-01 UTC
//   void uuid(unsigned char* to16)
//   std::string_view json()
//
//   [[noreturn]] void row.wrong(error_kind, field const&)   throws with the column's name

namespace detail {

using relata::detail::int128;

template <class T> struct read;  // how a C++ type is read from a cell

template <class T>
    requires std::is_integral_v<T>
struct read<T> {
    template <class Row, class Cell>
    [[gnu::always_inline]] static T from(Row& row, field const& f, Cell& cell) {
        if constexpr (std::is_same_v<T, bool>) return cell.boolean();
        else if constexpr (sizeof(T) == 8 && std::is_signed_v<T>) return cell.integer();
        else if constexpr (sizeof(T) == 8) return cell.unsigned_integer();
        else {
            std::int64_t const wide = cell.integer();
            if (wide < std::numeric_limits<T>::min() || wide > std::numeric_limits<T>::max())
                [[unlikely]]
                row.wrong(error_kind::out_of_range, f);
            return T(wide);
        }
    }
};

template <> struct read<double> {
    template <class Row, class Cell>
    [[gnu::always_inline]] static double from(Row&, field const&, Cell& cell) {
        return cell.real();
    }
};

template <> struct read<float> {
    template <class Row, class Cell>
    [[gnu::always_inline]] static float from(Row& row, field const& f, Cell& cell) {
        double const wide = cell.real();
        if (double(float(wide)) != wide && wide == wide &&
            (wide > 3.4028234663852886e38 || wide < -3.4028234663852886e38)) [[unlikely]]
            row.wrong(error_kind::out_of_range, f);
        return float(wide);
    }
};

template <> struct read<date> {
    template <class Row, class Cell>
    [[gnu::always_inline]] static date from(Row&, field const&, Cell& cell) {
        return date(std::chrono::sys_days(std::chrono::days(cell.days())));
    }
};

template <> struct read<timestamp> {
    template <class Row, class Cell>
    [[gnu::always_inline]] static timestamp from(Row&, field const&, Cell& cell) {
        return timestamp(std::chrono::microseconds(cell.timestamp()));
    }
};

template <> struct read<instant> {
    template <class Row, class Cell>
    [[gnu::always_inline]] static instant from(Row&, field const&, Cell& cell) {
        return instant(std::chrono::microseconds(cell.instant()));
    }
};

template <class T, class Row, class Cell>
[[gnu::always_inline]] inline void store(Row& row, field const& f, void* at, Cell& cell) {
    *static_cast<T*>(at) = read<T>::from(row, f, cell);
}

template <class T, class Row, class Cell>
[[gnu::always_inline]] inline void store_optional(Row& row, field const& f, void* at, Cell& cell) {
    auto& optional = *static_cast<std::optional<T>*>(at);
    if (cell.is_null()) optional.reset();
    else optional = read<T>::from(row, f, cell);
}

template <class Row> field const* decode_field(Row& row, field const* plan, char* base);

// Text that does not fit into the string's room comes as a new string: half the work of growing.
[[gnu::always_inline]] inline void put_text(std::string& to, std::string_view text) {
    if (text.size() > to.capacity()) to = std::string(text);
    else to.assign(text);
}

template <class Row, class Cell>
inline int128 checked_mantissa(Row& row, field const& f, Cell& cell) {
    int128 const value = cell.mantissa();
    if (relata::detail::digits(value) > f.type->precision) [[unlikely]]
        row.wrong(error_kind::out_of_range, f);
    return value;
}

// Stores a number into an enumeration of any width; its names fix which numbers exist.
inline void store_enumerator(void* at, enumerator const& e, unsigned size) {
    switch (size) {
    case 1: *static_cast<std::int8_t*>(at) = std::int8_t(e.value); break;
    case 2: *static_cast<std::int16_t*>(at) = std::int16_t(e.value); break;
    case 4: *static_cast<std::int32_t*>(at) = std::int32_t(e.value); break;
    default: *static_cast<std::int64_t*>(at) = e.value; break;
    }
}

template <class Row, class Cell>
void decode_plain_rare(Row& row, field const& f, void* at, Cell& cell) {
    switch (f.type->kind) {
    case kind::decimal:
        *static_cast<std::int64_t*>(at) = std::int64_t(checked_mantissa(row, f, cell));
        break;
    case kind::decimal_wide: *static_cast<int128*>(at) = checked_mantissa(row, f, cell); break;
    case kind::bounded_text: {
        auto const text = cell.text();
        if (text.size() > f.type->length && code_points(text) > f.type->length)
            row.wrong(error_kind::value_too_long, f);
        static_cast<std::string*>(at)->assign(text);
        break;
    }
    case kind::bytes: {
        auto const blob = cell.blob();
        auto const* first = reinterpret_cast<std::byte const*>(blob.data());
        static_cast<std::vector<std::byte>*>(at)->assign(first, first + blob.size());
        break;
    }
    case kind::time: *static_cast<std::int64_t*>(at) = cell.time(); break;
    case kind::json: static_cast<std::string*>(at)->assign(cell.json()); break;
    case kind::uuid: cell.uuid(static_cast<unsigned char*>(at)); break;
    case kind::enumeration: {
        auto const* e = find_enumerator(*f.type->names, cell.text());
        if (!e) row.wrong(error_kind::value_invalid, f);
        store_enumerator(at, *e, f.type->names->size);
        break;
    }
    default: row.wrong(error_kind::not_supported, f);
    }
}

// Kinds that are rare or large, with or without an optional around them; kept out of the hot switch.
// Asks for the cell again: a reference to the caller's would force every cell into memory.
template <class Row> [[gnu::noinline]] void decode_rare(Row& row, field const& f, void* at) {
    auto cell = row.at(f);
    if (!f.type->nullable) return decode_plain_rare(row, f, at, cell);
    if (cell.is_null()) return f.type->optional->reset(at);
    decode_plain_rare(row, f, f.type->optional->emplace(at), cell);
}

template <class Row> struct custom_context {
    Row& row;
    field const& outer;
};

template <class Row> [[gnu::noinline]] void decode_custom(Row& row, field const& f, void* at) {
    custom_context<Row> context{row, f};
    f.type->codec->decode(
        at,
        [](void* raw, void* stored) {
            auto& c = *static_cast<custom_context<Row>*>(raw);
            field const inner = make_field(*c.outer.type->codec->stored, c.outer.column, 0);
            decode_field(c.row, &inner, static_cast<char*>(stored));
        },
        &context);
}

// An object of an outer join: absent when its key is NULL. Returns its last field.
template <class Row>
[[gnu::noinline]] field const* decode_object(Row& row, field const* f, char* base) {
    field const* const last = f + f->scale;
    void* const at = base + f->offset;
    if (row.at(*f).is_null()) {
        f->type->optional->reset(at);
        return last;
    }
    char* const object = static_cast<char*>(f->type->optional->emplace(at));
    while (f != last) decode_field(row, ++f, object);
    return last;
}

// Returns the last field that it has read: an object has several.
template <class Row>
[[gnu::always_inline]] inline field const* decode_fields(Row& row, field const* plan, char* base) {
    field const& f = *plan;
    void* const at = base + f.offset;
    auto cell = row.at(f);
    switch (f.code) {
    case code_of(kind::boolean): store<bool>(row, f, at, cell); break;
    case code_of(kind::int8): store<std::int8_t>(row, f, at, cell); break;
    case code_of(kind::int16): store<std::int16_t>(row, f, at, cell); break;
    case code_of(kind::int32): store<std::int32_t>(row, f, at, cell); break;
    case code_of(kind::int64): store<std::int64_t>(row, f, at, cell); break;
    case code_of(kind::uint8): store<std::uint8_t>(row, f, at, cell); break;
    case code_of(kind::uint16): store<std::uint16_t>(row, f, at, cell); break;
    case code_of(kind::uint32): store<std::uint32_t>(row, f, at, cell); break;
    case code_of(kind::uint64): store<std::uint64_t>(row, f, at, cell); break;
    case code_of(kind::float32): store<float>(row, f, at, cell); break;
    case code_of(kind::float64): store<double>(row, f, at, cell); break;
    case code_of(kind::date): store<date>(row, f, at, cell); break;
    case code_of(kind::timestamp): store<timestamp>(row, f, at, cell); break;
    case code_of(kind::instant): store<instant>(row, f, at, cell); break;
    case code_of(kind::text): put_text(*static_cast<std::string*>(at), cell.text()); break;
    case code_of(kind::boolean, true): store_optional<bool>(row, f, at, cell); break;
    case code_of(kind::int8, true): store_optional<std::int8_t>(row, f, at, cell); break;
    case code_of(kind::int16, true): store_optional<std::int16_t>(row, f, at, cell); break;
    case code_of(kind::int32, true): store_optional<std::int32_t>(row, f, at, cell); break;
    case code_of(kind::int64, true): store_optional<std::int64_t>(row, f, at, cell); break;
    case code_of(kind::uint8, true): store_optional<std::uint8_t>(row, f, at, cell); break;
    case code_of(kind::uint16, true): store_optional<std::uint16_t>(row, f, at, cell); break;
    case code_of(kind::uint32, true): store_optional<std::uint32_t>(row, f, at, cell); break;
    case code_of(kind::uint64, true): store_optional<std::uint64_t>(row, f, at, cell); break;
    case code_of(kind::float32, true): store_optional<float>(row, f, at, cell); break;
    case code_of(kind::float64, true): store_optional<double>(row, f, at, cell); break;
    case code_of(kind::date, true): store_optional<date>(row, f, at, cell); break;
    case code_of(kind::timestamp, true): store_optional<timestamp>(row, f, at, cell); break;
    case code_of(kind::instant, true): store_optional<instant>(row, f, at, cell); break;
    case code_of(kind::text, true): {
        auto& optional = *static_cast<std::optional<std::string>*>(at);
        if (cell.is_null()) optional.reset();
        else if (optional) put_text(*optional, cell.text());
        else optional.emplace(cell.text());
        break;
    }
    case code_of(kind::custom):
    case code_of(kind::custom, true): decode_custom(row, f, at); break;
    case code_of(kind::object, true): return decode_object(row, plan, base);
    default: decode_rare(row, f, at);
    }
    return plan;
}

template <class Row>
[[gnu::noinline]] field const* decode_field(Row& row, field const* plan, char* base) {
    return decode_fields(row, plan, base);
}

}  // namespace detail

/// Decodes one row into the struct at `base`, by a plan of `fields` fields.
template <class Row>
[[gnu::always_inline]] inline void decode_row(Row& row, field const* plan, unsigned fields,
                                              char* base) {
    for (field const *f = plan, *end = plan + fields; f != end; ++f)
        f = detail::decode_fields(row, f, base);
}

}  // namespace relata::driver
