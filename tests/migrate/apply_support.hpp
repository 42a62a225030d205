// SPDX-License-Identifier: BSL-1.0
/// \file
/// Folders of migrations for the engine that the tests run on.
#pragma once

#include "migrate/engine_support.hpp"
#include "migrate/folder_support.hpp"

#include <relata/migrate/apply.hpp>

namespace test {

/// The engine of the back end.
relata::schema::catalog::engine this_engine();

/// Adds a migration for this engine: from the schema that the folder has last to the one that these
/// statements make, by a plan or by steps of one's own. Uses scratch databases 2 and 3.
void add_schema(scratch_folder const& to, std::string const& name, std::string const& statements,
                std::vector<relata::migrate::step> up = {});

/// Adds a migration for this engine, with a text as up file and one as down file, and no snapshot.
void add_text(scratch_folder const& to, std::string const& name, std::string const& up,
              std::string const& down = {});

/// Three migrations with tables, an index, a view, rows and a change that copies a table on SQLite. With
/// snapshots.
scratch_folder shop_folder();

/// Each entry as "id state done/statements", one a line, without the digits of the ids.
std::string told(std::vector<relata::migrate::history_entry> const& entries);

}  // namespace test
