// SPDX-License-Identifier: BSL-1.0

#include <relata/migrate/script.hpp>

#include "migrate/folder/layout.hpp"

#include <relata/core/error.hpp>

#include <algorithm>
#include <utility>

namespace relata::migrate {

namespace {

using schema::catalog::engine;

constexpr std::string_view block_begin = "-- relata:block\n";
constexpr std::string_view block_end = "\n-- relata:end\n";

// Whether a file with this alone is read as this statement alone.
bool reads_as(std::string const& file, std::string const& text, engine on) {
    try {
        auto const found = read_script(file, on, "");
        return found.size() == 1 && found.front().text == text && found.front().marks.empty();
    } catch (error const&) {
        return false;
    }
}

std::string in_one_line(std::string text) {
    std::replace_if(text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
    return text;
}

std::string spelled(std::string const& text, engine on) {
    auto plain = text + (text.starts_with(step_mark) ? "\n" : ";\n");
    if (reads_as(plain, text, on)) return plain;
    auto block = std::string(block_begin).append(text).append(block_end);
    if (reads_as(block, text, on)) return block;
    error_info info;
    info.kind = error_kind::invalid_argument;
    info.outcome = outcome::not_sent;
    info.message =
        "no file can hold this statement: it has a carriage return or a line -- relata:end, "
        "or begins or ends a transaction";
    info.statement = text;
    throw error(std::move(info));
}

}  // namespace

std::string write_script(std::vector<step> const& steps, engine on) {
    bool const alone = on == engine::mysql || on == engine::mariadb;
    std::string out;
    for (auto const& each : steps) {
        if (!each.in_transaction && !alone) out += "-- relata:outside\n";
        if (!each.impact.empty()) out += "-- in use: " + in_one_line(each.impact) + '\n';
        out += spelled(each.text, on);
    }
    return out;
}

}  // namespace relata::migrate
