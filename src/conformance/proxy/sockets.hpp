// SPDX-License-Identifier: BSL-1.0
/// \file
/// Sockets of the proxy: owned, non-blocking, and the address of the server behind it.
#pragma once

#include <string>
#include <utility>

#include <sys/socket.h>

namespace relata::conformance::detail {

/// A file descriptor that is closed when its owner goes.
class descriptor {
public:
    explicit descriptor(int number = -1) noexcept : number_(number) {}
    descriptor(descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    descriptor& operator=(descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~descriptor() { close(); }
    void close() noexcept;
    [[nodiscard]] int get() const noexcept { return number_; }
    [[nodiscard]] bool open() const noexcept { return number_ >= 0; }

private:
    int number_;
};

/// Where the server is.
struct endpoint {
    sockaddr_storage address{};
    socklen_t size = 0;
};

/// The address of a host and port, or of a Unix socket when the host begins with '/'. Throws
/// connection_failed when the name is unknown.
endpoint find(std::string const& host, unsigned port);

/// A loopback socket that only keeps a free port for its owner. Throws connection_failed.
descriptor keep_port();
unsigned port_of(descriptor const& socket);
/// A socket that listens on a port kept by `keep_port`; not open when that is impossible just now.
descriptor listen_on(unsigned port) noexcept;
/// The next connection that waits, if any.
descriptor accept_on(descriptor const& listener) noexcept;
/// Begins to connect; not open when that fails at once.
descriptor connect_to(endpoint const& server) noexcept;
/// Makes the coming close break the connection off instead of ending it in order.
void break_off(descriptor& socket) noexcept;

}  // namespace relata::conformance::detail
