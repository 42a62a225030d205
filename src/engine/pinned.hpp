// SPDX-License-Identifier: BSL-1.0
//
// A source that always lends the same session: that of a connection or a transaction.

#pragma once

#include "engine/session.hpp"

namespace relata::engine {

class pinned final : public source {
public:
    explicit pinned(source& from) : from_(&from), session_(from.borrow()) {}
    ~pinned() { from_->give_back(session_); }
    pinned(pinned const&) = delete;
    pinned& operator=(pinned const&) = delete;

    session* borrow() override { return session_; }
    void give_back(session*) noexcept override {}
    [[nodiscard]] session& held() { return *session_; }

private:
    source* from_;
    session* session_;
};

}  // namespace relata::engine
