// SPDX-License-Identifier: BSL-1.0

#include "engine/own_transaction.hpp"

namespace relata::engine {

void raise_outside(error const& e) {
    auto info = e.info();
    info.transaction = transaction_state::none;
    if (info.retry == retry_advice::transaction) info.retry = retry_advice::statement;
    throw error(std::move(info));
}

void undo(session& s) noexcept {
    s.set_in_transaction(false);
    s.set_failed(false);
    try {
        if (!s.dead() && s.connection().transaction() != transaction_state::none)
            s.connection().rollback();
    } catch (error const&) {
        s.set_dead();
    }
}

}  // namespace relata::engine
