// SPDX-License-Identifier: BSL-1.0
//
// Only listed words and checked numbers get through: they become part of PRAGMA texts.

#include "options.hpp"

#include <charconv>
#include <initializer_list>

namespace relata::sqlite::detail {

char const* const option_names[] = {"mode",         "busy_timeout", "statement_timeout",
                                    "journal_mode", "synchronous",  "locking_mode",
                                    "cache_size",   nullptr};

namespace {

[[noreturn]] void refuse(std::string message) {
    throw error(error_kind::invalid_url, std::move(message));
}

std::string word(driver::address const& where, std::string_view name, std::string_view otherwise,
                 std::initializer_list<std::string_view> allowed) {
    std::string_view const given = where.option(name, otherwise);
    std::string list;
    for (auto const& each : allowed) {
        if (given == each) return std::string(given);
        list += (list.empty() ? "" : ", ") + std::string(each);
    }
    if (given == otherwise) return std::string(given);
    refuse("option " + std::string(name) + " takes one of: " + list);
}

std::int64_t number(driver::address const& where, std::string_view name, std::int64_t otherwise,
                    std::int64_t least, std::int64_t most) {
    std::string_view const given = where.option(name);
    if (given.empty()) return otherwise;
    std::int64_t value = 0;
    auto const [end, problem] = std::from_chars(given.data(), given.data() + given.size(), value);
    if (problem != std::errc() || end != given.data() + given.size() || value < least ||
        value > most)
        refuse("option " + std::string(name) + " takes a number from " + std::to_string(least) +
               " to " + std::to_string(most));
    return value;
}

open_mode mode_of(driver::address const& where) {
    std::string const mode = word(where, "mode", "rwc", {"ro", "rw", "rwc"});
    if (mode == "ro") return open_mode::read_only;
    return mode == "rw" ? open_mode::read_write : open_mode::create;
}

// A library built with SQLITE_USE_URI takes "file:…" for a URI even when not asked to; with a
// folder in front it is a plain path again.
std::string plain_path(std::string const& given) {
    if (given.empty())
        refuse("the path of the database is missing; write sqlite:<path> or sqlite::memory:");
    if (given.find('\0') != std::string::npos) refuse("the path of the database contains a NUL");
    return given.starts_with("file:") ? "./" + given : given;
}

}  // namespace

options read_options(driver::address const& where) {
    options o;
    if (!where.host.empty() || !where.port.empty() || !where.user.empty() ||
        !where.password.empty())
        refuse("a sqlite URL has no host, port, user or password; write sqlite:<path>");
    o.path = plain_path(where.database);
    o.in_memory = o.path == ":memory:";
    o.mode = mode_of(where);
    constexpr std::int64_t day = 86'400'000;
    o.busy_timeout = number(where, "busy_timeout", o.busy_timeout, 0, day);
    o.statement_timeout = number(where, "statement_timeout", o.statement_timeout, 0, day);
    bool const keep_journal = o.in_memory || o.mode == open_mode::read_only;
    o.journal_mode = word(where, "journal_mode", keep_journal ? "" : "wal",
                          {"wal", "delete", "truncate", "persist", "memory", "off"});
    o.synchronous = word(where, "synchronous", o.journal_mode == "wal" ? "normal" : "full",
                         {"off", "normal", "full"});
    o.locking_mode = word(where, "locking_mode", "", {"normal", "exclusive"});
    if (!where.option("cache_size").empty())
        o.cache_size =
            std::to_string(number(where, "cache_size", 0, -1'000'000'000, 1'000'000'000));
    return o;
}

}  // namespace relata::sqlite::detail
