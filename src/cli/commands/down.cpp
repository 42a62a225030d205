// SPDX-License-Identifier: BSL-1.0
// relata down: take migrations back.

#include "cli/progress.hpp"

namespace relata::cli {

namespace {

int run(session& s, apply_flags const& f) {
    auto const folder = migrate::read_folder(s.folder_path());
    auto const of = open(s.database_url({}));
    progress observer(s);
    return tell_done(s, "taken back", migrate::down(of, folder, options_of(f, observer)));
}

}  // namespace

void add_down(command& all, session& s) {
    auto command = all.add("down", "Take the last migration back, or all after --to");
    command.footer("Examples:\n"
                   "  relata down --url sqlite:music.db\n"
                   "  relata down --env local --to 20261122090000_add_orders --allow-loss");
    auto& options = add_action(command, s, run);
    add_apply_flags(command, options);
    command.flag("--allow-loss", options.allow_loss, "also where rows or values may go");
}

}  // namespace relata::cli
