// SPDX-License-Identifier: BSL-1.0
/// \file
/// Makes one migration of several.
#pragma once

#include <relata/migrate/apply.hpp>

namespace relata::migrate {

/// Replaces the migrations from `first` to `last` by one, whose id has the time of `last`. Where all of
/// their statements change the schema alone and there are snapshots, it is computed from these; else it has
/// their statements, one after the other. Proved before the folder is touched: both ways, replayed in an
/// empty database, must give the same schema. A database that has applied all of them takes the new one for
/// applied at the next `apply`.
///
/// \param empty  for each engine that the migration shall have statements for: a database without anything
///               in it. Its content is dropped again
/// \param steps  the data steps of all migrations up to `last`, which run in the replay; those of the
///               squashed ones stay in the new one, at their places
/// \return the folder as it is then
/// Throws invalid_argument for ids that are unknown or in the wrong order, for an engine without a database
/// and for a database that is not empty, schema_drift when the schemas differ, and as read_folder and
/// apply do. The folder is as it was then. One thread at a time.
RELATA_EXPORT folder squash(std::string const& path, std::string const& first,
                            std::string const& last, std::string const& name,
                            std::vector<database> const& empty,
                            std::vector<data_step> const& steps = {});

}  // namespace relata::migrate
