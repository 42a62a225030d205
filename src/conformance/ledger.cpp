// SPDX-License-Identifier: BSL-1.0

#include "conformance/ledger.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <mutex>

#include <unistd.h>

namespace relata::conformance {
namespace {

std::mutex one_thread_at_a_time;

}  // namespace

void ledger::doing(std::string_view step) {
    auto const size = std::min(step.size(), sizeof counts_.doing - 1);
    std::lock_guard const lock(one_thread_at_a_time);
    std::memcpy(counts_.doing, step.data(), size);
    counts_.doing[size] = '\0';
}

void ledger::write(std::string_view what, std::string_view text) {
    nlohmann::json const entry{{"what", what}, {"text", text}};
    // text of a driver may be anything, also no UTF-8
    auto line = entry.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    line += '\n';
    std::lock_guard const lock(one_thread_at_a_time);
    for (std::string_view rest = line; !rest.empty();) {
        auto const wrote = ::write(pipe_, rest.data(), rest.size());
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote <= 0) return;  // the parent is gone: nobody wants to know any more
        rest.remove_prefix(std::size_t(wrote));
    }
}

}  // namespace relata::conformance
