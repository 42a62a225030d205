// SPDX-License-Identifier: BSL-1.0
/// \file
/// Steps of a migration that are written in C++: for rows that SQL alone cannot change.
///
/// The file of a migration mentions one by its name, at its place between the statements:
///
///     ALTER TABLE people ADD COLUMN slug text;
///     -- relata:step fill_slugs
///     CREATE UNIQUE INDEX people_slug ON people (slug);
///
/// and the program that migrates has it: `apply_options::steps`, or relata_migrate_main. A program that
/// lacks one which is to run refuses before anything ran.
#pragma once

#include <relata/engine/handle.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace relata::migrate {

class apply_observer;
struct migration;
struct statement;

/// One call of a data step. Used by the thread that calls it.
class RELATA_EXPORT data_run {
public:
    /// For tests of a step; the migrator makes its own. \param db  must live as long
    explicit data_run(handle const& db, std::string cursor = {});

    /// The database. All that is done with it is in one transaction, and so is the line of the journal that
    /// tells that it is done.
    [[nodiscard]] handle const& db() const noexcept { return db_; }
    /// What the call before said to `go_on_at`; empty: this is the first one.
    [[nodiscard]] std::string const& cursor() const noexcept { return cursor_; }
    /// There is more to do: the step is called again, with this cursor. Where the step stands in the
    /// transaction of its migration it is called again in that; outside of it, and on MySQL and MariaDB,
    /// the changes of this call and the cursor are made last together, and `resume` goes on at the cursor.
    /// \param cursor  such as the last key that is done; it is kept in the history, where people see it
    /// Throws invalid_argument for an empty text.
    void go_on_at(std::string cursor);
    /// Where it is to go on; empty: all is done.
    [[nodiscard]] std::string const& next() const noexcept { return next_; }
    /// Tells the observer how far the step is. \param total  0: not known
    void tell(std::size_t done, std::size_t total = 0) const;

private:
    friend class data_call;

    handle const& db_;
    std::string cursor_;
    std::string next_;
    apply_observer* observer_ = nullptr;
    migration const* of_ = nullptr;
    statement const* at_ = nullptr;
    std::size_t number_ = 0;
};

/// A step that a program has.
struct data_step {
    std::string name;  ///< as files mention it: lower case letters, digits and underscores
    /// Changes rows; the schema is changed by statements. An exception undoes the call and stops the
    /// migration as a refused statement would; what() of one is told and kept. It may be called again
    /// after it was undone, so that it should do nothing outside of `db`, or such things as do no harm twice.
    void (*run)(data_run& at) = nullptr;
};

}  // namespace relata::migrate
