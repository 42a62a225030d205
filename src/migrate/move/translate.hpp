// SPDX-License-Identifier: BSL-1.0
// The schema of one engine as another one has it, and what of it cannot be there.
#pragma once

#include "migrate/generate/draft.hpp"

#include <relata/migrate/move.hpp>

namespace relata::migrate::moving {

namespace catalog = schema::catalog;

struct column_route {
    std::string name;
    generate::cpp_type type;
    bool as_text = false;  ///< PostgreSQL: read through a cast, of an enumeration or citext
    bool in_key = false;   ///< of the primary key
};

/// A table whose rows are moved.
struct table_route {
    std::string name;
    std::vector<column_route> columns;
    std::vector<std::size_t> key;  ///< the primary key, in its order; empty: there is none
    std::string counter;           ///< column whose values the database makes; empty: none
    std::int64_t estimated = -1;
};

struct translation {
    catalog::schema wanted;
    std::vector<table_route> tables;  ///< sorted by name
    std::vector<move_finding> refused;
    std::vector<move_finding> left_out;
    std::vector<move_finding> notes;
};

/// `empty`: engine and version of the target. Throws invalid_argument for options that name what is
/// not there.
[[nodiscard]] translation translate(catalog::schema const& from, catalog::schema const& empty,
                                    move_options const& options);

/// Finds what a draft leaves out of its schema.
class finder {
public:
    finder(catalog::schema const& from, catalog::engine to, move_options const& options,
           translation& out)
        : from_(from), to_(to), options_(options), out_(out) {}

    void missing_tables(generate::draft const& all);
    void missing_parts(generate::draft_table const& t);
    void other_things();
    void refuse(std::string name, std::string why);
    void note(std::string name, std::string why) {
        out_.notes.push_back({std::move(name), std::move(why)});
    }

private:
    void columns(generate::draft_table const& t);
    void values(generate::draft_table const& t, generate::draft_column const& c);
    void keys(generate::draft_table const& t);
    void references(generate::draft_table const& t);

    catalog::schema const& from_;
    catalog::engine to_;
    move_options const& options_;
    translation& out_;
};

}  // namespace relata::migrate::moving
