// SPDX-License-Identifier: BSL-1.0
/// \file
/// What a case writes down while it runs: it goes to the parent at once, so that nothing is lost when
/// the driver brings the process down.
#pragma once

#include <atomic>
#include <cstdint>
#include <string_view>

namespace relata::conformance {

/// Memory that the processes of parent and child share.
struct shared_counts {
    std::atomic<std::uint64_t> checks;
    char doing[256];  ///< the step that the case is at, ended by NUL
};

/// The child's end of the pipe. Any thread may write.
class ledger {
public:
    ledger(int pipe, shared_counts& counts) : pipe_(pipe), counts_(counts) {}

    void checked() { counts_.checks.fetch_add(1, std::memory_order_relaxed); }
    [[nodiscard]] std::uint64_t checks() const { return counts_.checks.load(); }
    void doing(std::string_view step);
    /// One entry, such as ("failed", "expected 3, got 4").
    void write(std::string_view what, std::string_view text);

private:
    int pipe_;
    shared_counts& counts_;
};

// The words of entries.
namespace word {
inline constexpr std::string_view failed = "failed";      ///< a check that failed
inline constexpr std::string_view note = "note";          ///< a remark for the report
inline constexpr std::string_view table = "table";        ///< a table was made
inline constexpr std::string_view dropped = "dropped";    ///< and is gone again
inline constexpr std::string_view declared = "declared";  ///< ended by a capability of this name
inline constexpr std::string_view ended = "ended";        ///< the case came to its end
inline constexpr std::string_view driver = "driver";      ///< the driver's name
inline constexpr std::string_view server = "server";      ///< the server's product and version
}  // namespace word

}  // namespace relata::conformance
