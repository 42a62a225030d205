// SPDX-License-Identifier: BSL-1.0
//
// Waiting for the server, and no longer than the program wants to. libpq waits for ever: a server
// that hangs, or a proxy that swallows packets, answers the network's own probes.

#include "connection.hpp"

#include <cerrno>
#include <chrono>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace relata::postgresql::detail {
namespace {

using clock = std::chrono::steady_clock;

}  // namespace

// In a forked process the session is the parent's: the good-bye of this copy must not reach the server.
connection::~connection() {
    if (getpid() == process_ || PQsocket(handle()) < 0) return;
    int const nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (nowhere < 0) return;
    dup2(nowhere, PQsocket(handle()));
    close(nowhere);
}

void connection::cancel() noexcept {
    // a request may have reached the server before the statement, so that another one is needed
    int now = phase_.load();
    do {
        if (now != running && now != cancelled) return;
    } while (!phase_.compare_exchange_weak(now, cancelling));
    cancel_or_end(cancel_, socket_);
    phase_.store(cancelled);
    phase_.notify_all();
}

// libpq sees an ended connection and reports it as such.
void connection::give_up() noexcept {
    broken_ = true;
    socket_.shut();
}

// Waits until PQgetResult has something to give.
void connection::await() noexcept {
    PGconn* const c = handle();
    auto deadline = clock::now() + std::chrono::milliseconds(read_timeout_);
    while (PQisBusy(c)) {
        auto const left = std::chrono::ceil<std::chrono::milliseconds>(deadline - clock::now());
        pollfd socket{PQsocket(c), POLLIN, 0};
        int const ready = left.count() > 0 ? poll(&socket, 1, int(left.count())) : 0;
        if (ready < 0 && errno == EINTR) continue;
        if (ready <= 0) return give_up();
        if (PQconsumeInput(c) == 0) return;  // PQgetResult tells why
        deadline = clock::now() + std::chrono::milliseconds(read_timeout_);
    }
}

PGresult* connection::ask(int sent) noexcept {
    PGresult* last = nullptr;
    while (sent != 0) {
        PGresult* const next = next_result();
        if (!next) break;
        PQclear(last);
        last = next;
        auto const status = PQresultStatus(last);
        if (status == PGRES_COPY_IN || status == PGRES_COPY_OUT ||
            PQstatus(handle()) != CONNECTION_OK)
            break;
    }
    return last;
}

PGresult* connection::prepare_as(char const* name, char const* sql, unsigned count,
                                 Oid const* types) noexcept {
    if (!patience_ends()) return PQprepare(handle(), name, sql, int(count), types);
    return ask(PQsendPrepare(handle(), name, sql, int(count), types));
}

PGresult* connection::describe_prepared(char const* name) noexcept {
    if (!patience_ends()) return PQdescribePrepared(handle(), name);
    return ask(PQsendDescribePrepared(handle(), name));
}

void connection::drain() noexcept {
    PGconn* const c = handle();
    while (PGresult* rest = next_result()) {
        auto const status = PQresultStatus(rest);
        PQclear(rest);
        if (status == PGRES_COPY_IN) PQputCopyEnd(c, "not expected here");
        if (status == PGRES_COPY_OUT)
            for (char* data = nullptr; PQgetCopyData(c, &data, 0) > 0;) PQfreemem(data);
        if (PQstatus(c) == CONNECTION_BAD) break;
    }
}

}  // namespace relata::postgresql::detail
