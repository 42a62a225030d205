// SPDX-License-Identifier: BSL-1.0

#include "options.hpp"

#include <relata/driver/option_names.hpp>
#include <relata/soci.hpp>

#include <algorithm>
#include <charconv>

namespace relata::soci::detail {

char const* const option_names[] = {"soci+sqlite3:busy_timeout",
                                    "soci+sqlite3:mode",
                                    "soci+sqlite3:statement_timeout",
                                    "soci+postgresql:application_name",
                                    "soci+postgresql:connect_timeout",
                                    "soci+postgresql:insecure",
                                    "soci+postgresql:keepalives_idle",
                                    "soci+postgresql:search_path",
                                    "soci+postgresql:sslcert",
                                    "soci+postgresql:sslkey",
                                    "soci+postgresql:sslmode",
                                    "soci+postgresql:sslrootcert",
                                    "soci+postgresql:statement_timeout",
                                    "soci+postgresql:target_session_attrs",
                                    "soci+postgresql:tcp_user_timeout",
                                    "soci+mysql:connect_timeout",
                                    "soci+mysql:insecure",
                                    "soci+mysql:read_timeout",
                                    "soci+mysql:socket",
                                    "soci+mysql:ssl",
                                    "soci+mysql:ssl_ca",
                                    "soci+mysql:ssl_cert",
                                    "soci+mysql:ssl_key",
                                    "soci+mysql:statement_timeout",
                                    "soci+mysql:write_timeout",
                                    nullptr};

namespace {

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
    auto const names = driver::options_of(driver_entry(), "soci+" + std::string(back_end));
    for (auto const& [name, value] : where.options)
        if (std::find(names.begin(), names.end(), name) == names.end())
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
