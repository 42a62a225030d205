// SPDX-License-Identifier: BSL-1.0
//
// The options of a URL that the engine takes for itself, and the question who takes the others.

#include "core/nearest.hpp"
#include "core/shown.hpp"
#include "engine/url.hpp"

#include <relata/driver/option_names.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace relata::engine {
namespace {

constexpr std::string_view own_options[] = {"pool_size", "pool_timeout", "pool_check",
                                            "statement_cache", "log"};

std::optional<std::string> take(driver::address& where, std::string_view name) {
    auto& options = where.options;
    auto const found = std::find_if(options.begin(), options.end(),
                                    [&](auto const& each) { return each.first == name; });
    if (found == options.end()) return std::nullopt;
    std::optional<std::string> value = std::move(found->second);
    options.erase(found);
    return value;
}

// A whole number from `least` to `most`, or nothing.
std::optional<unsigned> number(std::string_view text, unsigned least, unsigned most) {
    unsigned value = 0;
    char const* const end = text.data() + text.size();
    auto const [stop, problem] = std::from_chars(text.data(), end, value);
    if (problem != std::errc() || stop != end || value < least || value > most) return std::nullopt;
    return value;
}

void take_number(driver::address& where, std::string_view name, unsigned& to, unsigned least,
                 unsigned most) {
    auto const text = take(where, name);
    if (!text) return;
    auto const value = number(*text, least, most);
    if (!value)
        fail(error_kind::invalid_url,
             fmt::format("option {} takes a whole number from {} to {}", name, least, most));
    to = *value;
}

void take_duration(driver::address& where, std::string_view name, unsigned& to_ms) {
    constexpr unsigned day = 86'400'000;
    auto const text = take(where, name);
    if (!text) return;
    std::string_view digits = *text;
    unsigned unit = 1;
    if (digits.ends_with("ms")) digits.remove_suffix(2);
    else if (digits.ends_with('s')) {
        digits.remove_suffix(1);
        unit = 1000;
    }
    auto const value = number(digits, 0, day / unit);
    if (!value)
        fail(error_kind::invalid_url,
             fmt::format("option {} takes a time such as 500ms or 5s, a day at most", name));
    to_ms = *value * unit;
}

}  // namespace

pool_options take_pool_options(driver::address& where) {
    pool_options out;
    take_number(where, "pool_size", out.size, 1, 10'000);
    take_duration(where, "pool_timeout", out.timeout_ms);
    take_duration(where, "pool_check", out.check_ms);
    take_number(where, "statement_cache", out.cache, 0, 100'000);
    if (auto const log = take(where, "log")) {
        if (*log != "stderr") fail(error_kind::invalid_url, "option log takes one of: stderr");
        out.log_stderr = true;
    }
    return out;
}

void check_options(driver::address const& where, driver::entry const& driver) {
    auto names = driver::options_of(driver, where.scheme);
    auto const drivers_own = names.size();
    names.insert(names.end(), std::begin(own_options), std::end(own_options));
    for (auto const& [name, value] : where.options) {
        if (std::find(names.begin(), names.begin() + std::ptrdiff_t(drivers_own), name) !=
            names.begin() + std::ptrdiff_t(drivers_own))
            continue;
        auto text = fmt::format("{} has no option {}", driver.name, detail::shown(name, 40));
        auto const meant = detail::nearest(name, names);
        text += meant.empty() ? std::string(";") : fmt::format("; did you mean {}?", meant);
        text += fmt::format(" known: {}", fmt::join(names, ", "));
        fail(error_kind::invalid_url, text);
    }
}

}  // namespace relata::engine
