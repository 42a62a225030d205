// SPDX-License-Identifier: BSL-1.0
// How an engine compares names and types, and renames carried through a schema.
#pragma once

#include <relata/migrate/diff.hpp>
#include <relata/schema/table_data.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace relata::migrate {

/// A name as the engine compares it: SQLite and MariaDB's columns know no case.
[[nodiscard]] std::string folded(schema::catalog::engine engine, std::string_view name);

/// Whether two descriptions mean the same to the engine.
class engine_equality {
public:
    explicit engine_equality(schema::catalog::engine engine) noexcept : engine_(engine) {}

    [[nodiscard]] bool names(std::string_view a, std::string_view b) const;
    [[nodiscard]] bool names(schema::catalog::object_name const& a,
                             schema::catalog::object_name const& b) const;
    template <class T> [[nodiscard]] bool same(T const& a, T const& b) const {
        if (a == b) return true;
        return engine_ == schema::catalog::engine::sqlite && same_without_case(a, b);
    }

private:
    using column = schema::catalog::column;
    [[nodiscard]] static bool same_without_case(schema::catalog::column a,
                                                schema::catalog::column b);
    [[nodiscard]] static bool same_without_case(schema::catalog::key a, schema::catalog::key b);
    [[nodiscard]] static bool same_without_case(schema::catalog::index a, schema::catalog::index b);
    [[nodiscard]] static bool same_without_case(schema::catalog::reference a,
                                                schema::catalog::reference b);
    template <class T> [[nodiscard]] static bool same_without_case(T const&, T const&) {
        return false;
    }

    schema::catalog::engine engine_;
};

/// Gives a table's and its columns' new names to all that mentions them in the schema.
void rename_table(schema::catalog::schema& in, schema::catalog::object_name from,
                  schema::catalog::object_name const& to);
void rename_column(schema::catalog::schema& in, schema::catalog::object_name table,
                   std::string const& from, std::string const& to);

/// Takes the marks of renames out of all comments, and adds to `to` those for whose names it says nothing
/// itself. Without `to` they only go. Throws invalid_argument for one that is not understood, if they are added.
void take_marks(schema::catalog::schema& of, diff_options* to);

/// The marks of a comment without the rest of it.
[[nodiscard]] std::string only_marks(std::string_view comment);
/// Adds the mark of a former name.
void put_mark(std::string& comment, std::string_view from);

/// Says the old names of a program's tables in the comments of what was made of them.
void put_marks(schema::catalog::schema& of, std::vector<schema::table_ref> const& tables);

/// Whether an expression has this name as a word, quoted or not, outside of its texts.
[[nodiscard]] bool mentions(std::string_view expression, std::string_view name);

/// The changes inside of one table; `before` has its new names already, `original` the old ones.
[[nodiscard]] table_change compare_tables(schema::catalog::table const& original,
                                          schema::catalog::table const& before,
                                          schema::catalog::table const& after,
                                          engine_equality const& by, bool order);

}  // namespace relata::migrate
