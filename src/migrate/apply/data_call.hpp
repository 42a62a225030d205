// SPDX-License-Identifier: BSL-1.0
// The data steps that a program has, and how one is called.
#pragma once

#include "migrate/apply/runner.hpp"

#include <string_view>

namespace relata::migrate {

/// Throws invalid_argument for steps that no file can mention, without a function, or of one name.
void demand_sound(std::vector<data_step> const& steps);
/// Throws data_step_missing unless all steps are there that the job has still to run.
void demand_steps(job const& of, std::vector<data_step> const& steps);

/// A data step at its place in a migration.
class data_call {
public:
    /// The statement is one that demand_steps has seen.
    data_call(job const& of, std::size_t place, apply_options const& options);

    /// Calls it once. \return where it is to go on; empty: it is done. Throws what it throws, as an error.
    [[nodiscard]] std::string once(handle const& db, std::string cursor) const;
    /// Calls it until it is done, each time in a transaction unless it stands in that of its migration.
    void whole(connection& on) const;

private:
    job const& of_;
    std::size_t place_;
    apply_options const& options_;
    data_step const& step_;
};

}  // namespace relata::migrate
