// SPDX-License-Identifier: BSL-1.0

#include "conformance/case.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace relata::conformance {
namespace {

constexpr case_group groups[] = {
    {'A', "CON", "URL, options and connect", 22},
    {'B', "CAP", "Capabilities and driver loading", 12},
    {'C', "EXE", "Execute", 15},
    {'D', "BND", "Bind, each type at its edges", 38},
    {'E', "FET", "Fetch, each type at its edges", 23},
    {'F', "NUL", "NULL", 7},
    {'G', "ENC", "Text encodings", 11},
    {'H', "BLB", "Blobs and large values", 6},
    {'I', "STM", "Statements and reuse", 12},
    {'J', "DAT", "Date and time", 16},
    {'K', "CUR", "Cursors, streaming, several at once", 10},
    {'L', "TXN", "Transactions, savepoints, isolation", 21},
    {'M', "ERR", "Errors and classification", 19},
    {'N', "CAN", "Cancellation and timeouts", 12},
    {'O', "REC", "Reconnect and connection health", 8},
    {'P', "THR", "Threads", 6},
    {'Q', "MET", "Metadata", 12},
    {'R', "BLK", "Bulk", 10},
    {'S', "LIM", "Limits", 6},
    {'T', "GEN", "Generated keys", 8},
    {'U', "POL", "Pool interplay", 12},
};

}  // namespace

std::span<case_group const> all_groups() { return groups; }

case_group const* group_of(std::string_view id) {
    for (auto const& group : groups)
        if (id.starts_with(group.prefix) && id.substr(group.prefix.size()).starts_with('-'))
            return &group;
    return nullptr;
}

std::vector<case_entry const*> all_cases() {
    std::vector<case_entry const*> all;
    for (auto const table : case_tables())
        for (auto const& each : table) all.push_back(&each);
    auto const place = [](case_entry const* c) {
        auto const* group = group_of(c->id);
        return std::pair(group ? group->letter : 'Z', std::string_view(c->id));
    };
    std::sort(all.begin(), all.end(),
              [&](auto const* a, auto const* b) { return place(a) < place(b); });
    return all;
}

}  // namespace relata::conformance
