// SPDX-License-Identifier: BSL-1.0
/// \file
/// One direction of one connection: what was received, and what waits to be sent on.
#pragma once

#include "conformance/proxy/reader.hpp"
#include "conformance/proxy/rules.hpp"

#include <chrono>
#include <deque>
#include <optional>
#include <string>

namespace relata::conformance::detail {

using clock = std::chrono::steady_clock;

class lane {
public:
    explicit lane(way w) : way_(w) {}

    /// Takes what the socket has. False when the connection broke.
    bool receive(int from);
    /// Passes on what the rules allow; the fault of a rule that came true, which ends the turn.
    std::optional<fault> judge(rules& book, reader& words, pace const& how);
    /// Sends what is due. False when the connection broke.
    bool send(int to, pace const& how);
    /// When there is something to send; nothing when there is nothing.
    [[nodiscard]] std::optional<clock::time_point> due() const;

    void hold(bool yes) { held_ = yes; }
    void swallow();
    void corrupt() { inverted_ = true; }
    void close() { closed_ = true; }  ///< nothing is taken any more
    void drop();

    [[nodiscard]] bool wants_more() const {
        return !ended_ && (swallowing_ || closed_ || waiting_ + unjudged().size() < longest);
    }
    [[nodiscard]] bool ended() const { return ended_; }
    [[nodiscard]] bool swallowing() const { return swallowing_; }
    /// Whether everything that came was sent on and nothing more will come.
    [[nodiscard]] bool through() const {
        return ended_ && !swallowing_ && unjudged().empty() && outgoing_.empty();
    }
    [[nodiscard]] bool flushed() const { return outgoing_.empty(); }

private:
    struct piece {
        std::string bytes;
        clock::time_point due;
        std::size_t sent = 0;
    };
    static constexpr std::size_t longest = std::size_t(4) << 20;

    [[nodiscard]] std::string_view unjudged() const {
        return std::string_view(received_).substr(judged_);
    }
    void pass(std::size_t count, pace const& how);
    bool begin_message(rules& book, reader& words);

    way way_;
    bool ended_ = false, held_ = false, swallowing_ = false, closed_ = false, inverted_ = false;
    std::string received_;
    std::size_t judged_ = 0;       // of what was received
    std::size_t in_message_ = 0;   // bytes of the present message still to pass
    std::optional<message> kind_;  // of the present message, where there are messages
    std::deque<fault> pending_;    // faults of rules that came true together
    std::deque<piece> outgoing_;
    std::size_t waiting_ = 0;  // bytes to be sent
    clock::time_point next_;   // not to be sent before
};

}  // namespace relata::conformance::detail
