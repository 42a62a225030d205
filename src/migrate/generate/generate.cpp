// SPDX-License-Identifier: BSL-1.0

#include <relata/migrate/generate.hpp>

#include "migrate/generate/draft.hpp"
#include "migrate/generate/names.hpp"
#include "migrate/generate/notes.hpp"
#include "migrate/generate/write.hpp"

#include <relata/core/error.hpp>

namespace relata::migrate {

namespace {

void check_options(cpp_options const& options) {
    auto const refuse = [](char const* what) {
        fail(error_kind::invalid_argument,
             std::string("the ") + what + " for generated C++ is no identifier");
    };
    if (!options.guard.empty() && !generate::is_identifier(options.guard)) refuse("include guard");
    std::string_view rest = options.name_space;
    while (!rest.empty()) {
        auto const end = rest.find("::");
        if (!generate::is_identifier(rest.substr(0, end))) refuse("namespace");
        if (end == rest.npos) break;
        rest.remove_prefix(end + 2);
        if (rest.empty()) refuse("namespace");
    }
}

}  // namespace

cpp_models generate_cpp(schema::catalog::schema const& from, cpp_options const& options) {
    check_options(options);
    auto const all = generate::make_draft(from);
    auto notes = generate::notes_of(diff(from, generate::made_schema(from, all)));
    auto text = generate::write_header(from, all, notes, options);
    return {std::move(text), std::move(notes)};
}

}  // namespace relata::migrate
