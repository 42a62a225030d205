// SPDX-License-Identifier: BSL-1.0
// What apply, resume and down tell while they work.
#pragma once

#include "cli/session.hpp"

#include <relata/migrate/apply.hpp>

namespace relata::cli {

/// Lines for people on the standard error, events for programs on the standard output. For one of many
/// tenants events only, with its name: lines of several at once would make no sense.
class progress : public migrate::apply_observer {
public:
    explicit progress(session const& s, std::string tenant = {})
        : s_(s), tenant_(std::move(tenant)) {}

    void migration_started(migrate::migration const& m, std::size_t first,
                           std::size_t statements) override;
    void statement_started(migrate::migration const& m, std::size_t number,
                           migrate::statement const& statement) override;
    void statement_finished(migrate::migration const& m, std::size_t number,
                            migrate::statement const& statement,
                            std::chrono::milliseconds took) override;
    void data_step_progressed(migrate::migration const& m, std::size_t number,
                              migrate::statement const& statement, std::size_t done,
                              std::size_t total) override;
    void migration_finished(migrate::migration const& m, std::chrono::milliseconds took) override;

private:
    void event(std::vector<member> members) const;
    void note(std::string const& text) const;

    session const& s_;
    std::string tenant_;
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
[[nodiscard]] migrate::apply_options options_of(session const& s, apply_flags const& flags,
                                                progress& observer);

/// Shows the statements of a dry run.
int show_planned(session const& s, std::vector<migrate::planned_migration> const& all);
/// Of one of many databases, whose statements are not shown.
[[nodiscard]] std::vector<std::string> ids_of(std::vector<migrate::planned_migration> const& all);

/// The ids that were done, after `verb`, as a text for people.
[[nodiscard]] std::string text_of(char const* verb, std::vector<std::string> const& ids);
/// Tells it.
int tell_done(session const& s, char const* verb, std::vector<std::string> const& ids);

}  // namespace relata::cli
