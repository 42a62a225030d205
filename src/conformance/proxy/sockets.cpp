// SPDX-License-Identifier: BSL-1.0
#include "conformance/proxy/sockets.hpp"

#include <relata/core/error.hpp>

#include <cerrno>
#include <cstring>

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/un.h>
#include <unistd.h>

namespace relata::conformance::detail {
namespace {

constexpr int stream = SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC;

void switch_on(descriptor const& socket, int level, int option) noexcept {
    int const yes = 1;
    setsockopt(socket.get(), level, option, &yes, sizeof yes);
}

descriptor bound_to(unsigned port) noexcept {
    descriptor socket(::socket(AF_INET, stream, 0));
    switch_on(socket, SOL_SOCKET, SO_REUSEADDR);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_port = htons(std::uint16_t(port));
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(socket.get(), reinterpret_cast<sockaddr*>(&at), sizeof at) != 0) socket.close();
    return socket;
}

}  // namespace

void descriptor::close() noexcept {
    if (number_ >= 0) ::close(number_);
    number_ = -1;
}

endpoint find(std::string const& host, unsigned port) {
    endpoint out;
    if (host.starts_with('/')) {
        auto& at = reinterpret_cast<sockaddr_un&>(out.address);
        if (host.size() >= sizeof at.sun_path)
            fail(error_kind::connection_failed, "the path of the Unix socket is too long");
        at.sun_family = AF_UNIX;
        std::memcpy(at.sun_path, host.c_str(), host.size() + 1);
        out.size = sizeof at;
        return out;
    }
    addrinfo wanted{};
    wanted.ai_family = AF_UNSPEC;
    wanted.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (getaddrinfo(host.c_str(), std::to_string(port).c_str(), &wanted, &found) != 0)
        fail(error_kind::connection_failed, "the server's host name is unknown");
    std::memcpy(&out.address, found->ai_addr, found->ai_addrlen);
    out.size = found->ai_addrlen;
    freeaddrinfo(found);
    return out;
}

// Bound but not listening: two sockets may share a port as long as at most one of them listens, and
// nobody else is given it.
descriptor keep_port() {
    descriptor socket = bound_to(0);
    if (!socket.open()) fail(error_kind::connection_failed, "no free port on the loopback address");
    return socket;
}

unsigned port_of(descriptor const& socket) {
    sockaddr_in at{};
    socklen_t size = sizeof at;
    getsockname(socket.get(), reinterpret_cast<sockaddr*>(&at), &size);
    return ntohs(at.sin_port);
}

descriptor listen_on(unsigned port) noexcept {
    descriptor socket = bound_to(port);
    if (socket.open() && listen(socket.get(), 128) != 0) socket.close();
    return socket;
}

descriptor accept_on(descriptor const& listener) noexcept {
    descriptor socket(accept4(listener.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (socket.open()) switch_on(socket, IPPROTO_TCP, TCP_NODELAY);
    return socket;
}

descriptor connect_to(endpoint const& server) noexcept {
    descriptor socket(::socket(server.address.ss_family, stream, 0));
    if (server.address.ss_family != AF_UNIX) switch_on(socket, IPPROTO_TCP, TCP_NODELAY);
    auto const* at = reinterpret_cast<sockaddr const*>(&server.address);
    if (connect(socket.get(), at, server.size) != 0 && errno != EINPROGRESS) socket.close();
    return socket;
}

void break_off(descriptor& socket) noexcept {
    linger const at_once{1, 0};
    if (socket.open()) setsockopt(socket.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

}  // namespace relata::conformance::detail
