// SPDX-License-Identifier: BSL-1.0
#include "conformance/proxy/loop.hpp"

#include <relata/core/error.hpp>

#include <csignal>

#include <fcntl.h>
#include <unistd.h>

namespace relata::conformance {

using namespace detail;

fault_proxy::loop::loop(endpoint const& server, wire protocol)
    : server_(server), protocol_(protocol), process_(getpid()), kept_(keep_port()),
      port_(port_of(kept_)), listener_(listen_on(port_)) {
    int two[2];
    if (!listener_.open() || pipe2(two, O_NONBLOCK | O_CLOEXEC) != 0)
        fail(error_kind::connection_failed, "the proxy cannot listen");
    wake_[0] = descriptor(two[0]);
    wake_[1] = descriptor(two[1]);
    // signals are for the program's own threads
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    thread_ = std::thread([this] { run(); });
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

fault_proxy::loop::~loop() {
    {
        std::unique_lock const lock(mutex_);
        over_ = true;
        wake();
    }
    thread_.join();
}

bool fault_proxy::loop::at_home() const noexcept { return getpid() == process_; }

std::unique_lock<std::mutex> fault_proxy::loop::enter() {
    if (!at_home()) fail(error_kind::invalid_argument, "the proxy belongs to another process");
    return std::unique_lock(mutex_);
}

void fault_proxy::loop::wake() noexcept {
    [[maybe_unused]] auto const written = write(wake_[1].get(), "", 1);  // full is awake enough
}

bool fault_proxy::loop::wait_fired(unsigned count, unsigned milliseconds) {
    std::unique_lock lock = enter();
    return turned_.wait_for(lock, std::chrono::milliseconds(milliseconds),
                            [this, count] { return book.fired() >= count; });
}

void fault_proxy::loop::run() {
    std::unique_lock lock(mutex_);
    while (!over_) {
        wait(lock);
        work();
        ++turn_;
        turned_.notify_all();
    }
}

void fault_proxy::loop::wait(std::unique_lock<std::mutex>& lock) {
    polled_.clear();
    polled_.push_back({wake_[0].get(), POLLIN, 0});
    polled_.push_back({listener_.get(), POLLIN, 0});
    std::optional<detail::clock::time_point> first;
    for (auto const& l : links) {
        polled_.resize(polled_.size() + 2);
        l.wish(&polled_.back() - 1);
        if (auto const due = l.due(); due && (!first || *due < *first)) first = due;
    }
    bool const soon = (meets == arrival::refuse) == listener_.open();  // the port is not had yet
    timespec pause{0, soon ? 10'000'000 : 0};
    if (first) {
        auto const left = std::max(*first - detail::clock::now(), std::chrono::nanoseconds(0));
        pause = {left.count() / 1'000'000'000, left.count() % 1'000'000'000};
    }
    lock.unlock();
    if (ppoll(polled_.data(), polled_.size(), first || soon ? &pause : nullptr, nullptr) < 0)
        for (auto& p : polled_) p.revents = 0;
    lock.lock();
}

void fault_proxy::loop::accept_all() {
    while (listener_.open()) {
        descriptor client = accept_on(listener_);
        if (!client.open()) return;
        ++arrived;
        bool const silent = meets == arrival::silence;
        links.emplace_back(std::move(client), silent ? descriptor() : connect_to(server_),
                           protocol_, silent);
    }
}

void fault_proxy::loop::work() {
    char bytes[64];
    while (read(wake_[0].get(), bytes, sizeof bytes) > 0) {}
    std::size_t at = 2;
    for (auto l = links.begin(); l != links.end() && at < polled_.size(); at += 2) {
        l->work(&polled_[at], book, how);
        if (l->over()) l = links.erase(l);
        else ++l;
    }
    if (meets == arrival::refuse) listener_.close();
    else if (!listener_.open()) listener_ = listen_on(port_);
    accept_all();
}

}  // namespace relata::conformance
