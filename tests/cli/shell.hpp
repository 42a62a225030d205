// SPDX-License-Identifier: BSL-1.0
/// \file
/// The program relata as a script runs it.
#pragma once

#include "database/back_end.hpp"
#include "migrate/folder_support.hpp"
#include "migrate/plan_support.hpp"

#include <sys/wait.h>

#include <cstdlib>
#include <string>
#include <vector>

namespace test {

struct result {
    int code = -1;
    std::string out;
    std::string err;
};

inline std::string in_quotes(std::string const& text) {
    std::string out = "'";
    for (char const c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

// The program in a folder of its own, where files for it can be put.
class shell {
public:
    result relata(std::vector<std::string> const& arguments, std::string const& before = "") const {
        auto command = "cd " + in_quotes(files.path()) + " && env -u RELATA_URL -u RELATA_DEV " +
                       before + ' ' + RELATA_PROGRAM;
        for (auto const& each : arguments) command += ' ' + in_quotes(each);
        auto const code = std::system((command + " >.out 2>.err </dev/null").c_str());
        return {WEXITSTATUS(code), test::content(files.path() + "/.out"),
                test::content(files.path() + "/.err")};
    }
    // Somebody sits at a terminal and types these lines; what they see is in `out`.
    result at_terminal(std::vector<std::string> const& arguments, std::string const& lines) const {
        std::string command = "env -u RELATA_URL -u RELATA_DEV " RELATA_PROGRAM;
        for (auto const& each : arguments) command += ' ' + in_quotes(each);
        auto const typed = "cd " + in_quotes(files.path()) + " && printf %s " + in_quotes(lines) +
                           " | script -qec " + in_quotes(command) + " /dev/null >.out";
        auto const code = std::system(typed.c_str());
        return {WEXITSTATUS(code), test::content(files.path() + "/.out"), {}};
    }
    test::scratch_folder files;
};

inline bool has(std::string const& text, std::string const& part) {
    return text.find(part) != text.npos;
}

// With a scratch database for servers; SQLite needs none.
inline std::vector<std::string> with_dev(std::vector<std::string> arguments) {
    if (on("sqlite")) return arguments;
    arguments.push_back("--dev");
    arguments.push_back(support().make(2));
    return arguments;
}

}  // namespace test
