// SPDX-License-Identifier: BSL-1.0
//
// A session for longer than one call: that of a connection, a transaction or a stream. Several may hold
// the same one, such as a transaction and a stream in it. It goes back to its pool with the last of them,
// and the pool stays until then, so that the order in which a program destroys them does not matter.

#pragma once

#include "engine/session.hpp"

namespace relata::engine {

class hold {
public:
    explicit hold(source& from);
    ~hold();
    hold(hold const&) = delete;
    hold& operator=(hold const&) = delete;
    [[nodiscard]] session& operator*() const { return *session_; }
    [[nodiscard]] session* operator->() const { return session_; }

private:
    session* session_;
};

}  // namespace relata::engine
