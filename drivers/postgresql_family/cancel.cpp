// SPDX-License-Identifier: BSL-1.0
#include "cancel.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace relata::postgresql_family {
namespace {

constexpr auto patience_of_cancel = std::chrono::seconds(3);

struct request {
    std::shared_ptr<PGcancel> what;
    std::mutex mutex;
    std::condition_variable changed;
    bool over = false;

    void send() noexcept {
        char words[256];
        PQcancel(what.get(), words, sizeof words);
        std::lock_guard const lock(mutex);
        over = true;
        changed.notify_all();
    }
};

// PQcancel waits for ever for a server that accepts and says nothing, so it gets a thread of its own,
// which is left behind then. False when the server has not taken the request in time.
bool sent_in_time(std::shared_ptr<PGcancel> const& what) {
    auto const r = std::make_shared<request>();
    r->what = what;
    std::thread([r] { r->send(); }).detach();
    std::unique_lock lock(r->mutex);
    return r->changed.wait_for(lock, patience_of_cancel, [&] { return r->over; });
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
