// SPDX-License-Identifier: BSL-1.0

#include "options.hpp"

#include <algorithm>
#include <charconv>

namespace relata::soci::detail {

char const* const option_names[] = {"mode",
                                    "busy_timeout",
                                    "connect_timeout",
                                    "statement_timeout",
                                    "insecure",
                                    "sslmode",
                                    "sslrootcert",
                                    "sslcert",
                                    "sslkey",
                                    "search_path",
                                    "application_name",
                                    "target_session_attrs",
                                    "keepalives_idle",
                                    "tcp_user_timeout",
                                    "socket",
                                    "ssl",
                                    "ssl_ca",
                                    "ssl_cert",
                                    "ssl_key",
                                    "read_timeout",
                                    "write_timeout",
                                    nullptr};

namespace {

constexpr std::string_view of_postgresql[] = {"connect_timeout",  "statement_timeout",
                                              "insecure",         "sslmode",
                                              "sslrootcert",      "sslcert",
                                              "sslkey",           "search_path",
                                              "application_name", "target_session_attrs",
                                              "keepalives_idle",  "tcp_user_timeout"};
constexpr std::string_view of_mysql[] = {
    "connect_timeout", "statement_timeout", "insecure", "socket",       "ssl",
    "ssl_ca",          "ssl_cert",          "ssl_key",  "read_timeout", "write_timeout"};

bool has(std::string_view back_end, std::string_view option) {
    auto const in = [&](auto const& names) {
        return std::find(std::begin(names), std::end(names), option) != std::end(names);
    };
    if (back_end == "postgresql") return in(of_postgresql);
    if (back_end == "mysql") return in(of_mysql);
    if (back_end == "firebird") return false;
    return option == "busy_timeout" || option == "statement_timeout" || option == "mode";
}

int milliseconds(driver::address const& where, std::string_view name, int otherwise) {
    auto const text = where.option(name);
    if (text.empty()) return otherwise;
    int value = 0;
    auto const [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    constexpr int day = 86'400'000;
    if (problem != std::errc() || end != text.data() + text.size() || value < 0 || value > day)
        fail(error_kind::invalid_url,
             "option " + std::string(name) + " takes a number from 0 to 86400000");
    return value;
}

}  // namespace

void check_options(driver::address const& where, std::string_view back_end) {
    for (auto const& [name, value] : where.options)
        if (!has(back_end, name))
            fail(error_kind::invalid_url,
                 "soci+" + std::string(back_end) + " has no option " + name);
}

sqlite3_options read_sqlite3_options(driver::address const& where) {
    sqlite3_options out;
    out.busy_timeout = milliseconds(where, "busy_timeout", out.busy_timeout);
    out.statement_timeout = milliseconds(where, "statement_timeout", 0);
    out.mode = where.option("mode", "rwc");
    if (out.mode != "rwc" && out.mode != "rw" && out.mode != "ro")
        fail(error_kind::invalid_url, "option mode takes one of: ro, rw, rwc");
    return out;
}

}  // namespace relata::soci::detail
