// SPDX-License-Identifier: BSL-1.0
/// \file
/// Types of the program's own that tests of drivers store: an enumeration, and two with a codec.
#pragma once

#include <relata/types/codec.hpp>
#include <relata/types/decimal.hpp>
#include <relata/types/enum.hpp>

#include <cmath>

enum class colour : std::int16_t { red = 1, deep_blue = -7 };
template <>
inline constexpr auto relata::names<colour> = relata::enumerators<colour::red, colour::deep_blue>;

struct celsius {
    double degrees = 0;
};
template <> struct relata::codec<celsius> {
    using stored = relata::decimal<9, 2>;
    static stored encode(celsius c) { return stored::from_mantissa(std::llround(c.degrees * 100)); }
    static celsius decode(stored s) { return {double(s.mantissa()) / 100}; }
};

struct note {
    std::string text;
    friend bool operator==(note const&, note const&) = default;
};
template <> struct relata::codec<note> {
    using stored = std::string;
    static stored encode(note const& n) { return "<" + n.text + ">"; }
    static note decode(stored const& s) { return {s.substr(1, s.size() - 2)}; }
};
