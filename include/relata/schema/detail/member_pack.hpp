// SPDX-License-Identifier: BSL-1.0
/// \file
/// How the members of a plain struct are found while compiling: bind them all, put their addresses
/// into one class template's arguments, and let the compiler spell that class once.
#pragma once

#include <cstddef>
#include <cstdint>

namespace relata::detail {

// Only addresses inside it are formed, and only while compiling; it is never defined.
template <class T> union probe_storage {
    unsigned char bytes[sizeof(T)];
    T value;
    ~probe_storage();
};

#if defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wundefined-var-template"
#pragma clang diagnostic ignored "-Wundefined-internal"
#endif
template <class T> extern probe_storage<T> probe;

template <class... M> struct type_list {};

// The place of a member. One type for all members, so that the compiler spells every entry alike.
struct P {
    void const* at;
};

template <class L, P... Places> struct member_pack;
template <class... M, P... Places> struct member_pack<type_list<M...>, Places...> {
    static constexpr unsigned count = sizeof...(Places);
    template <template <class...> class L> using apply = L<M...>;
    static constexpr char const* text() { return __PRETTY_FUNCTION__; }
};

template <class T, unsigned N> inline constexpr bool takes_members = N == 0;
template <unsigned N> struct bind_members;

struct text_part {
    std::uint32_t at, size;
};

constexpr bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}

// The next c from here on; one must be there. Clang's own function is many times quicker than a loop that
// it interprets.
constexpr char const* next_char(char const* at, char c, char const* end) {
#if defined(__clang__)
    return __builtin_char_memchr(at, c, std::size_t(end - at));
#else
    while (at != end && *at != c) ++at;
    return at;
#endif
}

// Finds `count` member names in the compiler's text of a member_pack. Both compilers end the text with
// the list of places, and each entry ends with the member's name (and closing brackets). The last
// name is the last word; every entry has the same words before its name, so the rest follows from
// where the second entry repeats the first one's beginning.
template <unsigned N> struct member_names {
    text_part part[N ? N : 1];
};

template <unsigned N> constexpr member_names<N> find_names(char const* text) {
    member_names<N> out{};
    auto const length = __builtin_strlen(text);
    char const* end = text + length;
    while (!is_word(end[-1])) --end;
    char const* begin = end;
    while (is_word(begin[-1])) --begin;
    out.part[N - 1] = {std::uint32_t(begin - text), std::uint32_t(end - begin)};
    if constexpr (N > 1) {
        // "Places = {" with g++, "Places = <" with clang, then the first entry
        char const* first = next_char(text, 'P', end);
        while (__builtin_memcmp(first, "Places =", 8) != 0) first = next_char(first + 1, 'P', end);
        first += 10;  // and the bracket that opens the list
        for (char const* comma = next_char(first, ',', end);;
             comma = next_char(comma + 1, ',', end)) {
            if (comma[1] != ' ') continue;
            char const* last = comma;
            while (!is_word(last[-1])) --last;
            char const* name = last;
            while (is_word(name[-1])) --name;
            auto const prefix = std::size_t(name - first);
            if (__builtin_memcmp(comma + 2, first, prefix) != 0) continue;
            auto const gap = std::size_t(comma - last) + 2 + prefix;
            char const closing = *last;  // what follows every name
            for (unsigned i = 0;;) {
                out.part[i] = {std::uint32_t(name - text), std::uint32_t(last - name)};
                if (++i + 1 >= N) return out;
                name = last + gap;
                last = next_char(name, closing, end);
            }
        }
    }
    return out;
}
#if defined(__clang__)
#pragma clang diagnostic pop
#endif

}  // namespace relata::detail
