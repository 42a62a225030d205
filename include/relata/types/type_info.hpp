// SPDX-License-Identifier: BSL-1.0
/// \file
/// What the library knows about a C++ value type at run time: its kind, bounds, names and codec.
/// All of it is constant data; drivers and renderers walk it, templates only name it.
#pragma once

#include <relata/core/export.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace relata {

/// How a value is stored in the program. A driver moves each kind to and from its wire.
enum class kind : std::uint8_t {
    none,     ///< no type; as a parameter's kind: NULL
    boolean,  ///< bool
    int8,
    int16,
    int32,
    int64,
    uint8,
    uint16,
    uint32,
    uint64,
    float32,
    float64,
    decimal,       ///< relata::decimal of up to 18 digits: an int64 mantissa
    decimal_wide,  ///< relata::decimal of 19 to 38 digits: an int128 mantissa
    text,          ///< std::string, UTF-8
    bounded_text,  ///< relata::text<N>, laid out as its std::string
    bytes,         ///< std::vector<std::byte>
    date,          ///< std::chrono::year_month_day
    time,          ///< relata::time_of_day, int64 microseconds since midnight
    timestamp,     ///< std::chrono::local_time, int64 microseconds since 1970-01-01
    instant,       ///< std::chrono::sys_time, int64 microseconds since 1970-01-01 UTC
    uuid,          ///< relata::uuid, 16 bytes
    json,          ///< relata::json, laid out as its std::string
    enumeration,   ///< an enum with names, stored as text
    custom,        ///< a user's type with a codec
    object,        ///< a struct: embedded columns, or a whole mapped object in a row
};

struct type_info;

/// One enumerator and the compiler's text that ends with its name.
struct enumerator {
    std::int64_t value;
    char const* text;  ///< the name is what follows the last "::", or the whole
    std::uint32_t at, size;
};

/// The names of an enumeration, in the order of its declaration to relata.
struct enum_info {
    enumerator const* values;
    std::uint32_t count;
    std::uint8_t size;  ///< sizeof the enumeration: 1, 2, 4 or 8
    bool is_signed;
};

/// How a user's type is turned into its stored type and back, type-erased.
struct codec_info {
    type_info const* stored;
    /// Makes an empty stored value, lets `read` fill it, and assigns the decoded value to `value`.
    void (*decode)(void* value, void (*read)(void* context, void* stored), void* context);
    /// Encodes `value` and shows the stored value to `write`.
    void (*encode)(void const* value, void (*write)(void* context, void const* stored),
                   void* context);
};

/// One member of a struct.
struct member_info {
    type_info const* type;
    std::uint32_t offset;  ///< bytes from the start of the struct
    char const* text;      ///< compiler's text that holds the name
    std::uint32_t at, size;
    [[nodiscard]] constexpr std::string_view name() const { return {text + at, size}; }
};

/// The members of a struct, in order.
struct object_info {
    member_info const* members;
    std::uint32_t count;
    std::uint32_t size;  ///< sizeof the struct
};

/// How to reach into a std::optional whose type is not known: its layout is never assumed.
struct optional_info {
    void* (*emplace)(void* optional);  ///< makes a new value, returns its address
    void (*reset)(void* optional);
    void const* (*value)(void const* optional);  ///< address of the value, nullptr when empty
};

/// A value type. One constant per C++ type: `type_of<T>`.
struct type_info {
    relata::kind kind = relata::kind::none;
    bool nullable = false;       ///< the C++ type is std::optional of this
    std::uint8_t precision = 0;  ///< decimal: digits in all
    std::uint8_t scale = 0;      ///< decimal: digits after the point
    std::uint32_t length = 0;    ///< bounded text: most code points; 0 = no bound
    std::uint32_t size = 0;      ///< sizeof the C++ type (with the optional around it)
    std::uint32_t align = 1;     ///< alignof the C++ type
    enum_info const* names = nullptr;
    codec_info const* codec = nullptr;
    object_info const* object = nullptr;
    optional_info const* optional = nullptr;  ///< nullable only
    type_info const* inner = nullptr;         ///< nullable: the same type without the optional

    /// The same type without the optional around it; itself when it is not optional.
    [[nodiscard]] constexpr type_info const& plain() const { return inner ? *inner : *this; }
};

namespace detail {

// Specialised below, beside each value type, and for enumerations (types/enum.hpp), types with a
// codec (types/codec.hpp) and structs (schema/members.hpp). A type none of them knows has no kind.
template <class T> struct type_info_of {
    static constexpr type_info value{};
};

template <class T> inline constexpr bool is_optional = false;
template <class T> inline constexpr bool is_optional<std::optional<T>> = true;
template <class T> struct without_optional {
    using type = T;
};
template <class T> struct without_optional<std::optional<T>> {
    using type = T;
};

}  // namespace detail

/// T without a std::optional around it.
template <class T> using plain_t = typename detail::without_optional<T>::type;

/// The run-time description of a C++ value type.
template <class T> inline constexpr type_info const& type_of = detail::type_info_of<T>::value;

/// The kind of a C++ value type, `kind::none` for a type that relata does not know.
template <class T> inline constexpr kind kind_of = detail::type_info_of<plain_t<T>>::value.kind;

namespace detail {

template <class T> constexpr type_info simple_type(kind k) {
    type_info t;
    t.kind = k;
    t.size = sizeof(T);
    t.align = alignof(T);
    return t;
}

// clang-format off
template <> struct type_info_of<bool> { static constexpr type_info value = simple_type<bool>(kind::boolean); };
template <> struct type_info_of<signed char> { static constexpr type_info value = simple_type<signed char>(kind::int8); };
template <> struct type_info_of<short> { static constexpr type_info value = simple_type<short>(kind::int16); };
template <> struct type_info_of<int> { static constexpr type_info value = simple_type<int>(kind::int32); };
template <> struct type_info_of<long> { static constexpr type_info value = simple_type<long>(sizeof(long) == 8 ? kind::int64 : kind::int32); };
template <> struct type_info_of<long long> { static constexpr type_info value = simple_type<long long>(kind::int64); };
template <> struct type_info_of<unsigned char> { static constexpr type_info value = simple_type<unsigned char>(kind::uint8); };
template <> struct type_info_of<unsigned short> { static constexpr type_info value = simple_type<unsigned short>(kind::uint16); };
template <> struct type_info_of<unsigned> { static constexpr type_info value = simple_type<unsigned>(kind::uint32); };
template <> struct type_info_of<unsigned long> { static constexpr type_info value = simple_type<unsigned long>(sizeof(long) == 8 ? kind::uint64 : kind::uint32); };
template <> struct type_info_of<unsigned long long> { static constexpr type_info value = simple_type<unsigned long long>(kind::uint64); };
template <> struct type_info_of<float> { static constexpr type_info value = simple_type<float>(kind::float32); };
template <> struct type_info_of<double> { static constexpr type_info value = simple_type<double>(kind::float64); };
template <> struct type_info_of<std::string> { static constexpr type_info value = simple_type<std::string>(kind::text); };
template <> struct type_info_of<std::vector<std::byte>> { static constexpr type_info value = simple_type<std::vector<std::byte>>(kind::bytes); };
// clang-format on

template <class T> struct optional_access {
    static void* emplace(void* o) { return &static_cast<std::optional<T>*>(o)->emplace(); }
    static void reset(void* o) { static_cast<std::optional<T>*>(o)->reset(); }
    static void const* value(void const* o) {
        auto const& optional = *static_cast<std::optional<T> const*>(o);
        return optional ? &*optional : nullptr;
    }
    static constexpr optional_info info{&emplace, &reset, &value};
};

template <class T> struct optional_custom;  // types/codec.hpp

template <class T> struct type_info_of<std::optional<T>> {
    static constexpr type_info value = [] {
        type_info t = type_info_of<T>::value;
        t.nullable = true;
        t.size = sizeof(std::optional<T>);
        t.align = alignof(std::optional<T>);
        t.inner = &type_info_of<T>::value;
        t.optional = &optional_access<T>::info;
        if constexpr (type_info_of<T>::value.kind == kind::custom)
            t.codec = &optional_custom<T>::info;
        return t;
    }();
};

}  // namespace detail
}  // namespace relata
