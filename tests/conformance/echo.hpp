// SPDX-License-Identifier: BSL-1.0
/// \file
/// A server that answers each byte with the same, and a client that never waits for ever.
#pragma once

#include <relata/conformance/proxy.hpp>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace echo {

using clock = std::chrono::steady_clock;

inline long milliseconds_since(clock::time_point start) {
    return long(
        std::chrono::duration_cast<std::chrono::milliseconds>(clock::now() - start).count());
}

inline sockaddr_in loopback(unsigned port) {
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_port = htons(std::uint16_t(port));
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return at;
}

class server {
public:
    server() : listener_(socket(AF_INET, SOCK_STREAM, 0)) {
        auto at = loopback(0);
        socklen_t size = sizeof at;
        bind(listener_, reinterpret_cast<sockaddr*>(&at), sizeof at);
        listen(listener_, 64);
        getsockname(listener_, reinterpret_cast<sockaddr*>(&at), &size);
        port_ = ntohs(at.sin_port);
        thread_ = std::thread([this] { run(); });
    }
    ~server() {
        over_ = true;
        thread_.join();
        close(listener_);
    }
    [[nodiscard]] unsigned port() const { return port_; }
    [[nodiscard]] int open() const { return open_; }

private:
    void run() {
        std::vector<pollfd> all{{listener_, POLLIN, 0}};
        char bytes[4096];
        while (!over_) {
            poll(all.data(), all.size(), 20);
            if (all[0].revents) all.push_back({accept(listener_, nullptr, nullptr), POLLIN, 0});
            for (std::size_t i = 1; i < all.size(); ++i) {
                if (!all[i].revents) continue;
                auto const got = recv(all[i].fd, bytes, sizeof bytes, 0);
                bool const more = got > 0;
                if (more) send(all[i].fd, bytes, std::size_t(got), MSG_NOSIGNAL);
                if (more) continue;
                close(all[i].fd);
                all.erase(all.begin() + long(i--));
            }
            open_ = int(all.size()) - 1;
        }
        for (std::size_t i = 1; i < all.size(); ++i) close(all[i].fd);
    }

    int listener_;
    unsigned port_;
    std::atomic<bool> over_{false};
    std::atomic<int> open_{0};
    std::thread thread_;
};

class client {
public:
    explicit client(unsigned port) : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
        auto const at = loopback(port);
        if (connect(socket_, reinterpret_cast<sockaddr const*>(&at), sizeof at) != 0)
            problem_ = errno;
    }
    ~client() { close(socket_); }
    client(client const&) = delete;

    void say(std::string_view bytes) const {
        send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    }
    void leave() const { shutdown(socket_, SHUT_WR); }
    /// Up to `count` bytes, less when the time is over or the connection ends.
    std::string hear(std::size_t count, int milliseconds = 5000) {
        std::string out;
        auto const until = clock::now() + std::chrono::milliseconds(milliseconds);
        while (out.size() < count && !ended_) {
            pollfd one{socket_, POLLIN, 0};
            auto const left =
                std::chrono::duration_cast<std::chrono::milliseconds>(until - clock::now());
            if (left.count() <= 0 || poll(&one, 1, int(left.count())) <= 0) break;
            char bytes[4096];
            auto const got = recv(socket_, bytes, std::min(sizeof bytes, count - out.size()), 0);
            if (got > 0) out.append(bytes, std::size_t(got));
            else ended_ = true;
            if (got < 0) problem_ = errno;
            ++pieces_;
        }
        return out;
    }
    [[nodiscard]] bool ended() const { return ended_; }
    [[nodiscard]] int problem() const { return problem_; }
    [[nodiscard]] unsigned pieces() const { return pieces_; }

private:
    int socket_;
    bool ended_ = false;
    int problem_ = 0;
    unsigned pieces_ = 0;
};

}  // namespace echo
