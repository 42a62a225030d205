// SPDX-License-Identifier: BSL-1.0
/// \file
/// One connection through the proxy: its two sockets and two directions.
#pragma once

#include "conformance/proxy/lane.hpp"
#include "conformance/proxy/sockets.hpp"

#include <poll.h>

namespace relata::conformance::detail {

class link {
public:
    /// `server` is not open where the client is to meet silence.
    link(descriptor client, descriptor server, wire protocol, bool silent);

    /// What to wait for, in the places of the client and of the server.
    void wish(pollfd* two) const;
    /// When there is something to send, at the earliest.
    [[nodiscard]] std::optional<clock::time_point> due() const;
    /// Does what can be done after a wait.
    void work(pollfd const* two, rules& book, pace const& how);
    /// `w` is the direction in which the fault happens; none: both.
    void apply(fault what, std::optional<way> w);
    void release();

    [[nodiscard]] bool over() const { return !client_.open() && !server_.open(); }
    [[nodiscard]] bool parting() const { return parting_; }
    [[nodiscard]] wire protocol() const { return words_->protocol(); }

private:
    descriptor& from(way w) { return w == way::to_server ? client_ : server_; }
    descriptor& to(way w) { return w == way::to_server ? server_ : client_; }
    lane& along(way w) { return w == way::to_server ? there_ : back_; }
    void receive(way w, short happened);
    void judge(way w, rules& book, pace const& how);
    void send(way w, pace const& how);
    void pass_on_end(way w);
    void part();
    void broken(way w);

    descriptor client_, server_;
    std::unique_ptr<reader> words_;
    lane there_{way::to_server}, back_{way::to_client};
    bool connecting_;
    bool told_end_[2] = {};
    std::optional<fault> ending_;  // close or reset, once everything is delivered
    bool parting_ = false;         // in order: waits for the other sides to leave too
    clock::time_point until_{};
};

}  // namespace relata::conformance::detail
