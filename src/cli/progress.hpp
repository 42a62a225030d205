// SPDX-License-Identifier: BSL-1.0
// What apply, resume and down tell while they work.
#pragma once

#include "cli/session.hpp"

#include <relata/migrate/apply.hpp>

namespace relata::cli {

/// Lines for people on the standard error, events for programs on the standard output.
class progress : public migrate::apply_observer {
public:
    explicit progress(session const& s) : s_(s) {}

    void migration_started(migrate::migration const& m, std::size_t first,
                           std::size_t statements) override;
    void statement_started(migrate::migration const& m, std::size_t number,
                           migrate::statement const& statement) override;
    void statement_finished(migrate::migration const& m, std::size_t number,
                            migrate::statement const& statement,
                            std::chrono::milliseconds took) override;
    void migration_finished(migrate::migration const& m, std::chrono::milliseconds took) override;

private:
    session const& s_;
    std::size_t count_ = 0;
};

/// The options that apply, resume and down share.
struct apply_flags {
    std::string to;
    unsigned lock_wait = 0;
    unsigned table_lock_wait = 3000;
    unsigned tries = 5;
    bool no_verify = false;
    bool allow_loss = false;
    bool dry_run = false;
};
void add_apply_flags(command& of, apply_flags& to);
[[nodiscard]] migrate::apply_options options_of(apply_flags const& flags, progress& observer);

/// Tells the ids that were done, after `verb`.
int tell_done(session const& s, char const* verb, std::vector<std::string> const& ids);

}  // namespace relata::cli
