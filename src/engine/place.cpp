// SPDX-License-Identifier: BSL-1.0

#include "engine/place.hpp"

#include <algorithm>

namespace relata::engine {

namespace {

bool is_about_place(error_kind kind) {
    switch (kind) {
    case error_kind::connection_failed:
    case error_kind::auth_failed:
    case error_kind::database_not_found:
    case error_kind::tls_failed: return true;
    default: return false;
    }
}

// The part of a list up to its next comma, which is taken away.
std::string next(std::string_view& list) {
    auto const end = std::min(list.find(','), list.size());
    std::string item(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
    return item;
}

std::string place_of(driver::address const& where) {
    std::string text;
    std::string_view ports = where.port;
    for (std::string_view hosts = where.host; !hosts.empty();) {
        auto const host = next(hosts);
        auto const port = next(ports);
        if (!text.empty()) text += ", ";
        text += host.find(':') == host.npos ? host : '[' + host + ']';
        if (!port.empty() && !host.starts_with('/')) text += ':' + port;
    }
    return text;
}

}  // namespace

void add_place(error_info& info, driver::address const& where) {
    auto const place = place_of(where);
    if (!place.empty() && is_about_place(info.kind)) info.message += " (" + place + ')';
}

}  // namespace relata::engine
