// SPDX-License-Identifier: BSL-1.0
/// \file
/// SQL that only some databases have, such as triggers and users: a case gives every spelling that it
/// knows, and the database tells which one it takes. So no case asks for a driver's name.
#pragma once

#include "conformance/subject.hpp"

#include <optional>
#include <string>
#include <vector>

namespace relata::conformance {

/// Statements that are run in turn.
using spelling = std::vector<std::string>;

/// Runs the spellings until the database takes one; its index, or nothing when it takes none. Only
/// the first statement of each may be refused, as something that the database does not know or that
/// its user may not do; all else is an error.
std::optional<std::size_t> first_taken(subject& s, driver::connection& on,
                                       std::vector<spelling> const& spellings);

/// Statements that are run in the end, whatever happens, for what drop_later does not know.
class undo {
public:
    undo(subject& s, std::vector<std::string> statements);
    ~undo();
    undo(undo const&) = delete;
    undo& operator=(undo const&) = delete;

private:
    subject& subject_;
    std::vector<std::string> statements_;
};

}  // namespace relata::conformance
