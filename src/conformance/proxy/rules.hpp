// SPDX-License-Identifier: BSL-1.0
/// \file
/// The rules of a proxy and what they count.
#pragma once

#include <relata/conformance/proxy.hpp>

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

namespace relata::conformance::detail {

class rules {
public:
    void add(place where, fault what, bool every_time) {
        list_.push_back({where, what, every_time});
    }
    void clear() { list_.clear(); }

    /// A rule that comes true before the next byte of this way.
    std::optional<fault> due(way w) {
        for (auto& r : list_)
            if (r.where.way == w && r.where.at == place::side::bytes && r.met >= r.where.count &&
                !r.resting)
                return come_true(r);
        return {};
    }
    /// How many bytes may pass before a rule wants to be asked.
    [[nodiscard]] std::size_t room(way w) const {
        std::size_t room = std::numeric_limits<std::size_t>::max();
        for (auto const& r : list_)
            if (r.where.way == w && r.where.at == place::side::bytes)
                room = std::min<std::size_t>(room, r.resting ? 1 : r.where.count - r.met);
        return room;
    }
    void passed(way w, std::size_t count) {
        bytes_[std::size_t(w)] += count;
        for (auto& r : list_) {
            if (r.where.way != w || r.where.at != place::side::bytes) continue;
            if (!r.resting) r.met += count;
            r.resting = false;
        }
    }
    /// Counts a message; the faults of the rules that come true by it.
    std::vector<fault> meet(way w, message kind, place::side side) {
        std::vector<fault> out;
        if (side == place::side::after) ++messages_[std::size_t(w)][std::size_t(kind)];
        for (std::size_t i = 0; i < list_.size(); ++i) {
            rule& r = list_[i];
            if (r.where.way != w || r.where.at != side) continue;
            if (r.where.kind != message::any && r.where.kind != kind) continue;
            if (++r.met < r.where.count) continue;
            if (!r.every_time) --i;  // it leaves the list
            out.push_back(come_true(r));
        }
        return out;
    }

    [[nodiscard]] unsigned fired() const { return fired_; }
    [[nodiscard]] std::uint64_t bytes(way w) const { return bytes_[std::size_t(w)]; }
    [[nodiscard]] std::uint64_t messages(way w, message kind) const {
        auto const& counts = messages_[std::size_t(w)];
        if (kind != message::any) return counts[std::size_t(kind)];
        std::uint64_t sum = 0;
        for (auto const count : counts) sum += count;
        return sum;
    }

private:
    struct rule {
        place where;
        fault what;
        bool every_time;
        std::uint64_t met = 0;
        bool resting = false;  // came true before a byte that has not passed yet
    };

    fault come_true(rule& r) {
        ++fired_;
        fault const what = r.what;
        r.met = 0;
        // the other faults stop this way, so the next byte is another connection's
        r.resting = r.where.count == 0 && (what == fault::corrupt || what == fault::hold);
        if (r.every_time) return what;
        list_.erase(list_.begin() + (&r - list_.data()));
        return what;
    }

    std::vector<rule> list_;
    unsigned fired_ = 0;
    std::uint64_t bytes_[2] = {};
    std::uint64_t messages_[2][std::size_t(message::other) + 1] = {};
};

}  // namespace relata::conformance::detail
