// SPDX-License-Identifier: BSL-1.0
/// \file
/// What dialects make of queries and conditions that are values.
#pragma once

#include "dialect/spell.hpp"

#include <relata/sql/condition.hpp>
#include <relata/sql/query.hpp>
#include <relata/sql/raw.hpp>

struct celsius {
    double degrees = 0;
};
template <> struct relata::codec<celsius> {
    using stored = std::string;
    static std::string encode(celsius const& c) { return "C" + std::to_string(int(c.degrees)); }
    static celsius decode(std::string const& text) { return {std::stod(text.substr(1))}; }
};

struct oven {
    std::int64_t id{};
    std::string name;
    celsius hottest;
    std::optional<celsius> now;
};
template <>
inline constexpr auto relata::table<oven> = describe<oven>("ovens").key<&oven::id>(generated);

namespace test {

/// The text for PostgreSQL.
template <class Q> std::string spell(Q const& q) { return spell(q, postgresql()); }

/// The bound values as text, one behind the other.
inline std::string shown(std::vector<relata::param> const& values) {
    std::string out;
    for (auto const& p : values) {
        if (!out.empty()) out += ", ";
        switch (p.kind) {
        case relata::kind::none: out += "NULL"; break;
        case relata::kind::text:
        case relata::kind::bounded_text:
        case relata::kind::enumeration:
        case relata::kind::json: out += std::string(p.chars.data, p.chars.size); break;
        case relata::kind::float64: out += std::to_string(int(p.real)); break;
        case relata::kind::custom: out += "(an object)"; break;
        default: out += std::to_string(p.integer);
        }
    }
    return out;
}
template <class Q> std::string shown(Q const& q) { return shown(render(q, postgresql()).values); }

/// The message of the error that a call throws; empty if it throws none.
template <class F> std::string message_of(F f) {
    try {
        f();
    } catch (relata::error const& e) {
        return e.message();
    }
    return "";
}

}  // namespace test
