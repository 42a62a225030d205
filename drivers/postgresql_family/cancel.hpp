// SPDX-License-Identifier: BSL-1.0
/// \file
/// Ending what a server does, in bounded time, from another thread.
#pragma once

#include <memory>

#include <libpq-fe.h>

namespace relata::postgresql_family {

/// A second number for the connection's socket. libpq may close its own at any moment; through this
/// one another thread can end the connection without ever hitting a foreign file.
class spare_socket {
public:
    spare_socket() noexcept = default;
    spare_socket(spare_socket const&) = delete;
    spare_socket& operator=(spare_socket const&) = delete;
    ~spare_socket();
    void copy(int socket) noexcept;
    void shut() const noexcept;

private:
    int number_ = -1;
};

/// Asks the server to end the statement. A request that it has not taken in some seconds could hit
/// another statement later, so the connection is ended then.
void cancel_or_end(std::shared_ptr<PGcancel> const& request, spare_socket const& socket) noexcept;

}  // namespace relata::postgresql_family
