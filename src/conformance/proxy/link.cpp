// SPDX-License-Identifier: BSL-1.0
#include "conformance/proxy/link.hpp"

namespace relata::conformance::detail {

constexpr std::chrono::seconds patience(2);
constexpr way both_ways[] = {way::to_server, way::to_client};

link::link(descriptor client, descriptor server, wire protocol, bool silent)
    : client_(std::move(client)), server_(std::move(server)), words_(make_reader(protocol)),
      connecting_(server_.open()) {
    if (silent) apply(fault::black_hole, {});
    else if (!server_.open()) apply(fault::reset, {});
}

void link::wish(pollfd* two) const {
    auto const now = clock::now();
    auto ready = [now](lane const& l) { return l.due() && *l.due() <= now; };
    auto wanted = [](lane const& in, bool out) {
        return short((in.wants_more() ? POLLIN : 0) | (out ? POLLOUT : 0));
    };
    two[0] = {client_.get(), wanted(there_, ready(back_)), 0};
    two[1] = {server_.get(), wanted(back_, connecting_ || ready(there_)), 0};
    for (pollfd* one : {two, two + 1})
        if (one->events == 0) one->fd = -1;  // a hang-up is not waited for, only seen in passing
}

std::optional<clock::time_point> link::due() const {
    std::optional<clock::time_point> first;
    auto consider = [&first](std::optional<clock::time_point> t) {
        if (t && (!first || *t < *first)) first = t;
    };
    if (!connecting_) consider(there_.due());
    consider(back_.due());
    if (ending_) consider(there_.flushed() && back_.flushed() && !parting_ ? clock::now() : until_);
    return first;
}

void link::apply(fault what, std::optional<way> w) {
    switch (what) {
    case fault::close:
    case fault::reset:
        if (!ending_) until_ = clock::now() + patience;
        if (!ending_) ending_ = what;
        for (way const each : both_ways) along(each).close();
        return;
    case fault::black_hole: w.reset(); [[fallthrough]];
    case fault::swallow:
        for (way const each : both_ways)
            if (!w || *w == each) along(each).swallow();
        return;
    case fault::hold:
        for (way const each : both_ways)
            if (!w || *w == each) along(each).hold(true);
        return;
    case fault::corrupt:
        for (way const each : both_ways)
            if (!w || *w == each) along(each).corrupt();
        return;
    }
}

void link::release() {
    for (way const each : both_ways) along(each).hold(false);
}

void link::receive(way w, short happened) {
    if (!from(w).open() || !(happened & (POLLIN | POLLHUP | POLLERR))) return;
    if (!along(w).receive(from(w).get())) broken(w);
}

// The socket that this way comes from broke.
void link::broken(way w) {
    along(w).close();
    if (along(w).swallowing()) return from(w).close();
    apply(fault::reset, {});
    along(w == way::to_server ? way::to_client : way::to_server).drop();
}

void link::judge(way w, rules& book, pace const& how) {
    while (auto const what = along(w).judge(book, *words_, how)) apply(*what, w);
}

void link::send(way w, pace const& how) {
    if (!to(w).open()) return along(w).drop();
    if (w == way::to_server && connecting_) return;
    if (along(w).send(to(w).get(), how)) return;
    along(w).drop();
    apply(fault::reset, {});
}

void link::pass_on_end(way w) {
    if (told_end_[std::size_t(w)] || !along(w).through() || !to(w).open() ||
        (w == way::to_server && connecting_))
        return;
    told_end_[std::size_t(w)] = true;
    shutdown(to(w).get(), SHUT_WR);
}

// Ends both sides once they have got what is theirs. A side that still has something unread would
// make the system break the connection off, so what it sends is read for a while.
void link::part() {
    bool const delivered = there_.flushed() && back_.flushed();
    if (!delivered && clock::now() < until_) return;
    if (*ending_ == fault::reset) {
        break_off(client_);
        break_off(server_);
    } else if (!parting_) {
        parting_ = true;
        until_ = clock::now() + patience;
        for (way const each : both_ways)
            if (to(each).open()) shutdown(to(each).get(), SHUT_WR);
        return;
    } else if (clock::now() < until_) {
        for (way const each : both_ways)
            if (from(each).open() && along(each).ended()) from(each).close();
        return;
    }
    client_.close();
    server_.close();
}

void link::work(pollfd const* two, rules& book, pace const& how) {
    if (connecting_ && two[1].revents) {
        int problem = 0;
        socklen_t size = sizeof problem;
        getsockopt(server_.get(), SOL_SOCKET, SO_ERROR, &problem, &size);
        connecting_ = false;
        if (problem) {
            there_.drop();
            apply(fault::reset, {});
        }
    }
    receive(way::to_server, two[0].revents);
    if (!connecting_) receive(way::to_client, two[1].revents);
    for (way const each : both_ways) judge(each, book, how);
    for (way const each : both_ways) send(each, how);
    for (way const each : both_ways) pass_on_end(each);
    // who has left a black hole is gone, but the other side must not hear of it
    for (way const each : both_ways)
        if (along(each).ended() && along(each).swallowing()) from(each).close();
    if (ending_) return part();
    if (told_end_[0] && told_end_[1]) {
        client_.close();
        server_.close();
    }
}

}  // namespace relata::conformance::detail
