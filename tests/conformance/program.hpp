// SPDX-License-Identifier: BSL-1.0
/// \file
/// Runs the programs of the kit as a user would, and keeps what they say.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <sys/wait.h>

namespace kit_tests {

struct outcome {
    int code;
    std::string output;  ///< of both streams
};

inline outcome run(std::string const& program, std::vector<std::string> const& arguments) {
    auto command = program;
    for (auto const& each : arguments) command += " '" + each + "'";
    command += " 2>&1 </dev/null";
    std::FILE* const pipe = ::popen(command.c_str(), "r");
    if (!pipe) throw std::runtime_error("cannot run " + program);
    outcome out{};
    char buffer[4096];
    while (auto const got = std::fread(buffer, 1, sizeof buffer, pipe))
        out.output.append(buffer, got);
    auto const status = ::pclose(pipe);
    out.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return out;
}

/// The kit with the drivers of this build.
inline outcome run_kit(std::vector<std::string> const& arguments) {
    return run(RELATA_KIT_PROGRAM, arguments);
}
/// The kit with a driver that makes mistakes.
inline outcome run_broken(std::vector<std::string> const& arguments) {
    return run(RELATA_BROKEN_PROGRAM, arguments);
}

/// A temporary folder.
class folder {
public:
    folder() : path_((std::filesystem::temp_directory_path() / "relata-kit-test.XXXXXX").string()) {
        if (!::mkdtemp(path_.data())) throw std::runtime_error("no temporary folder");
    }
    ~folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    folder(folder const&) = delete;
    folder& operator=(folder const&) = delete;

    [[nodiscard]] std::string const& path() const { return path_; }
    void write(std::string const& name, std::string_view text) const {
        std::ofstream(path_ + "/" + name, std::ios::binary) << text;
    }
    [[nodiscard]] std::string read(std::string const& name) const {
        std::ifstream in(path_ + "/" + name, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }

private:
    std::string path_;
};

}  // namespace kit_tests
