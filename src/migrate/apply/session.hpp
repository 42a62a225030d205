// SPDX-License-Identifier: BSL-1.0
// One migrator at work: a connection with the lock, and the history that it writes.
#pragma once

#include "migrate/apply/history_row.hpp"
#include "migrate/locking.hpp"

#include <string>
#include <vector>

namespace relata::migrate {

class session {
public:
    /// Takes the lock, and makes the table of the history where it is missing. Throws lock_timeout.
    session(database const& of, std::chrono::milliseconds lock_wait);
    ~session();
    session(session const&) = delete;
    session& operator=(session const&) = delete;

    [[nodiscard]] connection& on() noexcept { return on_; }
    [[nodiscard]] schema::catalog::engine engine() const noexcept { return engine_; }
    [[nodiscard]] std::vector<history_row> rows() const;
    /// Throws lock_timeout when the lock is not ours any more; call it before anything is changed.
    void demand_lock();
    /// Whether no table keeps what was rolled back, as those of MySQL do that know no transactions.
    [[nodiscard]] bool data_is_atomic();
    /// A hash of the whole schema.
    [[nodiscard]] std::string fingerprint();

private:
    void take_lock(std::chrono::milliseconds wait);
    void make_history();

    connection on_;
    schema::catalog::engine engine_;
    locking const& lock_;
    std::string holder_;
};

}  // namespace relata::migrate
