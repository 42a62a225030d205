// SPDX-License-Identifier: BSL-1.0

#include "cli/change.hpp"

#include "cli/source.hpp"

namespace relata::cli {

void add_change(command& of, change_options& to, std::string const& ends_with_2) {
    of.value("from", to.from, source_text).required().shown_as("FROM");
    of.value("to", to.to, "the same").required().shown_as("TO");
    of.flag("--exit-code", to.exit_code, "end with 2 when " + ends_with_2);
    add_marks(of, to.marks);
}

migrate::schema_change read_change(session const& s, change_options const& o) {
    auto const both = read_both(s, o.from, o.to);
    return diff_with(o.marks, both.from, both.to);
}

}  // namespace relata::cli
