// SPDX-License-Identifier: BSL-1.0
//
// A source that always lends the same session: that of a connection or a transaction.

#pragma once

#include "engine/hold.hpp"

namespace relata::engine {

class pinned final : public source {
public:
    explicit pinned(source& from) : session_(from) {}

    session* borrow() override { return &*session_; }
    void give_back(session*) noexcept override {}
    [[nodiscard]] session& held() { return *session_; }

private:
    hold session_;
};

}  // namespace relata::engine
