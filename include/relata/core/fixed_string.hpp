// SPDX-License-Identifier: BSL-1.0
/// \file
/// A string literal as a template argument.
#pragma once

namespace relata {

/// Text of N - 1 characters, for names such as `alias<employee, "boss">`.
template <unsigned N> struct fixed_string {
    char text[N];
    constexpr fixed_string(char const (&literal)[N]) {
        for (unsigned i = 0; i < N; ++i) text[i] = literal[i];
    }
};

namespace detail {
/// The same literal as a pointer with static storage.
template <fixed_string Name> inline constexpr auto literal = Name;
}  // namespace detail

}  // namespace relata
