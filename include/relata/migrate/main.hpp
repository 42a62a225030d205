// SPDX-License-Identifier: BSL-1.0
/// \file
/// The `relata` command inside of a program of yours, which then knows your tables as `model`:
///
///     int main(int argc, char** argv) {
///         return relata_migrate_main(argc, argv, relata::migrate::models_of<artist, album>());
///     }
///
/// With data steps (data_step.hpp): `relata_migrate_main(argc, argv, …, {{"fill_slugs", fill_slugs}})`.
///
/// Link relata::migrate_main, and the drivers that it is to use.
#pragma once

#include <relata/migrate/data_step.hpp>
#include <relata/migrate/scratch.hpp>

/// Runs the command that the arguments name. Results go to the standard output, all else to the standard
/// error. Throws nothing. Once at a time.
/// \return the exit code, see `relata help exit-codes`
RELATA_EXPORT int
relata_migrate_main(int argc, char const* const* argv,
                    relata::migrate::models const& of_program = {},
                    std::vector<relata::migrate::data_step> const& steps = {}) noexcept;
