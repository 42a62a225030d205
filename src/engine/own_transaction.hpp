// SPDX-License-Identifier: BSL-1.0
//
// A transaction that the caller does not see: all of a bulk insert or of some DDL, or nothing.

#pragma once

#include "engine/session.hpp"

namespace relata::engine {

/// What the caller sees of a transaction that was not the caller's: there was none.
[[noreturn]] void raise_outside(error const& e);
/// Ends the transaction after an error; a session that cannot even roll back is not used again.
void undo(session& s) noexcept;

/// Runs f in a transaction of its own and returns what f returns.
template <class F> auto in_own_transaction(session& s, F f) {
    try {
        s.connection().begin(isolation::read_committed, false);
        s.set_in_transaction(true);
        auto const result = f();
        s.connection().commit();
        s.set_in_transaction(false);
        return result;
    } catch (error const& e) {
        if (!e.info().connection_usable) s.set_dead();
        undo(s);
        raise_outside(e);
    } catch (...) {
        undo(s);  // something of the caller's threw
        throw;
    }
}

}  // namespace relata::engine
