// SPDX-License-Identifier: BSL-1.0
/// \file
/// A bad network on order: a proxy before a database server that delays, cuts, swallows and corrupts.
///
/// It runs in a thread of the program and listens on a free loopback port. It reads along in the
/// protocols of PostgreSQL and of MySQL and MariaDB, so that a fault can be tied to a message ("the
/// answer to COMMIT") as well as to a byte. Protocols that it does not know, and what is encrypted,
/// are bytes only.
#pragma once

#include <relata/core/export.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace relata::conformance {

/// The protocol that is spoken through the proxy.
enum class wire : std::uint8_t {
    detect,  ///< told by the first bytes of each connection
    bytes,   ///< no protocol: there are no messages
    postgresql,
    mysql,
};

enum class way : std::uint8_t { to_server, to_client };

/// What a message is for, alike in both protocols.
enum class message : std::uint8_t {
    any,  ///< in a `place`: every message
    // to the server
    login,    ///< also from the server: everything before the first statement
    prepare,  ///< asks to prepare a statement
    query,    ///< asks to run a statement, prepared or as text
    bulk,     ///< rows of a COPY or of an array
    commit,   ///< a COMMIT as text
    cancel,   ///< asks to stop a statement of another connection
    quit,     ///< takes leave
    // to the client
    row,        ///< one row of a result
    done,       ///< a statement has ended well
    committed,  ///< the answer to a COMMIT that went well
    failure,    ///< an error
    // both
    other,
};

/// Where on the way something happens; made by the functions below. All counts begin when the rule
/// is made, and go over all connections.
struct place {
    conformance::way way;
    message kind = message::any;
    std::uint64_t count = 1;  ///< the how manieth message, or how many bytes
    enum class side : std::uint8_t { bytes, before, after } at = side::bytes;
};

/// After `count` bytes have passed this way; 0 is before the next one.
constexpr place after_bytes(way w, std::uint64_t count) {
    return {w, message::any, count, place::side::bytes};
}
/// Before the first byte of the `nth` message of a kind, from 1, is passed on.
constexpr place before(way w, message kind, std::uint64_t nth = 1) {
    return {w, kind, nth, place::side::before};
}
/// After the last byte of the `nth` message of a kind, from 1, was passed on.
constexpr place after(way w, message kind, std::uint64_t nth = 1) {
    return {w, kind, nth, place::side::after};
}

/// What happens there to the connection. What came earlier is still delivered.
enum class fault : std::uint8_t {
    close,       ///< ends it in order, for both sides
    reset,       ///< breaks it off (RST)
    swallow,     ///< nothing goes through in this direction any more, though it looks open
    black_hole,  ///< the same in both directions
    hold,        ///< this direction waits until `release`
    corrupt,     ///< the next byte arrives inverted
};

/// How fast bytes pass; each direction on its own.
struct pace {
    unsigned delay = 0;             ///< milliseconds on the way
    unsigned jitter = 0;            ///< up to so many milliseconds more, without changing the order
    unsigned slice = 0;             ///< at most so many bytes at once; 0: as they come
    unsigned bytes_per_second = 0;  ///< 0: no limit
};

/// What a new connection meets.
enum class arrival : std::uint8_t {
    pass,     ///< the server
    refuse,   ///< a closed port
    silence,  ///< somebody who accepts and never says a word
};

/// A proxy before one server.
///
/// Every function may throw `relata::error`. Thread-safe, but for the destructor. A process that was
/// forked from the one that made the proxy must not use it: it gets invalid_argument.
class RELATA_EXPORT fault_proxy {
public:
    /// Stands before the server of a connection URL. A host that begins with '/' (encoded) is the
    /// path of a Unix socket, or its folder where PostgreSQL listens. Without a port: 3306 or 5432, as
    /// the URL's scheme suggests. Throws invalid_url, or connection_failed when no port is free or the
    /// server's name is unknown; the server need not be up.
    explicit fault_proxy(std::string_view url, wire protocol = wire::detect);
    /// The same for a host, or the path of a Unix socket, and a port.
    fault_proxy(std::string const& host, unsigned port, wire protocol = wire::detect);
    /// Closes all connections (in a forked process: does nothing).
    ~fault_proxy();
    fault_proxy(fault_proxy const&) = delete;
    fault_proxy& operator=(fault_proxy const&) = delete;

    /// The port on 127.0.0.1 where the proxy listens.
    [[nodiscard]] unsigned port() const noexcept;
    /// The URL with the proxy in the place of the server.
    [[nodiscard]] std::string url(std::string_view original) const;

    /// Makes a rule: once, or every time that the place is met (counted anew from there).
    void when(place where, fault what, bool every_time = false);
    /// Does it now to all connections; `swallow` and `hold` in both directions.
    void now(fault what);
    /// Lets everything go that is held.
    void release();
    /// Sets the pace from the next byte on.
    void slow(pace how);
    /// Tells what connections meet that come from now on.
    void arrivals(arrival what);
    /// Forgets all rules, the pace, and what arrivals meet. What was swallowed stays swallowed.
    void clear();

    /// How many rules have come true.
    [[nodiscard]] unsigned fired() const;
    /// Waits until so many rules have come true; false when the milliseconds are over before.
    [[nodiscard]] bool wait_fired(unsigned count, unsigned milliseconds) const;
    /// How many connections have come since the proxy was made.
    [[nodiscard]] unsigned connections() const;
    /// How many of them are open still.
    [[nodiscard]] unsigned open_connections() const;
    /// How many bytes were passed on, in all connections.
    [[nodiscard]] std::uint64_t bytes(way w) const;
    /// How many messages of a kind were passed on, in all connections.
    [[nodiscard]] std::uint64_t messages(way w, message kind) const;
    /// The protocol of the newest connection; `detect` while that is not known.
    [[nodiscard]] wire protocol() const;

private:
    class loop;
    loop* loop_;
};

}  // namespace relata::conformance
