// SPDX-License-Identifier: BSL-1.0
// relata diff: what differs between two schemas.

#include "cli/change.hpp"

#include <relata/migrate/describe.hpp>

namespace relata::cli {

namespace {

void show(session const& s, migrate::difference const& each) {
    using kind = migrate::difference::kind;
    if (s.out.json()) {
        std::vector<member> object{{"event", "difference"},
                                   {"change", migrate::name_of(each.is)},
                                   {"thing", each.thing},
                                   {"name", each.name}};
        if (!each.detail.empty()) object.emplace_back("detail", each.detail);
        return s.out.event(object);
    }
    auto const [sign, color] = [&]() -> std::pair<char const*, cli::color> {
        switch (each.is) {
        case kind::added: return {"+", color::green};
        case kind::dropped: return {"-", color::red};
        case kind::altered: return {"~", color::yellow};
        case kind::renamed: return {">", color::blue};
        default: return {"?", color::red};
        }
    }();
    auto text = std::string(sign) + ' ' + each.thing + ' ' + each.name;
    if (each.is == kind::renamed) text += " -> " + each.detail;
    else if (each.is == kind::ambiguous) text += " becomes " + each.detail + '?';
    else if (!each.detail.empty()) text += ": " + each.detail;
    s.out.line(s.out.in(color, text));
}

int run_diff(session& s, change_options const& o) {
    auto const changes = read_change(s, o);
    auto const all = migrate::differences(changes);
    for (auto const& each : all) show(s, each);
    if (s.out.json()) s.out.event({{"event", "finished"}, {"differences", all.size()}});
    else if (all.empty()) s.out.note("no difference");
    else if (changes.ambiguous.empty())
        s.out.note("`relata plan` shows the statements that make it");
    if (!changes.ambiguous.empty()) return tell_ambiguous(s, changes);
    return o.exit_code && !all.empty() ? differs : done;
}

}  // namespace

void add_diff(command& all, session& s) {
    auto command = all.add("diff", "Show what differs between two schemas");
    command.footer(
        "Examples:\n"
        "  relata diff sqlite:old.db sqlite:new.db\n"
        "  relata diff env:prod schema.sql --dev postgresql://localhost/empty --exit-code\n"
        "  relata diff snapshot.json model");
    add_change(command, add_action(command, s, run_diff), "there is a difference");
}

}  // namespace relata::cli
