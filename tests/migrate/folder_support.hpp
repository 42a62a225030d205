// SPDX-License-Identifier: BSL-1.0
/// \file
/// Folders of migrations for tests, and the words of refusals.
#pragma once

#include <relata/core/error.hpp>

#include <string>
#include <vector>

namespace test {

/// A folder in the system's folder for temporary files, which goes with the object.
class scratch_folder {
public:
    scratch_folder();
    ~scratch_folder();
    scratch_folder(scratch_folder&& other) noexcept;
    scratch_folder& operator=(scratch_folder&&) = delete;

    [[nodiscard]] std::string const& path() const noexcept { return path_; }
    /// Writes a file, and makes the directories to it.
    void write(std::string const& name, std::string const& content) const;
    /// Takes a file or directory away.
    void remove(std::string const& name) const;
    /// Names of everything in it, sorted.
    [[nodiscard]] std::vector<std::string> files() const;

private:
    std::string path_;
};

/// The message with which f is refused; another kind of error, or none, fails the test.
template <class F> std::string refusal(relata::error_kind kind, F&& f) {
    try {
        f();
    } catch (relata::error const& e) {
        if (e.kind() == kind) return e.message();
        return "another kind of error: " + std::string(e.what());
    }
    return "not refused";
}

}  // namespace test
