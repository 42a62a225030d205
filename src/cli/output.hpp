// SPDX-License-Identifier: BSL-1.0
// Where results and messages go, and whether in colours.
#pragma once

#include <relata/core/error.hpp>

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace relata::cli {

enum class color : unsigned char { none, red, green, yellow, blue, faint };

/// A name and value of an event.
struct member {
    std::string name;
    std::variant<std::string, bool, std::int64_t, std::vector<std::string>> value;

    member(std::string_view called, std::string_view text)
        : name(called), value(std::string(text)) {}
    member(std::string_view called, char const* text) : member(called, std::string_view(text)) {}
    member(std::string_view called, bool flag) : name(called), value(flag) {}
    template <std::integral Number>
    member(std::string_view called, Number number)
        : name(called), value(static_cast<std::int64_t>(number)) {}
    member(std::string_view called, std::vector<std::string> texts)
        : name(called), value(std::move(texts)) {}
};

class output {
public:
    /// \param colors  auto, always or never; \param json  one JSON object per line, for programs
    void configure(std::string_view colors, bool json);
    [[nodiscard]] bool json() const noexcept { return json_; }

    /// A piece of the result.
    void write(std::string_view text) const;
    /// … with an end of line.
    void line(std::string_view text) const;
    /// A JSON object on a line of its own.
    void event(std::vector<member> const& members) const;
    /// The text in this colour, if there are colours.
    [[nodiscard]] std::string in(color c, std::string_view text) const;

    /// What people want to know while they wait; not part of the result.
    void note(std::string_view text) const;
    /// Tells an error: its state and the next step. \param tenant  the one of many that has it
    void tell(error const& e, std::string_view tenant = {}) const;
    void tell(std::string_view code, std::string_view message, std::string_view hint,
              std::string_view tenant = {}) const;

private:
    bool json_ = false;
    bool colors_ = false;
    bool error_colors_ = false;
};

}  // namespace relata::cli
