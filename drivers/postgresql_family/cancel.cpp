// SPDX-License-Identifier: BSL-1.0
#include "cancel.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace relata::postgresql_family {
namespace {

constexpr auto patience_of_cancel = std::chrono::seconds(3);

// Held by who sends and by who waits. Its count is our own: ThreadSanitizer does not see how that of
// std::shared_ptr orders the last use of one thread before the end by the other.
struct request {
    explicit request(std::shared_ptr<PGcancel> const& asked) : what(asked) {}

    std::shared_ptr<PGcancel> what;
    std::mutex mutex;
    std::condition_variable changed;
    bool over = false;
    std::atomic<int> holders{2};

    void send() noexcept {
        char words[256];
        PQcancel(what.get(), words, sizeof words);
        what.reset();
        std::lock_guard const lock(mutex);
        over = true;
        changed.notify_all();
    }
    bool sent_in_time() {
        std::unique_lock lock(mutex);
        return changed.wait_for(lock, patience_of_cancel, [&] { return over; });
    }
    void let_go() noexcept {
        if (holders.fetch_sub(1, std::memory_order_acq_rel) == 1) delete this;
    }
};

// PQcancel waits for ever for a server that accepts and says nothing, so it gets a thread of its own,
// which is left behind then. False when the server has not taken the request in time.
bool sent_in_time(std::shared_ptr<PGcancel> const& what) {
    auto first = std::make_unique<request>(what);
    std::thread([r = first.get()] {
        r->send();
        r->let_go();
    }).detach();
    auto* const r = first.release();
    bool const in_time = r->sent_in_time();
    r->let_go();
    return in_time;
}

}  // namespace

spare_socket::~spare_socket() {
    if (number_ >= 0) close(number_);
}

void spare_socket::copy(int socket) noexcept { number_ = fcntl(socket, F_DUPFD_CLOEXEC, 0); }

void spare_socket::shut() const noexcept {
    if (number_ >= 0) shutdown(number_, SHUT_RDWR);
}

void cancel_or_end(std::shared_ptr<PGcancel> const& request, spare_socket const& socket) noexcept {
    try {
        if (request && !sent_in_time(request)) socket.shut();
    } catch (...) {
        socket.shut();  // no memory and no thread to ask: the statement ends this way
    }
}

}  // namespace relata::postgresql_family
