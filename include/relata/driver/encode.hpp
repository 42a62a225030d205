// SPDX-License-Identifier: BSL-1.0
/// \file
/// The one place where C++ values become bound values: every driver checks and encodes alike.
#pragma once

#include <relata/core/error.hpp>
#include <relata/types/enum.hpp>
#include <relata/types/decimal.hpp>
#include <relata/types/field.hpp>
#include <relata/types/json.hpp>
#include <relata/types/param.hpp>
#include <relata/types/text.hpp>
#include <relata/types/time.hpp>

#include <optional>

namespace relata::driver {

// A driver gives a `Sink` with these members; `i` is the placeholder from 0, `t` the value's type.
// Views stay valid until the statement is finished.
//
//   void null(unsigned i, type_info const& t)
//   void boolean(unsigned i, bool)
//   void integer(unsigned i, std::int64_t, type_info const& t)
//   void unsigned_integer(unsigned i, std::uint64_t)                    uint64 only
//   void real(unsigned i, double, type_info const& t)
//   void decimal(unsigned i, detail::int128 mantissa, type_info const& t)
//   void text(unsigned i, std::string_view)
//   void bytes(unsigned i, std::string_view)
//   void date(unsigned i, std::int32_t days)
//   void time(unsigned i, std::int64_t microseconds)
//   void timestamp(unsigned i, std::int64_t microseconds)
//   void instant(unsigned i, std::int64_t microseconds)
//   void uuid(unsigned i, unsigned char const* from16)
//   void json(unsigned i, std::string_view)
//   std::string_view keep(std::string_view)                             a copy that lives until finish
//   [[noreturn]] void wrong(error_kind, unsigned i)                     names the placeholder

namespace detail {

using relata::detail::int128;

constexpr std::int64_t first_microsecond = -62135596800000000;  // 0001-01-01 00:00:00
constexpr std::int64_t last_microsecond = 253402300799999999;   // 9999-12-31 23:59:59.999999
constexpr std::int64_t microseconds_per_day = 86400000000;

template <class Sink>
void put_text(Sink& sink, unsigned i, std::string_view text, type_info const& t) {
    if (!valid_text(text)) [[unlikely]]
        sink.wrong(error_kind::text_invalid, i);
    if (t.length && text.size() > t.length && code_points(text) > t.length) [[unlikely]]
        sink.wrong(error_kind::value_too_long, i);
    sink.text(i, text);
}

template <class Sink> void put_moment(Sink& sink, unsigned i, std::int64_t microseconds, kind k) {
    if (microseconds < first_microsecond || microseconds > last_microsecond) [[unlikely]]
        sink.wrong(error_kind::out_of_range, i);
    if (k == kind::timestamp) sink.timestamp(i, microseconds);
    else sink.instant(i, microseconds);
}

template <class Sink> void put_date(Sink& sink, unsigned i, std::int64_t days) {
    if (days < first_microsecond / microseconds_per_day ||
        days > last_microsecond / microseconds_per_day) [[unlikely]]
        sink.wrong(error_kind::out_of_range, i);
    sink.date(i, std::int32_t(days));
}

template <class Sink> void put_real(Sink& sink, unsigned i, double value, type_info const& t) {
    // NaN and infinities are not values on every back end; refused before they can become NULL
    if (!(value - value == 0.0)) [[unlikely]]
        sink.wrong(error_kind::out_of_range, i);
    sink.real(i, value + 0.0, t);  // -0.0 becomes 0.0, which not every back end could keep apart
}

template <class Sink> void put_time(Sink& sink, unsigned i, std::int64_t microseconds) {
    if (microseconds < 0 || microseconds >= microseconds_per_day) [[unlikely]]
        sink.wrong(error_kind::out_of_range, i);
    sink.time(i, microseconds);
}

inline std::int64_t load_enumerator(void const* at, enum_info const& names) {
    switch (names.size) {
    case 1:
        return names.is_signed ? *static_cast<std::int8_t const*>(at)
                               : *static_cast<std::uint8_t const*>(at);
    case 2:
        return names.is_signed ? *static_cast<std::int16_t const*>(at)
                               : *static_cast<std::uint16_t const*>(at);
    case 4:
        return names.is_signed ? *static_cast<std::int32_t const*>(at)
                               : std::int64_t(*static_cast<std::uint32_t const*>(at));
    default: return *static_cast<std::int64_t const*>(at);
    }
}

template <class Sink>
void encode_value(Sink& sink, unsigned i, type_info const& t, void const* at, bool transient);

template <class Sink> struct custom_source {
    Sink& sink;
    unsigned i;
    type_info const& stored;
};

template <class Sink>
[[gnu::noinline]] void encode_custom(Sink& sink, unsigned i, type_info const& t, void const* at) {
    custom_source<Sink> source{sink, i, *t.codec->stored};
    t.codec->encode(
        at,
        [](void* raw, void const* stored) {
            auto& s = *static_cast<custom_source<Sink>*>(raw);
            encode_value(s.sink, s.i, s.stored, stored, true);
        },
        &source);
}

// One value by its type. `transient`: the object dies before the statement runs.
template <class Sink>
inline void encode_value(Sink& sink, unsigned i, type_info const& t, void const* at,
                         bool transient) {
    if (t.nullable && t.kind != kind::custom) {
        at = t.optional->value(at);
        if (!at) return sink.null(i, t);
    }
    auto view = [&](std::string_view s) { return transient ? sink.keep(s) : s; };
    switch (t.kind) {
    case kind::boolean: return sink.boolean(i, *static_cast<bool const*>(at));
    case kind::int8: return sink.integer(i, *static_cast<std::int8_t const*>(at), t);
    case kind::int16: return sink.integer(i, *static_cast<std::int16_t const*>(at), t);
    case kind::int32: return sink.integer(i, *static_cast<std::int32_t const*>(at), t);
    case kind::int64: return sink.integer(i, *static_cast<std::int64_t const*>(at), t);
    case kind::uint8: return sink.integer(i, *static_cast<std::uint8_t const*>(at), t);
    case kind::uint16: return sink.integer(i, *static_cast<std::uint16_t const*>(at), t);
    case kind::uint32: return sink.integer(i, *static_cast<std::uint32_t const*>(at), t);
    case kind::uint64: return sink.unsigned_integer(i, *static_cast<std::uint64_t const*>(at));
    case kind::float32: return put_real(sink, i, double(*static_cast<float const*>(at)), t);
    case kind::float64: return put_real(sink, i, *static_cast<double const*>(at), t);
    case kind::decimal: return sink.decimal(i, *static_cast<std::int64_t const*>(at), t);
    case kind::decimal_wide: return sink.decimal(i, *static_cast<int128 const*>(at), t);
    case kind::text:
    case kind::bounded_text:
        return put_text(sink, i, view(*static_cast<std::string const*>(at)), t);
    case kind::bytes: {
        auto const& bytes = *static_cast<std::vector<std::byte> const*>(at);
        return sink.bytes(i, view({reinterpret_cast<char const*>(bytes.data()), bytes.size()}));
    }
    case kind::json: {
        std::string_view const text = view(*static_cast<std::string const*>(at));
        if (!valid_json(text)) [[unlikely]]
            sink.wrong(error_kind::value_invalid, i);
        return sink.json(i, text);
    }
    case kind::date: {
        auto const& day = *static_cast<relata::date const*>(at);
        if (!day.ok()) [[unlikely]]
            sink.wrong(error_kind::out_of_range, i);
        return put_date(sink, i, std::chrono::sys_days(day).time_since_epoch().count());
    }
    case kind::time: return put_time(sink, i, *static_cast<std::int64_t const*>(at));
    case kind::timestamp:
    case kind::instant: return put_moment(sink, i, *static_cast<std::int64_t const*>(at), t.kind);
    case kind::uuid: return sink.uuid(i, static_cast<unsigned char const*>(at));
    case kind::enumeration: {
        auto const name = enumerator_name(*t.names, load_enumerator(at, *t.names));
        if (!name.data()) [[unlikely]]
            sink.wrong(error_kind::value_invalid, i);
        return sink.text(i, name);
    }
    case kind::custom: return encode_custom(sink, i, t, at);
    case kind::object:
    case kind::none: break;
    }
    sink.wrong(error_kind::not_supported, i);
}

}  // namespace detail

/// Binds one value of a builder.
template <class Sink>
[[gnu::always_inline]] inline void encode_param(Sink& sink, unsigned i, param const& p) {
    using namespace detail;
    type_info const& t = *p.type;
    switch (p.kind) {
    case kind::none: return sink.null(i, t);
    case kind::boolean: return sink.boolean(i, p.integer != 0);
    case kind::int8:
    case kind::int16:
    case kind::int32:
    case kind::int64:
    case kind::uint8:
    case kind::uint16:
    case kind::uint32: return sink.integer(i, p.integer, t);
    case kind::uint64: return sink.unsigned_integer(i, std::uint64_t(p.integer));
    case kind::float32:
    case kind::float64: return put_real(sink, i, p.real, t);
    case kind::decimal: return sink.decimal(i, p.integer, t);
    case kind::decimal_wide:
        return sink.decimal(i, int128(p.mantissa.high) * (int128(1) << 64) + int128(p.mantissa.low),
                            t);
    case kind::text:
    case kind::bounded_text:
    case kind::enumeration: return put_text(sink, i, {p.chars.data, p.chars.size}, t);
    case kind::bytes: return sink.bytes(i, {p.chars.data, p.chars.size});
    case kind::json: {
        std::string_view const text{p.chars.data, p.chars.size};
        if (!valid_json(text)) [[unlikely]]
            sink.wrong(error_kind::value_invalid, i);
        return sink.json(i, text);
    }
    case kind::date: return put_date(sink, i, p.integer);
    case kind::time: return put_time(sink, i, p.integer);
    case kind::timestamp:
    case kind::instant: return put_moment(sink, i, p.integer, p.kind);
    case kind::uuid: return sink.uuid(i, p.raw);
    case kind::custom: return encode_custom(sink, i, t, p.object);
    case kind::object: break;
    }
    sink.wrong(error_kind::not_supported, i);
}

/// Binds one member of an object; the placeholder is the field's column.
template <class Sink> inline void encode_field(Sink& sink, field const& f, void const* object) {
    detail::encode_value(sink, f.column, *f.type, static_cast<char const*>(object) + f.offset,
                         false);
}

}  // namespace relata::driver
