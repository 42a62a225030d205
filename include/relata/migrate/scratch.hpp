// SPDX-License-Identifier: BSL-1.0
/// \file
/// A database in which schemas are made to see how the engine spells them, and the program's own tables
/// as a schema.
#pragma once

#include <relata/engine/database.hpp>
#include <relata/migrate/script.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace relata::migrate {

/// The tables of a program. Made by models_of.
struct models {
    void (*create)(connection& in) = nullptr;  ///< null: there are none
    std::vector<schema::table_ref> tables;     ///< their descriptions
};

/// The tables of these structs.
template <class... Tables> [[nodiscard]] models models_of() {
    return {[](connection& in) { in.create_tables<Tables...>(); },
            {&detail::table_data_of<Tables>...}};
}

/// An empty database that is empty again afterwards. Used by one thread.
class RELATA_EXPORT scratch {
public:
    /// \param url  of an empty database; `sqlite::memory:` is one
    /// Throws invalid_argument when there is something in it, and as `open` does.
    explicit scratch(std::string_view url);
    scratch(scratch const&) = delete;
    scratch& operator=(scratch const&) = delete;
    /// Takes away what was made; call `clear` to hear of errors.
    ~scratch();

    [[nodiscard]] schema::catalog::engine engine() const noexcept;
    /// Runs a file of SQL in it. Throws as read_script and as statements do.
    /// \param name  of the file, for errors
    void run(std::string_view sql, std::string_view name = "SQL");
    void run(std::vector<std::string> const& statements);
    /// Data steps are left out: they change rows, of which there are none.
    void run(std::vector<statement> const& statements);
    /// Makes the tables of a program. What they were called (`renamed_from`) is then said by the comments
    /// that `inspect` gives. Throws invalid_argument for no tables, invalid_schema for tables that no back
    /// end could keep.
    void make(models const& tables);
    /// Its schema now.
    [[nodiscard]] schema::catalog::schema inspect();
    /// Drops what was made here. Throws not_supported for what cannot be dropped.
    void clear();
    /// Drops all that is in it, also what somebody else made since this object found it empty.
    void drop_all();

private:
    struct opened;
    opened* opened_;
};

}  // namespace relata::migrate
