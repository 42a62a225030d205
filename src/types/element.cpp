// SPDX-License-Identifier: BSL-1.0
//
// A C++ object as a param: elements of lists, and what codecs store.

#include <relata/types/param.hpp>

#include <relata/core/error.hpp>
#include <relata/types/detail/int128.hpp>
#include <relata/types/enum.hpp>
#include <relata/types/time.hpp>

#include <cstring>

namespace relata::detail {
namespace {

template <class T> T load(void const* at) { return *static_cast<T const*>(at); }

std::int64_t load_enumerator(void const* at, enum_info const& names) {
    switch (names.size) {
    case 1: return names.is_signed ? load<std::int8_t>(at) : std::int64_t(load<std::uint8_t>(at));
    case 2: return names.is_signed ? load<std::int16_t>(at) : std::int64_t(load<std::uint16_t>(at));
    case 4: return names.is_signed ? load<std::int32_t>(at) : std::int64_t(load<std::uint32_t>(at));
    default: return load<std::int64_t>(at);
    }
}

param::view view_of(std::string_view text) { return {text.data(), text.size()}; }

void load_integer(param& p, void const* at) {
    switch (p.kind) {
    case kind::boolean: p.integer = load<bool>(at) ? 1 : 0; return;
    case kind::int8: p.integer = load<std::int8_t>(at); return;
    case kind::int16: p.integer = load<std::int16_t>(at); return;
    case kind::int32: p.integer = load<std::int32_t>(at); return;
    case kind::uint8: p.integer = load<std::uint8_t>(at); return;
    case kind::uint16: p.integer = load<std::uint16_t>(at); return;
    case kind::uint32: p.integer = load<std::uint32_t>(at); return;
    default: p.integer = load<std::int64_t>(at); return;  // uint64 as its bits
    }
}

void load_value(param& p, type_info const& t, void const* at) {
    switch (p.kind) {
    case kind::float32: p.real = double(load<float>(at)); return;
    case kind::float64: p.real = load<double>(at); return;
    case kind::decimal_wide: {
        auto const mantissa = load<int128>(at);
        p.mantissa = {static_cast<std::uint64_t>(mantissa),
                      static_cast<std::int64_t>(mantissa >> 64)};
        return;
    }
    case kind::text:
    case kind::bounded_text:
    case kind::json: p.chars = view_of(*static_cast<std::string const*>(at)); return;
    case kind::bytes: {
        auto const& bytes = *static_cast<std::vector<std::byte> const*>(at);
        p.chars = {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
        return;
    }
    case kind::date: p.integer = days_since_epoch(load<date>(at)); return;
    case kind::uuid: std::memcpy(p.raw, at, sizeof p.raw); return;
    case kind::enumeration: {
        auto const text = enumerator_name(*t.names, load_enumerator(at, *t.names));
        if (!text.data()) fail(error_kind::value_invalid, "an enumerator has no listed name");
        p.chars = view_of(text);
        return;
    }
    case kind::custom: p.object = at; return;
    default: return load_integer(p, at);
    }
}

}  // namespace

param element(type_info const& type, void const* object) {
    param p{};
    p.type = &type;
    p.kind = type.kind;
    p.role = param::role::value;
    if (type.nullable && type.kind != kind::custom) {  // a codec looks into the optional itself
        object = type.optional->value(object);
        if (!object) {
            p.kind = kind::none;
            return p;
        }
    }
    load_value(p, type, object);
    return p;
}

}  // namespace relata::detail
