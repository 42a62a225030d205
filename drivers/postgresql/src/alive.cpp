// SPDX-License-Identifier: BSL-1.0
#include "connection.hpp"

#include <chrono>

#include <poll.h>
#include <sys/socket.h>

namespace relata::postgresql::detail {
namespace {

using clock = std::chrono::steady_clock;
constexpr auto patience = std::chrono::seconds(2);

// Whether the server has closed its end. A message that waits, such as the reason for closing, is
// taken in first, so that the end behind it is seen.
bool closed_by_server(PGconn* c) {
    for (int i = 0; i < 4; ++i) {
        char byte;
        auto const got = recv(PQsocket(c), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
        if (got == 0) return true;
        if (got < 0) return errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR;
        if (PQconsumeInput(c) == 0 || PQstatus(c) != CONNECTION_OK) return true;
    }
    return false;
}

// An empty query and its answer.
bool answers(PGconn* c) {
    if (PQsendQuery(c, "") == 0) return false;
    auto const deadline = clock::now() + patience;
    while (PQisBusy(c)) {
        auto const left = std::chrono::ceil<std::chrono::milliseconds>(deadline - clock::now());
        pollfd socket{PQsocket(c), POLLIN, 0};
        if (left.count() <= 0 || poll(&socket, 1, int(left.count())) == 0) return false;
        if (PQconsumeInput(c) == 0) return false;
    }
    while (PGresult* rest = PQgetResult(c)) PQclear(rest);  // has come already
    return PQstatus(c) == CONNECTION_OK;
}

}  // namespace

bool connection::alive(bool ask_server) noexcept {
    if (broken_ || PQstatus(handle()) != CONNECTION_OK) return false;
    if (streaming_) return true;
    if (closed_by_server(handle()) || (ask_server && !answers(handle()))) broken_ = true;
    return !broken_;
}

}  // namespace relata::postgresql::detail
