// SPDX-License-Identifier: BSL-1.0
/// \file
/// Structs and their tables as C++ text, from a schema that is there.
#pragma once

#include <relata/schema/catalog.hpp>

#include <string>
#include <vector>

namespace relata::migrate {

struct cpp_options {
    std::string name_space =
        {};                    ///< of the structs: "shop" or "shop::model"; empty: the global one
    std::string guard = {};    ///< macro of an include guard; empty: #pragma once
    bool doc_comments = true;  ///< comments of the schema as /// comments
};

/// Something that the database has otherwise than create_tables would make it of the structs.
struct cpp_note {
    schema::catalog::thing of;  ///< kind as in `thing`, or "schema" for a namespace
    /// Of a table: "column", "primary key", "unique", "index", "reference", "check", "comment",
    /// "options" or "partitioning". Empty: the thing as a whole.
    std::string part;
    std::string name;    ///< of that part, as the database or create_tables names it; may be empty
    std::string reason;  ///< what is otherwise, in words

    friend bool operator==(cpp_note const&, cpp_note const&) = default;
};

struct cpp_models {
    std::string text;  ///< a header, ready to be compiled
    /// Everything in which create_tables of these structs, in an empty database of the same engine,
    /// differs from the schema. Empty for a schema that relata made and described completely. Each of
    /// them also stands as a comment in the header.
    std::vector<cpp_note> notes;
};

/// Writes a struct for each table, with its key, unique constraints, indexes, references, checks and
/// defaults as `describe` can say them; a table comes after those that it references. Names that are
/// no lower_snake identifiers become such, and the database's name is said beside them.
///
/// What the mapping cannot say is left out and told, never guessed: views, triggers, sequences,
/// columns of types without a C++ counterpart, partial or ordered indexes, conditions other than
/// comparisons of a column with constants.
/// \param from  as inspect() gives it: the version of the server is used
/// Throws invalid_argument for a namespace or guard that is no identifier. Thread-safe.
[[nodiscard]] RELATA_EXPORT cpp_models generate_cpp(schema::catalog::schema const& from,
                                                    cpp_options const& options = {});

/// The schema that a database should have for these models, where it was not made by relata: what is there, but for
/// what the models say otherwise than models written from it by generate_cpp would. So types and names that fit the
/// models stay as they are, as does what structs cannot say: views, triggers, computed columns, partial indexes.
/// The difference to it is empty right after generate_cpp; for a database that relata made it is `models` itself.
/// \param there   as inspect() gives it
/// \param models  what create_tables makes of the models on the same engine, as inspect() gives it
/// Thread-safe.
[[nodiscard]] RELATA_EXPORT schema::catalog::schema adopt(schema::catalog::schema const& there,
                                                          schema::catalog::schema const& models);

}  // namespace relata::migrate
