// SPDX-License-Identifier: BSL-1.0

#include "engine/hold.hpp"

#include "engine/pool.hpp"

namespace relata::engine {

hold::hold(source& from) : session_(from.borrow()) {
    if (session_->holders++ == 0) session_->home->add_user();
}

hold::~hold() {
    if (--session_->holders != 0) return;
    auto& home = *session_->home;
    home.give_back(session_);
    home.drop_user();
}

}  // namespace relata::engine
