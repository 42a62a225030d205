// SPDX-License-Identifier: BSL-1.0
/// \file
/// How a user's own type becomes a column: specialise `codec` with a stored type and two functions.
#pragma once

#include <relata/types/type_info.hpp>

namespace relata {

/// Specialise for a type of yours:
///
///     template <> struct relata::codec<colour> {
///         using stored = std::string;                       // any type that relata knows
///         static std::string encode(colour const& c);       // may throw relata::error
///         static colour decode(std::string const& text);    // may throw relata::error
///     };
///
/// A type must be default-constructible to be read.
template <class T> struct codec;

namespace detail {

template <class T>
concept has_codec = requires { typename codec<T>::stored; };

template <class T> struct custom_type {
    using stored = typename codec<T>::stored;

    static void decode(void* value, void (*read)(void*, void*), void* context) {
        stored raw{};
        read(context, &raw);
        *static_cast<T*>(value) = codec<T>::decode(raw);
    }
    static void encode(void const* value, void (*write)(void*, void const*), void* context) {
        stored const raw = codec<T>::encode(*static_cast<T const*>(value));
        write(context, &raw);
    }
    static constexpr codec_info info{&type_info_of<stored>::value, &decode, &encode};
};

template <class T> struct optional_custom {
    using stored = std::optional<typename codec<T>::stored>;

    static void decode(void* value, void (*read)(void*, void*), void* context) {
        stored raw;
        read(context, &raw);
        auto& out = *static_cast<std::optional<T>*>(value);
        if (raw) out = codec<T>::decode(*raw);
        else out.reset();
    }
    static void encode(void const* value, void (*write)(void*, void const*), void* context) {
        auto const& in = *static_cast<std::optional<T> const*>(value);
        stored const raw = in ? stored(codec<T>::encode(*in)) : stored();
        write(context, &raw);
    }
    static constexpr codec_info info{&type_info_of<stored>::value, &decode, &encode};
};

template <class T>
    requires has_codec<T>
struct type_info_of<T> {
    static_assert(type_info_of<typename codec<T>::stored>::value.kind != kind::none,
                  "relata: a codec's stored type must be a type that relata knows");
    static_assert(type_info_of<typename codec<T>::stored>::value.kind != kind::custom,
                  "relata: a codec's stored type cannot have a codec itself");
    static_assert(
        !is_optional<typename codec<T>::stored>,
        "relata: a codec's stored type is not optional; make the member optional instead");
    static constexpr type_info value = [] {
        type_info t = simple_type<T>(kind::custom);
        t.codec = &custom_type<T>::info;
        return t;
    }();
};

}  // namespace detail
}  // namespace relata
