// SPDX-License-Identifier: BSL-1.0
//
// The parent side: forks, reads what the child writes down, keeps the time limit, and judges the end.

#include "conformance/fork.hpp"

#include <relata/core/error.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <new>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace relata::conformance {
namespace {

using clock = std::chrono::steady_clock;

[[noreturn]] void broken(char const* what) {
    fail(error_kind::unknown, fmt::format("{}: {}", what, std::strerror(errno)));
}

/// Memory shared with the child, and a file for what it prints.
class shared_room {
public:
    shared_room() {
        void* const at = ::mmap(nullptr, sizeof(shared_counts), PROT_READ | PROT_WRITE,
                                MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (at == MAP_FAILED) broken("mmap");
        counts_ = ::new (at) shared_counts{};
        printed_ = std::tmpfile();
        if (!printed_) broken("tmpfile");
    }
    ~shared_room() {
        std::fclose(printed_);
        ::munmap(counts_, sizeof(shared_counts));
    }
    shared_room(shared_room const&) = delete;
    shared_room& operator=(shared_room const&) = delete;

    [[nodiscard]] shared_counts& counts() const { return *counts_; }
    [[nodiscard]] int output() const { return ::fileno(printed_); }
    /// The last of what the child printed.
    [[nodiscard]] std::string tail() const {
        constexpr long most = 4000;
        auto const size = ::lseek(output(), 0, SEEK_END);
        auto const from = std::max<long>(0, size - most);
        std::string text(std::size_t(std::max<long>(0, size - from)), '\0');
        auto const got = ::pread(output(), text.data(), text.size(), from);
        text.resize(std::size_t(std::max<ssize_t>(0, got)));
        return text;
    }

private:
    shared_counts* counts_;
    std::FILE* printed_;
};

/// What became of the child.
struct ending {
    std::string lines;  ///< what it wrote to the ledger
    int status = 0;     ///< as waitpid tells it
    bool timed_out = false;
    double seconds = 0;
};

[[noreturn]] void be_child(int pipe, shared_room const& room,
                           std::function<void(ledger&)> const& run) {
    ::setpgid(0, 0);  // what it starts dies with it
    struct rlimit const none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    ::dup2(room.output(), 1);
    ::dup2(room.output(), 2);
    ledger to(pipe, room.counts());
    run(to);
    // not _exit: the ends of libraries and the search for leaks are part of the test
    std::exit(0);
}

// Reads to the end of the pipe or to the deadline. A grandchild may keep the pipe open, so the end of
// the child counts too.
void listen(pid_t child, int pipe, clock::time_point deadline, ending& end) {
    bool over = false;
    for (;;) {
        struct pollfd waiting{pipe, POLLIN, 0};
        if (::poll(&waiting, 1, pipe < 0 ? 2 : 20) > 0) {
            char buffer[16384];
            auto const got = ::read(pipe, buffer, sizeof buffer);
            if (got > 0) {
                end.lines.append(buffer, std::size_t(got));
                continue;
            }
            pipe = -1;
        }
        if (over) return;
        if (::waitpid(child, &end.status, WNOHANG) == child) over = true;
        else if (clock::now() > deadline) {
            end.timed_out = true;
            ::kill(-child, SIGKILL);
            ::kill(child, SIGKILL);
            while (::waitpid(child, &end.status, 0) < 0 && errno == EINTR) {}
            over = true;
        }
    }
}

ending run_child(shared_room const& room, double seconds, std::function<void(ledger&)> const& run) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) broken("pipe");
    std::fflush(nullptr);  // or the child would print it once more
    auto const began = clock::now();
    pid_t const child = ::fork();
    if (child < 0) broken("fork");
    if (child == 0) {
        ::close(ends[0]);
        be_child(ends[1], room, run);
    }
    ::close(ends[1]);
    ending end;
    auto const limit = std::chrono::duration<double>(seconds);
    listen(child, ends[0], began + std::chrono::duration_cast<clock::duration>(limit), end);
    ::kill(-child, SIGKILL);
    ::close(ends[0]);
    end.seconds = std::chrono::duration<double>(clock::now() - began).count();
    return end;
}

/// What the ledger says.
struct account {
    std::vector<std::string> failures, notes, tables;
    std::string capability, driver, server;
    bool ended = false;
};

account read_account(std::string_view lines) {
    account out;
    while (!lines.empty()) {
        auto const size = std::min(lines.find('\n'), lines.size());
        auto const entry = nlohmann::json::parse(lines.substr(0, size), nullptr, false);
        lines.remove_prefix(std::min(size + 1, lines.size()));
        if (entry.is_discarded()) continue;  // cut off by a crash
        auto const what = entry.value("what", "");
        auto text = entry.value("text", "");
        if (what == word::failed) out.failures.push_back(std::move(text));
        else if (what == word::note) out.notes.push_back(std::move(text));
        else if (what == word::table) out.tables.push_back(std::move(text));
        else if (what == word::dropped) std::erase(out.tables, text);
        else if (what == word::declared) out.capability = std::move(text);
        else if (what == word::driver) out.driver = std::move(text);
        else if (what == word::server) out.server = std::move(text);
        else if (what == word::ended) out.ended = true;
    }
    return out;
}

// Empty when the process ended as it should.
std::string bad_end(ending const& end, account const& told, double limit) {
    if (end.timed_out) return fmt::format("no end within {:.0f} s: killed", limit);
    if (WIFSIGNALED(end.status)) {
        auto const signal = WTERMSIG(end.status);
        auto const* const name = ::sigabbrev_np(signal);
        return fmt::format("the driver crashed: SIG{}", name ? name : std::to_string(signal));
    }
    if (!told.ended)
        return fmt::format("the driver ended the process with exit code {}",
                           WEXITSTATUS(end.status));
    if (WEXITSTATUS(end.status) != 0)
        return fmt::format("the process ended with code {} after the case",
                           WEXITSTATUS(end.status));
    return {};
}

void append_line(std::string& to, std::string_view line) {
    if (!to.empty()) to += '\n';
    to += line;
}

void judge(verdict& v, ending const& end, account const& told, shared_room const& room,
           double limit) {
    v.checks = room.counts().checks.load();
    v.seconds = end.seconds;
    v.driver = told.driver;
    v.server = told.server;
    for (auto const& each : told.failures) append_line(v.detail, each);
    auto const bad = bad_end(end, told, limit);
    if (!bad.empty())
        append_line(v.detail, fmt::format("{}, after {} checks, at: {}", bad, v.checks,
                                          std::string(room.counts().doing)));
    if (!v.detail.empty()) {
        v.result = result::failed;
        if (auto const printed = room.tail(); !printed.empty())
            append_line(v.detail, "printed: " + printed);
    } else if (!told.capability.empty()) {
        v.result = result::declared;
        v.capability = told.capability;
    } else if (v.checks == 0) {
        v.result = result::failed;
        v.detail = "the case checked nothing";
    }
    for (auto const& each : told.notes) append_line(v.detail, "note: " + each);
}

}  // namespace

std::string_view name_of(result r) {
    constexpr std::string_view names[] = {"passed", "declared", "failed", "not_applicable"};
    return names[unsigned(r)];
}

verdict run_case(target const& at, case_entry const& which) {
    verdict v;
    v.transport = at.transport;
    v.id = which.id;
    v.title = which.title;
    if (!which.run) {
        v.result = result::not_applicable;
        v.detail = which.reason ? which.reason : "";
        return v;
    }
    shared_room const room;
    double const limit = which.seconds * at.seconds_factor;
    auto const end = run_child(room, limit, [&](ledger& to) { run_in_child(at, which, to); });
    auto const told = read_account(end.lines);
    judge(v, end, told, room, limit);
    if (!told.tables.empty()) {
        shared_room const broom;
        (void)run_child(broom, 20 * at.seconds_factor,
                        [&](ledger& to) { sweep_in_child(at, told.tables, to); });
    }
    return v;
}

}  // namespace relata::conformance
