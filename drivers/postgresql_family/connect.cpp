// SPDX-License-Identifier: BSL-1.0
#include "connect.hpp"

#include "errors.hpp"

#include <chrono>
#include <memory>

#include <poll.h>

namespace relata::postgresql_family {
namespace {

using clock = std::chrono::steady_clock;
struct close_connection {
    void operator()(PGconn* c) const noexcept { PQfinish(c); }
};
using handle = std::unique_ptr<PGconn, close_connection>;

// The server's messages would go to standard error, where no library may write.
void ignore_notice(void*, PGresult const*) {}

struct keyword_arrays {
    explicit keyword_arrays(connect_options const& options) {
        for (auto const& [name, value] : options.keywords) {
            names.push_back(name);
            values.push_back(value.c_str());
        }
        names.push_back(nullptr);
        values.push_back(nullptr);
    }
    std::vector<char const*> names, values;
};

// Waits for the socket; false when the time is over.
bool wait_for(PGconn* connection, bool reading, clock::time_point deadline) {
    auto const left = std::chrono::ceil<std::chrono::milliseconds>(deadline - clock::now());
    if (left.count() <= 0) return false;
    pollfd socket{PQsocket(connection), short(reading ? POLLIN : POLLOUT), 0};
    int const ready = poll(&socket, 1, int(left.count()));
    return ready != 0;  // an interrupted or failed poll is found out by PQconnectPoll
}

[[noreturn]] void refuse(PGconn* connection, std::string words) {
    throw error(describe_refusal(connection, std::move(words)));
}

// libpq tells why the server refused in text only. Asked for verbose text it includes the
// SQLSTATE, but that can be asked for only on a handle: so the connection is made step by step.
handle connect_step_by_step(connect_options const& options) {
    keyword_arrays const arrays(options);
    handle out(PQconnectStartParams(arrays.names.data(), arrays.values.data(), 0));
    if (!out) fail(error_kind::out_of_memory, "no memory for a connection");
    PQsetErrorVerbosity(out.get(), PQERRORS_VERBOSE);
    auto const deadline = clock::now() + std::chrono::seconds(options.connect_timeout);
    auto state =
        PQstatus(out.get()) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING;
    while (state == PGRES_POLLING_READING || state == PGRES_POLLING_WRITING) {
        if (!wait_for(out.get(), state == PGRES_POLLING_READING, deadline))
            refuse(out.get(), "timeout expired");
        state = PQconnectPoll(out.get());
    }
    return out;
}

// With several hosts libpq gives each its time and moves on; only its blocking call does that.
handle connect_at_once(connect_options const& options) {
    keyword_arrays const arrays(options);
    handle out(PQconnectdbParams(arrays.names.data(), arrays.values.data(), 0));
    if (!out) fail(error_kind::out_of_memory, "no memory for a connection");
    return out;
}

}  // namespace

PGconn* connect(connect_options const& options) {
    handle out = options.several_hosts ? connect_at_once(options) : connect_step_by_step(options);
    if (PQstatus(out.get()) != CONNECTION_OK) refuse(out.get(), PQerrorMessage(out.get()));
    PQsetErrorVerbosity(out.get(), PQERRORS_DEFAULT);
    PQsetNoticeReceiver(out.get(), &ignore_notice, nullptr);
    return out.release();
}

}  // namespace relata::postgresql_family
