// SPDX-License-Identifier: BSL-1.0
/// \file
/// What cases with bad networks and slow statements share.
#pragma once

#include "conformance/storage.hpp"
#include "conformance/subject.hpp"

#include <relata/conformance/proxy.hpp>

#include <chrono>
#include <string>
#include <thread>
#include <vector>

namespace relata::conformance {

/// Runs from its making.
class stopwatch {
public:
    /// Whole milliseconds.
    [[nodiscard]] std::int64_t elapsed() const {
        return std::chrono::duration_cast<std::chrono::milliseconds>(clock::now() - start_).count();
    }

private:
    using clock = std::chrono::steady_clock;
    clock::time_point start_ = clock::now();
};

inline void pause(unsigned milliseconds) {
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
}

using url_options = std::vector<std::pair<std::string, std::string>>;

/// Whether the driver takes an option of this name in such a URL.
inline bool has_option(subject const& s, std::string_view name) { return s.has_option(name); }

/// A connection with further options; an option that the URL has already is replaced.
std::unique_ptr<driver::connection> connect_with(subject const& s, url_options const& options);

/// The driver's server behind a proxy. Ends the case as "declared" for a driver without a server.
class network {
public:
    explicit network(subject& s);

    /// A connection through the proxy.
    [[nodiscard]] std::unique_ptr<driver::connection>
    connect(url_options const& options = {}) const;
    /// A database through the proxy; `options` as in `subject::url_with`.
    [[nodiscard]] database open(std::string_view options) const;
    /// The address of the server with the proxy in its place.
    [[nodiscard]] driver::address address(url_options const& options = {}) const;
    /// Ends the case as "declared" when the proxy cannot tell the messages of the driver's protocol.
    void needs_messages();

    fault_proxy proxy;

private:
    subject& subject_;
};

/// A table of `rows` numbers, 1 and up, in the columns id and n, and of long texts in t.
schema::table const& numbers(subject& s, unsigned rows);

/// A SELECT of one number that takes hours, made of a table of at least 200 numbers: it only counts.
std::string endless_query(driver::connection& on, schema::table const& numbers);
/// The same for at least one and at most some tens of milliseconds.
std::string short_query(driver::connection& on, schema::table const& numbers);

/// Prepares the statement, executes it and reads it to its end.
void run_query(driver::connection& on, std::string const& sql);

/// Checks that `action`, which would not end by itself, ends with cancelled, and tells its error. It is
/// cancelled after that time, and again until it ends: a cancel hits nothing before a statement runs.
template <class Action>
error_info cancelled(subject& s, driver::connection& c, unsigned milliseconds, Action&& action,
                     std::string_view what) {
    std::jthread const stop([&](std::stop_token const& over) {
        for (pause(milliseconds); !over.stop_requested(); pause(50)) c.cancel();
    });
    return s.throws(error_kind::cancelled, static_cast<Action&&>(action), what);
}

/// Waits until `on` sees this number of rows; a server ends a lost transaction in its own time.
bool eventually_counts(driver::connection& on, schema::table const& table, std::int64_t rows);

/// How many files the process has open.
std::size_t open_files();

}  // namespace relata::conformance
