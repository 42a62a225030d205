// SPDX-License-Identifier: BSL-1.0
#include "conformance/proxy/lane.hpp"

#include <algorithm>
#include <cerrno>
#include <random>
#include <utility>

#include <sys/socket.h>

namespace relata::conformance::detail {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

bool only_later() { return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR; }

unsigned up_to(unsigned most) {
    static thread_local std::minstd_rand numbers;  // the same in each run
    return std::uniform_int_distribution<unsigned>(0, most)(numbers);
}

}  // namespace

bool lane::receive(int from) {
    char buffer[65536];
    ssize_t const got = recv(from, buffer, sizeof buffer, 0);
    if (got < 0) return only_later();
    if (got == 0) {
        ended_ = true;
    } else if (!swallowing_ && !closed_) {
        received_.erase(0, std::exchange(judged_, 0));
        received_.append(buffer, std::size_t(got));
    }
    return true;
}

void lane::swallow() {
    swallowing_ = true;
    received_.clear();
    judged_ = 0;
}

void lane::drop() {
    outgoing_.clear();
    waiting_ = 0;
}

// False when more bytes are needed to tell what begins.
bool lane::begin_message(rules& book, reader& words) {
    auto const found = words.look(way_, unjudged());
    if (!found && !ended_) return false;
    in_message_ = found ? found->size : unjudged().size();
    kind_.reset();
    if (!found || words.opaque()) return true;
    kind_ = found->kind;
    for (fault const f : book.meet(way_, *kind_, place::side::before)) pending_.push_back(f);
    return true;
}

std::optional<fault> lane::judge(rules& book, reader& words, pace const& how) {
    auto next_fault = [this] {
        fault const f = pending_.front();
        pending_.pop_front();
        return f;
    };
    if (!pending_.empty()) return next_fault();
    while (!unjudged().empty() && !held_ && !swallowing_ && !closed_) {
        if (auto const f = book.due(way_)) return f;
        if (in_message_ == 0) {
            if (!begin_message(book, words)) return {};
            if (!pending_.empty()) return next_fault();
        }
        std::size_t const count = std::min({in_message_, unjudged().size(), book.room(way_)});
        pass(count, how);
        book.passed(way_, count);
        in_message_ -= count;
        if (in_message_ == 0 && kind_)
            for (fault const f : book.meet(way_, *kind_, place::side::after)) pending_.push_back(f);
        if (auto const f = book.due(way_)) return f;
        if (!pending_.empty()) return next_fault();
    }
    return {};
}

void lane::pass(std::size_t count, pace const& how) {
    std::string bytes(unjudged().substr(0, count));
    judged_ += count;
    waiting_ += count;
    if (inverted_) bytes[0] = char(~bytes[0]);
    inverted_ = false;
    auto due = clock::now() + milliseconds(how.delay);
    if (how.jitter) due += milliseconds(up_to(how.jitter));
    if (!outgoing_.empty()) due = std::max(due, outgoing_.back().due);
    if (!how.delay && !how.jitter && !outgoing_.empty()) outgoing_.back().bytes += bytes;
    else outgoing_.push_back({std::move(bytes), due});
}

std::optional<clock::time_point> lane::due() const {
    if (outgoing_.empty()) return {};
    return std::max(outgoing_.front().due, next_);
}

bool lane::send(int to, pace const& how) {
    while (!outgoing_.empty() && *due() <= clock::now()) {
        piece& first = outgoing_.front();
        std::size_t count = first.bytes.size() - first.sent;
        if (how.slice) count = std::min<std::size_t>(count, how.slice);
        if (how.bytes_per_second)
            count = std::min<std::size_t>(count, std::max(1u, how.bytes_per_second / 100));
        ssize_t const sent = ::send(to, first.bytes.data() + first.sent, count, MSG_NOSIGNAL);
        if (sent < 0) return only_later();
        waiting_ -= std::size_t(sent);
        first.sent += std::size_t(sent);
        if (first.sent == first.bytes.size()) outgoing_.pop_front();
        if (how.bytes_per_second)
            next_ = clock::now() + microseconds(sent * 1000000 / how.bytes_per_second);
        // one piece each turn, so that the two directions and all connections share the time
        if (how.slice || how.bytes_per_second) break;
    }
    return true;
}

}  // namespace relata::conformance::detail
