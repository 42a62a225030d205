// SPDX-License-Identifier: BSL-1.0
/// \file
/// Enumerations as text columns: `names<E>` lists the enumerators, the compiler spells their names.
#pragma once

#include <relata/types/codec.hpp>

namespace relata {

/// The enumerators of E that a column may hold; made by `enumerators<…>`.
template <class E, unsigned N> struct enumerator_list {
    enumerator values[N];
};

namespace detail {

template <auto V> constexpr char const* enumerator_text() { return __PRETTY_FUNCTION__; }

// The text ends "… V = space::colour::red]" or "…; other = thing]": the name is the last word.
constexpr enumerator enumerator_of(std::int64_t value, char const* text) {
    std::uint32_t end = 0;
    for (std::uint32_t i = 0; text[i]; ++i) {
        if (text[i] == 'V' && text[i + 1] == ' ' && text[i + 2] == '=') {
            end = i + 4;
            break;
        }
    }
    std::uint32_t at = end;
    while (text[end] && text[end] != ']' && text[end] != ';') {
        if (text[end] == ':') at = end + 1;
        ++end;
    }
    return {value, text, at, end - at};
}

}  // namespace detail

/// Lists enumerators by value; their names in the database are their names in the program.
///
///     template <> inline constexpr auto relata::names<colour> =
///         relata::enumerators<colour::red, colour::green>;
template <auto First, auto... Rest>
inline constexpr enumerator_list<decltype(First), 1 + sizeof...(Rest)> enumerators{
    {detail::enumerator_of(std::int64_t(First), detail::enumerator_text<First>()),
     detail::enumerator_of(std::int64_t(Rest), detail::enumerator_text<Rest>())...}};

namespace detail {
struct no_names {};
}  // namespace detail

/// Specialise with `enumerators<…>` to store an enumeration as text.
template <class E> inline constexpr auto names = detail::no_names{};

namespace detail {

template <class E, unsigned N>
constexpr enum_info make_enum_info(enumerator_list<E, N> const& list) {
    return {list.values, N, sizeof(E), std::is_signed_v<std::underlying_type_t<E>>};
}
template <class E> constexpr enum_info make_enum_info(no_names) { return {}; }

template <class E>
    requires(std::is_enum_v<E> && !has_codec<E>)
struct type_info_of<E> {
    static constexpr bool named = !std::is_same_v<std::remove_cv_t<decltype(names<E>)>, no_names>;
    static_assert(named,
                  "relata: an enumeration needs its names; write template <> inline constexpr "
                  "auto relata::names<E> = relata::enumerators<E::a, E::b>;");
    static constexpr enum_info info = make_enum_info<E>(names<E>);
    static constexpr type_info value = [] {
        type_info t = simple_type<E>(kind::enumeration);
        t.names = &info;
        for (unsigned i = 0; i < info.count; ++i)
            if (info.values[i].size > t.length) t.length = info.values[i].size;
        return t;
    }();
};

}  // namespace detail

/// The enumerator's name. An empty view when the value is none of the listed ones.
RELATA_EXPORT std::string_view enumerator_name(enum_info const& info, std::int64_t value) noexcept;

/// Finds an enumerator by its name. Returns nullptr when there is none.
RELATA_EXPORT enumerator const* find_enumerator(enum_info const& info,
                                                std::string_view name) noexcept;

}  // namespace relata
