// SPDX-License-Identifier: BSL-1.0
/// \file
/// The open files of this process: what a connection leaves behind, and sockets to cut.
#pragma once

#include <algorithm>
#include <vector>

#include <sys/socket.h>
#include <sys/stat.h>

namespace relata::conformance {

/// Numbers of the files that are open, in order.
inline std::vector<int> file_numbers() {
    std::vector<int> out;
    for (int number = 0; number < 1024; ++number) {
        struct stat facts{};
        if (::fstat(number, &facts) == 0) out.push_back(number);
    }
    return out;
}

/// The sockets that are open now and were not `before`.
inline std::vector<int> new_sockets(std::vector<int> const& before) {
    std::vector<int> out;
    for (int const number : file_numbers()) {
        struct stat facts{};
        bool const old = std::binary_search(before.begin(), before.end(), number);
        if (!old && ::fstat(number, &facts) == 0 && S_ISSOCK(facts.st_mode)) out.push_back(number);
    }
    return out;
}

/// Ends the conversations of sockets, as a lost server would. Returns how many there were.
inline std::size_t cut(std::vector<int> const& sockets) {
    for (int const each : sockets) ::shutdown(each, SHUT_RDWR);
    return sockets.size();
}

}  // namespace relata::conformance
