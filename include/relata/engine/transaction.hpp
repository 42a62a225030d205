// SPDX-License-Identifier: BSL-1.0
/// \file
/// Transactions and savepoints: everything or nothing, alike on every back end.
#pragma once

#include <relata/core/isolation.hpp>
#include <relata/engine/handle.hpp>

namespace relata {

/// How a transaction runs.
struct transaction_options {
    relata::isolation isolation = relata::isolation::read_committed;
    bool read_only = false;
};

/// How often `database::transaction` runs its function: again after a serialization failure, a
/// deadlock or a lock timeout, with a growing pause between.
struct retry {
    explicit constexpr retry(unsigned runs) : times(runs) {}
    unsigned times;  ///< runs in all, at least 1
};

/// An open transaction. Rolls back when it is destroyed without `commit`.
///
/// After an error every further verb throws transaction_failed, and so does commit, on every back end
/// alike; only `rollback`, or the end of the savepoint in which the error happened, leads on.
/// It may outlive its database and its connection. Used by one thread. Move-only.
class RELATA_EXPORT transaction : public handle {
public:
    transaction(transaction&& other) noexcept;
    transaction& operator=(transaction&&) = delete;
    ~transaction();

    /// Makes the changes last. Throws transaction_failed after an earlier error, in_doubt when the
    /// connection was lost while the answer was on its way, serialization_failure when another
    /// transaction won.
    void commit();
    /// Undoes the changes.
    void rollback();
    /// Whether neither commit nor rollback has ended it.
    [[nodiscard]] bool open() const noexcept;

    /// Runs f inside a savepoint: when f throws, only what f did is undone, the exception goes on, and
    /// the transaction can too.
    template <class F> decltype(auto) savepoint(F&& f) {
        savepoint_scope scope(*this);
        if constexpr (std::is_void_v<decltype(f())>) {
            f();
            scope.release();
        } else {
            decltype(auto) result = f();
            scope.release();
            return result;
        }
    }

private:
    friend class database;
    friend class connection;
    struct state;

    class RELATA_EXPORT savepoint_scope {
    public:
        explicit savepoint_scope(transaction& t);
        ~savepoint_scope();
        savepoint_scope(savepoint_scope const&) = delete;
        savepoint_scope& operator=(savepoint_scope const&) = delete;
        void release();

    private:
        transaction& transaction_;
        unsigned number_;
        bool open_ = true;
    };

    transaction(engine::source& from, transaction_options options);
    explicit transaction(state* s);

    state* state_;
};

namespace detail {

/// Whether the function may run again; waits before it says yes.
RELATA_EXPORT bool may_retry(error const& e, unsigned run, unsigned times);

template <class Begin, class F> decltype(auto) run_transaction(Begin begin, F&& f, retry again) {
    for (unsigned run = 1;; ++run) {
        try {
            transaction t = begin();
            if constexpr (std::is_void_v<decltype(f(t))>) {
                f(t);
                if (t.open()) t.commit();
                return;
            } else {
                auto result = f(t);
                if (t.open()) t.commit();
                return result;
            }
        } catch (error const& e) {
            if (!may_retry(e, run, again.times)) throw;
        }
    }
}

}  // namespace detail
}  // namespace relata
