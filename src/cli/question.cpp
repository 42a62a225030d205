// SPDX-License-Identifier: BSL-1.0

#include "cli/question.hpp"

#include <unistd.h>

#include <iostream>
#include <string>

namespace relata::cli {

bool can_ask(output const& out) {
    return !out.json() && ::isatty(STDIN_FILENO) == 1 && ::isatty(STDERR_FILENO) == 1;
}

std::optional<bool> ask(output const& out, std::string_view question) {
    for (std::string answer;;) {
        out.note(std::string(question) + " [y/n]");
        if (!std::getline(std::cin, answer)) return std::nullopt;
        if (answer == "y" || answer == "yes") return true;
        if (answer == "n" || answer == "no") return false;
    }
}

}  // namespace relata::cli
